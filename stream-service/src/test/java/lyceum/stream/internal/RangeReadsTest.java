package lyceum.stream.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.List;
import lyceum.platform.TestRedis;
import lyceum.stream.internal.RangeReads.Found;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is read where a stream has the highest id there can be: Redis refuses to look behind that. */
class RangeReadsTest {

    private static final long MANY_BYTES = 1 << 20;
    private static final EntryId FIRST = new EntryId(0, 1);

    private final Vertx vertx = Vertx.vertx();
    private final String url = TestRedis.freshDatabase(vertx);
    private final OnContext on = new OnContext(vertx);
    private final RedisLines redis = on.get(() -> new RedisLines(vertx, url, Duration.ofSeconds(5), 1));
    private final RangeReads reads = new RangeReads(redis);

    @BeforeEach
    void append() {
        List.of(FIRST, EntryId.LAST)
                .forEach(id -> on.await(() -> redis.send(Request.cmd(Command.XADD)
                        .arg("s")
                        .arg(id.toString())
                        .arg("d")
                        .arg("x"))));
    }

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void readsForwardToTheHighestId() {
        Found found = on.await(() -> reads.after("s", EntryId.NONE, 10, MANY_BYTES));

        assertThat(found.entries()).extracting(Entry::id).containsExactly(FIRST, EntryId.LAST);
        assertThat(found.isCut()).isFalse();
    }

    @Test
    void readsBackFromTheHighestIdToTheLowest() {
        Found found = on.await(() -> reads.newest("s", EntryId.NONE, 10, MANY_BYTES));

        assertThat(found.entries()).extracting(Entry::id).containsExactly(FIRST, EntryId.LAST);
        assertThat(found.isCut()).isFalse();
    }
}
