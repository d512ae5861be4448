package lyceum.media.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import lyceum.platform.Failure;
import lyceum.platform.Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a program can reach that stands in the place of ffmpeg: a shell that does what it is told. Where the kernel allows no
 * rooms there is nothing to test, and the log tells it.
 */
class RoomTest {

    private static final Failure OVER = Failure.notFound("over");

    @TempDir
    Path data;

    private final Vertx vertx = Vertx.vertx();
    private Path job;
    private Path other;
    private Runner runner;

    @BeforeEach
    void open() throws IOException {
        Path instance = Files.createDirectory(data.resolve("an instance"));
        job = Files.createDirectory(instance.resolve("job"));
        other = Files.createDirectory(instance.resolve("other"));
        Files.writeString(other.resolve("secret"), "secret");
        Path shell = Files.writeString(
                data.resolve("shell"), "#!/bin/sh\n[ \"$1\" = -version ] && echo ffmpeg version 1 || eval \"$1\"\n");
        Files.setPosixFilePermissions(shell, PosixFilePermissions.fromString("rwxr-xr-x"));
        FfmpegConfig config = FfmpegConfig.from(new Settings(Map.of("LYCEUM_FFMPEG", shell.toString())), data);
        FfmpegProgram program = FfmpegProgram.find(vertx, config, instance).await();
        assumeThat(program.walls()).as("rooms need user namespaces").isEqualTo(Walls.ROOM);
        RunLimits limits = RunLimits.oneThread(Duration.ofSeconds(10), 1_000_000);
        runner = new Runner(vertx, job, Room.open(vertx, program, job), limits);
    }

    @AfterEach
    void close() {
        if (runner != null) {
            runner.stop(OVER).await();
        }
        vertx.close().await();
    }

    @Test
    void hasTheFilesOfItsJobAndNoOthers() throws IOException {
        String seen = run("echo made > made; cat made; ls -A / /old; cat " + other + "/secret /etc/passwd "
                + data.resolve("shell"));

        assertThat(Files.readString(job.resolve("made"))).isEqualTo("made\n");
        assertThat(seen.lines().toList())
                .contains("made", "job", "program")
                .doesNotContain("home", "root", "tmp", "secret");
        assertThat(seen).contains("/etc/passwd: No such file").doesNotContain("root:x:0");
    }

    /** Of some jobs all files can be fetched by everybody. */
    @Test
    void leavesNothingOfItsOwnInTheDirectoryOfTheJob() throws IOException {
        run("echo made > made");

        assertThat(job.toFile().list()).containsExactlyInAnyOrder("ffmpeg.log", "made");
        assertThat(job.getParent().toFile().list()).noneMatch(name -> name.startsWith("mounts"));
    }

    @Test
    void canWriteNowhereElse() {
        for (String place : List.of("/", "/usr", "/program", "/old", "/etc", "/dev")) {
            assertThat(run("echo x > " + place + "/x && echo WRITTEN")).doesNotContain("WRITTEN");
        }
        run("rm -rf /usr/* /program/* /etc/*");
        assertThat(run("test -x /program/ffmpeg && test -d /usr/bin && echo STILL"))
                .contains("STILL");
    }

    @Test
    void hasNoNetworkNoOtherProcessesAndNoPowers() {
        assertThat(run("cat /proc/net/dev && echo SEEN")).doesNotContain("SEEN");
        assertThat(run("kill -9 " + ProcessHandle.current().pid() + " && echo KILLED"))
                .doesNotContain("KILLED");
        assertThat(run("mount --bind /usr /job && echo MOUNTED; chroot /usr /bin/true && echo CHROOTED"))
                .doesNotContain("MOUNTED", "CHROOTED");
    }

    @Test
    void endsWithAllThatRunsInIt() {
        Future<Runner.Exit> sleeping = runner.run(List.of("touch running; sleep 1000"));
        await().atMost(Duration.ofSeconds(10)).until(() -> Files.exists(job.resolve("running")));

        runner.stop(OVER).await();

        await().atMost(Duration.ofSeconds(10)).until(sleeping::failed);
        assertThat(ProcessHandle.allProcesses()
                        .filter(process ->
                                process.info().commandLine().orElse("").contains(job.toString())))
                .isEmpty();
    }

    @Test
    void tellsHowAProgramEnded() {
        assertThat(runner.run(List.of("exit 7")).await().status()).isEqualTo(7);
        assertThat(runner.run(List.of("kill -9 $$")).await().status()).isEqualTo(128 + 9);
        assertThat(runner.run(List.of("exec yes > large")).await().status()).isEqualTo(128 + 25);
    }

    private String run(String script) {
        return runner.run(List.of(script)).await().log();
    }
}
