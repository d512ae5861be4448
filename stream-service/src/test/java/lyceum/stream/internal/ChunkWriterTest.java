package lyceum.stream.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import lyceum.platform.TestRedis;
import lyceum.stream.internal.archive.LocalRecordings;
import lyceum.stream.internal.archive.RecordingStore;
import lyceum.stream.internal.archive.StoredEntries;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Chunks of streams whose directories take nothing: files lie in their places. */
class ChunkWriterTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path root;

    private final Vertx vertx = Vertx.vertx();
    private final OnContext on = new OnContext(vertx);
    private final String url = TestRedis.freshDatabase(vertx);
    private final RedisLines redis = on.get(() -> new RedisLines(vertx, url, Duration.ofSeconds(5), 1));
    private final RecorderLease lease = new RecorderLease(redis, "here", LIMIT);
    private final RecorderMetrics metrics = new RecorderMetrics(new SimpleMeterRegistry(), 1 << 20);

    private RecordingStore store;
    private ChunkWriter writer;
    private List<Future<Void>> broken;

    @BeforeEach
    void start() throws IOException {
        store = new LocalRecordings(vertx, root, 2);
        on.await(lease::sign);
        writer = on.get(() -> new ChunkWriter(vertx, store, lease, metrics, 2));
        Path recording = Files.createDirectories(root.resolve("raw/r"));
        Files.createFile(recording.resolve("one"));
        Files.createFile(recording.resolve("two"));
        broken = Stream.of("one", "two").map(this::write).toList();
        await().until(() -> metrics.failures.count() >= 4);
    }

    private Future<Void> write(String stream) {
        return on.get(() -> writer.write("r", StoredEntries.chunk(stream, "1-0", "x")));
    }

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void writesOthersMeanwhile() throws IOException {
        for (int i = 0; i < 10; i++) {
            write("s" + i).await();
        }
        assertThat(broken).noneMatch(Future::isComplete);

        Files.delete(root.resolve("raw/r/one"));
        Files.delete(root.resolve("raw/r/two"));
        Future.join(broken).await();

        assertThat(StoredEntries.read(store, "r", "one")).containsExactly("1-0 x");
        assertThat(StoredEntries.read(store, "r", "two")).containsExactly("1-0 x");
    }

    @Test
    void givesThemUpWhenAnotherInstanceRecords() throws IOException {
        on.run(writer::drop);

        assertGivenUp();
    }

    @Test
    void givesThemUpWhenItStops() throws IOException {
        on.run(writer::hurry);

        assertGivenUp();
    }

    private void assertGivenUp() throws IOException {
        await().until(() -> broken.stream().allMatch(Future::failed));
        Files.delete(root.resolve("raw/r/one"));
        write("s").await();
        assertThat(broken)
                .extracting(Future::cause)
                .allMatch(error -> error.getMessage().equals("a chunk was given up"));
    }
}
