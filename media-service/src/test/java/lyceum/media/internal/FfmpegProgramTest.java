package lyceum.media.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import lyceum.media.TestFfmpeg;
import lyceum.platform.Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FfmpegProgramTest {

    @TempDir
    Path data;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void unpacksTheBundledOneWhereItIsWanted() {
        FfmpegProgram program = find("bundled");

        assertThat(program.engine().text()).startsWith("ffmpeg version 4.4.1-static");
        assertThat(program.path()).startsWith(data).isExecutable();
    }

    @Test
    void prefersTheOneOfTheSystem() {
        FfmpegProgram program = find("");

        assertThat(program.engine().usable()).isTrue();
        assertThat(program.path().startsWith(data))
                .isEqualTo(TestFfmpeg.ofSystem().isEmpty());
    }

    @Test
    void takesTheOneThatIsSetAndNoOther() throws IOException {
        String path = TestFfmpeg.bundled().toString();

        assertThat(find(path).path()).hasToString(path);
    }

    @Test
    void refusesAProgramThatIsNoFfmpeg() {
        assertThat(find("/bin/echo").engine().usable()).isFalse();
        assertThat(find("/bin/false").engine().usable()).isFalse();
    }

    /** A program that cannot run without the files of the machine gets them, and it is told. */
    @Test
    void takesLowerWallsWhereAProgramNeedsThem() throws IOException {
        Path other = Files.writeString(data.resolve("version"), "ffmpeg version 1");
        Path program = Files.writeString(data.resolve("reading"), "#!/bin/sh\ncat " + other + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));

        assertThat(find(program.toString()).walls()).isNotEqualTo(Walls.ROOM);
    }

    private FfmpegProgram find(String setting) {
        FfmpegConfig config = FfmpegConfig.from(new Settings(Map.of("LYCEUM_FFMPEG", setting)), data);
        return FfmpegProgram.find(vertx, config, newDirectory()).await();
    }

    private Path newDirectory() {
        try {
            return Files.createTempDirectory(data, "instance");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
