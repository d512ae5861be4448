package lyceum.media.internal.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import lyceum.media.LiveService.LiveRecording;
import lyceum.media.TestFfmpeg;
import lyceum.platform.Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Instances that share a directory of recordings: what a crash has left there is finished by one of them. */
class LiveRecordingsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** $1 and $2: files that tell that it has begun, without which it ends, and that it may go on. */
    private static final String SLOW =
            "touch \"$1\"; while [ -e \"$1\" ] && [ ! -e \"$2\" ]; do sleep 0.1; done; shift 2; exec \"$@\"";

    /** Another process that writes a recording, until it is killed. */
    private static final String WRITER = """
            import java.nio.channels.FileChannel;
            import java.nio.file.Path;
            import java.nio.file.StandardOpenOption;

            class Writer {
                public static void main(String[] file) throws Exception {
                    FileChannel channel = FileChannel.open(Path.of(file[0]), StandardOpenOption.WRITE);
                    System.out.println(channel.tryLock().isValid());
                    System.in.read();
                }
            }
            """;

    @TempDir
    Path data;

    private final Vertx vertx = Vertx.vertx();
    private final WorkerExecutor workers = vertx.createSharedWorkerExecutor("recordings", 4);
    private Path directory;
    private Path left;

    @BeforeEach
    void leave() throws IOException {
        directory = data.resolve("live");
        left = Files.createDirectories(directory.resolve(".cam1-x"));
        Files.write(left.resolve("growing.flv"), TestLive.usualFilm(2).getBytes());
    }

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void doesNotStartWhereRecordingsCannotBeKept() throws IOException {
        Path file = Files.writeString(data.resolve("file"), "no directory");
        Settings settings = new Settings(
                Map.of("LYCEUM_LIVE_RECORDINGS_DIR", file.resolve("live").toString()));

        assertThatThrownBy(() -> recordings(settings, List.of("false")).open().await())
                .hasMessageStartingWith("LYCEUM_LIVE_RECORDINGS_DIR: ");
    }

    @Test
    void leavesWhatAnotherInstanceFinishes() {
        Path begun = data.resolve("begun");
        Path on = data.resolve("on");
        LiveRecordings first =
                recordings(List.of("sh", "-c", SLOW, "slow", begun.toString(), on.toString(), TestFfmpeg.any()));
        first.open().await();
        await().until(() -> Files.exists(begun));

        LiveRecordings second = recordings(List.of("false"));
        second.open().await();
        second.close(PATIENCE).await();
        assertThat(directory.toFile().list()).as("it is the first one's").containsExactly(".cam1-x");
        write(on);
        first.close(PATIENCE).await();

        assertThat(first.list().await()).extracting(LiveRecording::file).containsExactly("cam1-x.mp4");
        assertThat(directory.toFile().list()).containsExactly("cam1-x.mp4");
    }

    @Test
    void leavesWhatAnotherProcessWritesUntilThatIsGone() throws IOException {
        Path writer = Files.writeString(data.resolve("Writer.java"), WRITER);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        writer.toString(),
                        left.resolve("growing.flv").toString())
                .start();
        try {
            assertThat(process.inputReader().readLine()).isEqualTo("true");
            LiveRecordings early = recordings(List.of(TestFfmpeg.any()));
            early.open().await();
            early.close(PATIENCE).await();
            assertThat(left.resolve("growing.flv")).exists();
        } finally {
            process.destroyForcibly().onExit().join();
        }

        LiveRecordings late = recordings(List.of(TestFfmpeg.any()));
        late.open().await();
        late.close(PATIENCE).await();
        assertThat(directory.toFile().list()).containsExactly("cam1-x.mp4");
    }

    private static void write(Path file) {
        try {
            Files.createFile(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private LiveRecordings recordings(List<String> program) {
        return recordings(new Settings(Map.of("LYCEUM_DATA_DIR", data.toString())), program);
    }

    private LiveRecordings recordings(Settings settings, List<String> program) {
        Studio.Scene scene = new Studio.Scene(program, Future::succeededFuture);
        return new LiveRecordings(
                vertx,
                workers,
                LiveConfig.from(settings, "redis://nowhere"),
                new Studio(true, work -> Future.succeededFuture(scene)),
                "here",
                InstantSource.system());
    }
}
