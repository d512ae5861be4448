package lyceum.stream.internal.archive;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stream's name as that of a directory. The usual names, colons included, stay as they are, as in the original; what no
 * directory can be called is written as in a URL: a slash, NUL, {@code .} and {@code ..}, and what looks as if it were
 * written so already.
 */
final class DirectoryName {

    /** What file systems take (NAME_MAX of Linux). */
    private static final int MOST_BYTES = 255;

    /** What is ever written in this way, and so what is read as such; any other percent sign is one. */
    private static final Pattern ESCAPE = Pattern.compile("%(?:00|25|2E|2F|[89A-F][0-9A-F])");

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    /** What the JVM makes of the names of files; in the locale POSIX that is ASCII. */
    private static final Charset OF_FILES = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

    private DirectoryName() {}

    /** @return the directory of a stream; empty where its name is too long for one */
    static Optional<String> of(String stream) {
        return of(stream, OF_FILES);
    }

    /** @param files in which file names are written */
    static Optional<String> of(String stream, Charset files) {
        String name = ESCAPE.matcher(stream)
                .replaceAll(escape -> "%25" + escape.group().substring(1))
                .replace("/", "%2F")
                .replace("\0", "%00");
        if (name.equals(".") || name.equals("..")) {
            name = name.replace(".", "%2E");
        }
        if (!files.newEncoder().canEncode(name)) {
            name = inAscii(name);
        }
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        return bytes > MOST_BYTES || name.isEmpty() ? Optional.empty() : Optional.of(name);
    }

    private static String inAscii(String name) {
        StringBuilder ascii = new StringBuilder();
        for (byte each : name.getBytes(StandardCharsets.UTF_8)) {
            ascii.append(each < 0 ? "%" + HEX.toHexDigits(each) : (char) each);
        }
        return ascii.toString();
    }

    /** @return the stream of a directory; that of a directory of others is its very name */
    static String stream(String directory) {
        Matcher escape = ESCAPE.matcher(directory);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int end = 0;
        while (escape.find()) {
            bytes.writeBytes(directory.substring(end, escape.start()).getBytes(StandardCharsets.UTF_8));
            bytes.write(HexFormat.fromHexDigits(directory, escape.start() + 1, escape.end()));
            end = escape.end();
        }
        bytes.writeBytes(directory.substring(end).getBytes(StandardCharsets.UTF_8));
        return text(bytes.toByteArray()).orElse(directory);
    }

    private static Optional<String> text(byte[] utf8) {
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8));
            return Optional.of(text.toString());
        } catch (CharacterCodingException notOurs) {
            return Optional.empty();
        }
    }
}
