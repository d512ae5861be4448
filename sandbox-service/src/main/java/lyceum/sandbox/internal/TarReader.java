package lyceum.sandbox.internal;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import lyceum.sandbox.SourceFile;

/**
 * Reads plain files out of archives that nobody has to trust, as GNU tar and BusyBox write them. Links, devices and
 * directories are passed over; what is broken, or cut, ends the reading.
 */
final class TarReader {

    private static final int BLOCK_BYTES = TarWriter.BLOCK_BYTES;
    private static final int LONGEST_NAME_BYTES = 4_096;

    private final Buffer archive;
    private final List<SourceFile> files = new ArrayList<>();

    private int at;
    private String longName;

    private TarReader(Buffer archive) {
        this.archive = archive;
    }

    /** @return the plain files that are whole; names may lack the {@code ./} before them */
    static List<SourceFile> unpack(Buffer archive) {
        TarReader reader = new TarReader(archive);
        boolean more = true;
        while (more) {
            more = reader.next();
        }
        return reader.files;
    }

    private boolean next() {
        if (at + BLOCK_BYTES > archive.length() || archive.getByte(at) == 0) {
            return false;
        }
        long bytes = octal(at + 124, 12);
        int start = at + BLOCK_BYTES;
        if (bytes < 0 || bytes > archive.length() - start) {
            return false;
        }
        take((char) archive.getByte(at + 156), archive.getBuffer(start, start + (int) bytes));
        at = start + (int) ((bytes + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES);
        return true;
    }

    private void take(char type, Buffer content) {
        if (type == 'L') {
            longName = content.length() > LONGEST_NAME_BYTES ? null : text(content, 0, content.length());
            return;
        }
        if (type == '0' || type == 0) {
            files.add(new SourceFile(name(), content));
        }
        longName = null;
    }

    private String name() {
        String name = longName == null ? shortName() : longName;
        return name.startsWith("./") ? name.substring(2) : name;
    }

    /** Names of ustar may go on in a prefix; GNU tar has times there, and another magic. */
    private String shortName() {
        String name = text(archive, at, 100);
        boolean isUstar = text(archive, at + 257, 8).equals("ustar") && archive.getByte(at + 263) == '0';
        String prefix = isUstar ? text(archive, at + 345, 155) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    /** @return a number of octal digits between spaces, or -1 where it is none */
    private long octal(int start, int length) {
        String digits = text(archive, start, length).strip();
        return digits.matches("[0-7]{1,11}") ? Long.parseLong(digits, 8) : -1;
    }

    /** @return what stands before the first zero byte */
    private static String text(Buffer from, int start, int length) {
        int end = start;
        while (end < start + length && from.getByte(end) != 0) {
            end++;
        }
        return from.getString(start, end, StandardCharsets.UTF_8.name());
    }
}
