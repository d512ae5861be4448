package lyceum.stream.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lyceum.platform.TestRedis;
import lyceum.stream.RecordingService.RecordingStopped;
import lyceum.stream.internal.RecordedStream.Start;
import lyceum.stream.internal.RecordingStarts.Beginning;
import lyceum.stream.internal.StreamConfig.RedisAccess;
import lyceum.stream.internal.archive.LocalRecordings;
import lyceum.stream.internal.archive.RecordingStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which streams belong to a recording, and until when one is looked for others. */
class RecordedStreamsTest {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    @TempDir
    Path root;

    private final Vertx vertx = Vertx.vertx();
    private final String url = TestRedis.freshDatabase(vertx);
    private final OnContext on = new OnContext(vertx);
    private final RecorderMetrics metrics = new RecorderMetrics(new SimpleMeterRegistry(), 1 << 20);

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void meetsEachStreamOnceAndLeavesOutWhatCannotBeKept() {
        RecordedStreams streams = on.get(this::streams);
        on.await(() -> streams.begin(beginning("old")));
        on.run(() -> {
            streams.meet("old");
            streams.meet("new");
            streams.meet("/".repeat(200));
            streams.meet("/".repeat(200));
        });

        assertThat(streams.names()).containsExactly("old", "new");
        assertThat(metrics.skipped.count()).isEqualTo(1);
        assertThat(streams.isFilled()).isFalse();
        assertThat(streams.silent(Set.of("new", "another"))).isEqualTo(Map.of("new", EntryId.NONE));
        assertThat(streams.summary()).isEqualTo(new RecordingStopped("rec1", 0, 0));
    }

    /** A look at all streams may be under way when the lease is lost, or the recording is whole. */
    @Test
    void meetsNoStreamAnyMoreWhenItIsOver() {
        RecordedStreams abandoned = on.get(this::streams);
        RecordedStreams whole = on.get(this::streams);
        on.run(abandoned::abandon);
        on.await(whole::store);

        on.run(() -> abandoned.meet("new"));
        on.run(() -> whole.meet("new"));
        assertThat(abandoned.names()).isEmpty();
        assertThat(whole.names()).isEmpty();
    }

    @Test
    void isNotWatchedWhenItIsOverBeforeItHasBegun() {
        RedisLines redis = on.get(() -> new RedisLines(vertx, url, LIMIT, 1));
        StreamWatch watch = new StreamWatch(vertx, new StreamScan(redis), on.get(this::streams), LIMIT);
        on.run(watch::stop);
        on.run(watch::start);

        assertThat(watch.isStarted()).isFalse();
    }

    /** Redis may hold something else under the name of a stream by now. */
    @Test
    void recordsTheOthersWhereOneStreamCannotBeRead() {
        RecordedStreams streams = on.get(this::streams);
        send(Command.XADD, "cam", "1-0", "d", "x");
        send(Command.SET, "broken", "no stream");
        send(Command.SET, "camCal", "no stream");
        on.await(() -> streams.begin(new Beginning(
                EntryId.NONE,
                true,
                false,
                Map.of("broken", Start.OF_ALL, "cam", Start.OF_ALL, "camCal", Start.OF_ALL))));

        EntryId end = new EntryId(1, 0);
        on.await(() -> streams.drain(Map.of("broken", end, "cam", end), EntryId.LAST));

        assertThat(streams.silent(Set.of("cam"))).as("read up to").isEqualTo(Map.of("cam", end));
        assertThat(streams.isFilled()).isTrue();
        assertThat(metrics.unreadable.count()).isEqualTo(2);
    }

    private void send(Command command, String... arguments) {
        RedisLines redis = on.get(() -> new RedisLines(vertx, url, LIMIT, 1));
        Request request = Request.cmd(command);
        List.of(arguments).forEach(request::arg);
        on.await(() -> redis.send(request));
    }

    private static Beginning beginning(String stream) {
        return new Beginning(EntryId.NONE, true, false, Map.of(stream, Start.OF_ALL));
    }

    private RecordedStreams streams() {
        RedisAccess access = new RedisAccess(url, 1, LIMIT, 1000);
        RedisLines redis = new RedisLines(vertx, access.url(), access.limit(), 1);
        RangeReads reads = new RangeReads(redis);
        RecordingStore store = new LocalRecordings(vertx, root, 1);
        RecordedStream.Parties parties = new RecordedStream.Parties(
                new Tailer(vertx, access, TestStream.LIMITS, redis, reads),
                reads,
                new RecordingMemory(1 << 20),
                () -> {},
                new ChunkWriter(vertx, store, new RecorderLease(redis, "here", LIMIT), metrics, 1),
                metrics);
        RecordingStarts starts = new RecordingStarts(
                redis, new StreamScan(redis), new UnfinishedRecordings(redis, "here"), store, RecordedStreams.MOST);
        return new RecordedStreams("rec1", parties, starts, new Retries(vertx, "rec1"));
    }
}
