package lyceum.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lyceum.sandbox.SourceFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarTest {

    private static final String LONG_NAME = "directory-of-a-long-name/".repeat(8) + "ünïcode.txt";

    @TempDir
    private Path directory;

    @Test
    void writesWhatItsReaderReads() {
        List<SourceFile> files =
                List.of(file("main.py", "print(1)"), file("empty", ""), file(LONG_NAME, "x".repeat(513)));

        assertThat(TarReader.unpack(TarWriter.pack(files))).isEqualTo(files);
    }

    @Test
    void writesWhatTheSystemsTarReads() throws IOException, InterruptedException {
        Files.write(
                directory.resolve("a.tar"),
                TarWriter.pack(List.of(file("d/a", "one"), file(LONG_NAME, "two")))
                        .getBytes());

        tar("-xf", "a.tar");

        assertThat(directory.resolve("d/a")).hasContent("one");
        assertThat(directory.resolve(LONG_NAME)).hasContent("two");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gnu", "ustar", "v7"})
    void readsPlainFilesOfTheSystemsTarAndNothingElse(String format) throws IOException, InterruptedException {
        Files.writeString(directory.resolve("plain"), "text");
        Files.createSymbolicLink(directory.resolve("link"), Path.of("/etc/passwd"));
        Files.createLink(directory.resolve("plain-again"), directory.resolve("plain"));
        Files.createDirectory(directory.resolve("d"));
        Files.writeString(directory.resolve("d/b"), "more");

        tar("-cf", "a.tar", "--format=" + format, "./plain", "./link", "./plain-again", "./d");

        assertThat(archive()).containsExactly(file("plain", "text"), file("d/b", "more"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gnu", "ustar"})
    void readsLongNamesOfTheSystemsTar(String format) throws IOException, InterruptedException {
        Path file = directory.resolve(LONG_NAME);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "text");

        tar("-cf", "a.tar", "--format=" + format, "./" + LONG_NAME);

        assertThat(archive()).containsExactly(file(LONG_NAME, "text"));
    }

    @Test
    void readsWhatIsWholeOfAnArchiveThatIsCut() {
        Buffer archive = TarWriter.pack(List.of(file("a", "one"), file("b", "two")));

        for (int length = 0; length < archive.length(); length++) {
            int whole = length < 515 ? 0 : length < 1_539 ? 1 : 2;
            assertThat(TarReader.unpack(archive.getBuffer(0, length))).hasSize(whole);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999999", "-0000000001", "            ", "77777777777"})
    void endsAtASizeThatCannotBe(String size) {
        Buffer archive = TarWriter.pack(List.of(file("a", "one")));
        archive.setString(124, size);

        assertThat(TarReader.unpack(archive)).isEmpty();
    }

    @Test
    void readsNothingFromNoise() {
        assertThat(TarReader.unpack(Buffer.buffer("noise".repeat(1_000)))).isEmpty();
    }

    private List<SourceFile> archive() throws IOException {
        return TarReader.unpack(Buffer.buffer(Files.readAllBytes(directory.resolve("a.tar"))));
    }

    private void tar(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("tar"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
    }

    private static SourceFile file(String name, String content) {
        return new SourceFile(name, Buffer.buffer(content));
    }
}
