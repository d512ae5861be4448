package lyceum.grading.internal;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;

/** The name of an entry of a zip archive that does not say in which charset it is. */
final class EntryName {

    /** Of a Chinese Windows. */
    private static final Charset CHINESE = Charset.forName("GB18030");

    /** What the format of zip says where nothing is said (APPNOTE 4.4.4, bit 11). */
    private static final Charset OF_ZIP = Charset.forName("IBM437");

    private EntryName() {}

    static String decode(byte[] raw) {
        return Stream.of(StandardCharsets.UTF_8, CHINESE)
                .flatMap(charset -> strictly(charset, raw).stream())
                .findFirst()
                .orElseGet(() -> new String(raw, OF_ZIP));
    }

    private static Optional<String> strictly(Charset charset, byte[] raw) {
        try {
            return Optional.of(charset.newDecoder().decode(ByteBuffer.wrap(raw)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
