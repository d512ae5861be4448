package lyceum.media.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
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
        assertThat(Path.of(path(program))).startsWith(data).isExecutable();
    }

    @Test
    void prefersTheOneOfTheSystem() {
        FfmpegProgram program = find("");

        assertThat(program.engine().usable()).isTrue();
        assertThat(path(program).equals("ffmpeg"))
                .isEqualTo(TestFfmpeg.ofSystem().isPresent());
    }

    @Test
    void takesTheOneThatIsSetAndNoOther() throws IOException {
        String path = TestFfmpeg.bundled().toString();

        assertThat(path(find(path))).isEqualTo(path);
        assertThat(find("/nowhere/ffmpeg").engine().usable()).isFalse();
    }

    @Test
    void refusesAProgramThatIsNoFfmpeg() {
        assertThat(find("/bin/echo").engine().usable()).isFalse();
        assertThat(find("/bin/false").engine().usable()).isFalse();
    }

    /** The table of interfaces has two lines of heading and, in a namespace of its own, one of loopback. */
    @Test
    void takesTheNetworkAwayOrSaysSo() throws IOException {
        Path program = Files.writeString(
                data.resolve("counting"), "#!/bin/sh\necho ffmpeg version $(wc -l < /proc/net/dev)\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));

        assertThat(find(program.toString()).engine().text()).matches("ffmpeg version 3|.*, with the network in reach");
    }

    private static String path(FfmpegProgram program) {
        return program.command().get(program.command().size() - 1);
    }

    private FfmpegProgram find(String setting) {
        FfmpegConfig config = FfmpegConfig.from(new Settings(Map.of("LYCEUM_FFMPEG", setting)), data);
        return FfmpegProgram.find(vertx, config, data).await();
    }
}
