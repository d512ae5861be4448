package lyceum.stream.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import lyceum.platform.TestRedis;
import lyceum.stream.internal.GapAwareReads.Behind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is behind the entry that was read last, and whether something is missing there. */
class GapAwareReadsTest {

    private static final long MANY_BYTES = 1 << 20;

    private final Vertx vertx = Vertx.vertx();
    private final String url = TestRedis.freshDatabase(vertx);
    private final OnContext on = new OnContext(vertx);
    private final RedisLines redis = on.get(() -> new RedisLines(vertx, url, Duration.ofSeconds(5), 1));

    @BeforeEach
    void append() {
        LongStream.rangeClosed(1, 4).forEach(millis -> send(Command.XADD, "cam", millis + "-0", "d", "picture"));
    }

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void findsNoGapWhileTheLastEntryIsThere() {
        assertThat(after(id(2), true, MANY_BYTES)).isEqualTo(behind(false, 3, 4));
        assertThat(after(id(4), true, MANY_BYTES)).isEqualTo(behind(false));
    }

    @Test
    void findsAGapWhereTheLastEntryWasTrimmed() {
        send(Command.XTRIM, "cam", "MAXLEN", 1);

        assertThat(after(id(2), true, MANY_BYTES)).isEqualTo(behind(true, 4));
    }

    @Test
    void knowsOfNoGapWhereThereWasNoEntryOrIsNoNextOne() {
        send(Command.XTRIM, "cam", "MAXLEN", 1);
        assertThat(after(id(2), false, MANY_BYTES)).isEqualTo(behind(false, 4));

        send(Command.XTRIM, "cam", "MAXLEN", 0);
        assertThat(after(id(4), true, MANY_BYTES)).isEqualTo(behind(false));
    }

    @Test
    void findsTheNextEntryWhereTheLastOneFillsAReply() {
        assertThat(after(id(2), true, 1)).isEqualTo(behind(false, 3));
    }

    private Behind after(EntryId id, boolean isEntry, long mostBytes) {
        GapAwareReads reads = new GapAwareReads(new RangeReads(redis), "cam", 256, mostBytes);
        return on.await(() -> reads.after(id, isEntry));
    }

    private static EntryId id(long millis) {
        return new EntryId(millis, 0);
    }

    private static Behind behind(boolean hasGap, long... millis) {
        List<Entry> entries = LongStream.of(millis)
                .mapToObj(at -> new Entry(id(at), Buffer.buffer("picture")))
                .toList();
        return new Behind(entries, hasGap);
    }

    private void send(Command command, Object... arguments) {
        Request request = Request.cmd(command);
        for (Object argument : arguments) {
            request.arg(argument.toString());
        }
        on.await(() -> redis.send(request));
    }
}
