package lyceum.gateway.judge0;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import lyceum.sandbox.SourceFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveTest {

    private static final int MIB = 1_024 * 1_024;

    @Test
    void unpacksFilesInTheirOrder() throws Exception {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("b/", new byte[0]);
        files.put("b/é.py", "x = 1".getBytes());
        files.put("a", new byte[0]);

        assertThat(Archive.unpack(zip(files)))
                .containsExactly(
                        new SourceFile("b/é.py", Buffer.buffer("x = 1")), new SourceFile("a", Buffer.buffer()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "a/../../x", "/etc/x", "a//x", "./x", "..", "a\\x", "..\\x"})
    void refusesAFileOutsideOfItsDirectory(String name) {
        assertRefused(zip(Map.of(name, new byte[1])), "has a file outside of its directory");
    }

    @Test
    void refusesTwoFilesOfOneName() {
        Buffer zip = zip(Map.of("same-a", new byte[1], "same-b", new byte[1]));
        byte[] bytes = new String(zip.getBytes(), StandardCharsets.ISO_8859_1)
                .replace("same-b", "same-a")
                .getBytes(StandardCharsets.ISO_8859_1);

        assertRefused(Buffer.buffer(bytes), "has two files of one name");
    }

    @Test
    void refusesOneFileTooMany() throws Exception {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int i = 0; i < Archive.MOST_FILES; i++) {
            files.put("f" + i, new byte[0]);
        }
        assertThat(Archive.unpack(zip(files))).hasSize(Archive.MOST_FILES);

        files.put("another", new byte[0]);

        assertRefused(zip(files), "has more than 1000 files");
    }

    @Test
    void refusesFilesThatAreTooLongTogether() throws Exception {
        byte[] half = noise(Configuration.MOST_EXTRACTED_BYTES / 2);
        assertThat(Archive.unpack(zip(Map.of("a", half, "b", half)))).hasSize(2);

        assertRefused(
                zip(Map.of("a", half, "b", half, "c", new byte[1])),
                "is longer than 10485760 bytes when it is unpacked");
    }

    @Test
    void refusesWhatGrowsTooMuch() throws Exception {
        assertThat(Archive.unpack(zip(Map.of("zeros", new byte[MIB])))).hasSize(1);

        assertRefused(zip(Map.of("zeros", new byte[MIB + 1])), "is longer than 1048576 bytes when it is unpacked");
    }

    @Test
    void refusesWhatIsNoArchive() {
        Buffer zip = zip(Map.of("a", noise(1_000)));

        assertRefused(Buffer.buffer("no zip"), "is not a readable zip archive");
        assertRefused(zip.getBuffer(0, 500), "is not a readable zip archive");
    }

    private static void assertRefused(Buffer zip, String message) {
        assertThatThrownBy(() -> Archive.unpack(zip))
                .isInstanceOf(Archive.Refused.class)
                .hasMessage(message);
    }

    private static byte[] noise(int length) {
        byte[] bytes = new byte[length];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    /** @return an archive as clients send it */
    static String base64(Map<String, byte[]> files) {
        return Base64.getMimeEncoder().encodeToString(zip(files).getBytes());
    }

    private static Buffer zip(Map<String, byte[]> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return Buffer.buffer(bytes.toByteArray());
    }
}
