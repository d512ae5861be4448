package lyceum.stream.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.time.Duration;
import lyceum.platform.TestRedis;
import lyceum.stream.internal.StreamConfig.RedisAccess;
import lyceum.stream.internal.archive.LocalRecordings;
import lyceum.stream.internal.archive.RecordingStore;
import lyceum.stream.internal.archive.StoredEntries;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Entries that wait to be written, and what becomes of them when another instance records. */
class GrowingChunkTest {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    @TempDir
    Path root;

    private final Vertx vertx = Vertx.vertx();
    private final OnContext on = new OnContext(vertx);
    private final String url = TestRedis.freshDatabase(vertx);
    private final RedisLines redis = on.get(() -> new RedisLines(vertx, url, LIMIT, 1));
    private final RecorderLease lease = new RecorderLease(redis, "here", LIMIT);
    private final RecordingMemory memory = new RecordingMemory(1 << 20);
    private final RecorderMetrics metrics = new RecorderMetrics(new SimpleMeterRegistry(), 1 << 20);

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    /** What is under way may still be stored; the chunk behind it is handed over only then. */
    @Test
    void hasNothingWrittenAnyMoreOnceItIsAbandoned() {
        RecordingStore store = new LocalRecordings(vertx, root, 1);
        on.await(lease::sign);
        ChunkWriter writer = on.get(() -> new ChunkWriter(vertx, store, lease, metrics, 1));
        Future<Void> stored = on.get(() -> {
            GrowingChunk chunk = new GrowingChunk("rec1", "s", parties(writer));
            cut(chunk, 1);
            cut(chunk, 2);
            chunk.abandon();
            writer.drop();
            return chunk.finish();
        });
        on.await(stored::otherwiseEmpty);

        assertThat(StoredEntries.read(store, "rec1", "s")).containsExactly("1-0 x");
        assertThat(stored.failed()).isTrue();
        assertThat(memory.held()).isZero();
        assertThat(metrics.lost.count()).isZero();
    }

    private RecordedStream.Parties parties(ChunkWriter writer) {
        RangeReads reads = new RangeReads(redis);
        RedisAccess access = new RedisAccess(url, 1, LIMIT, 1000);
        Tailer tailer = new Tailer(vertx, access, TestStream.LIMITS, redis, reads);
        return new RecordedStream.Parties(tailer, reads, memory, () -> {}, writer, metrics);
    }

    private static void cut(GrowingChunk chunk, long millis) {
        chunk.add(new Entry(new EntryId(millis, 0), Buffer.buffer("x")));
        chunk.cut();
    }
}
