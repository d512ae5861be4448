package lyceum.stream.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import lyceum.platform.Failure;
import lyceum.platform.TestRedis;
import lyceum.stream.internal.StreamConfig.Limits;
import lyceum.stream.internal.StreamConfig.RedisAccess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a recorded stream is followed and left; one stream may be followed. */
class FollowedTailTest {

    private static final EntryId FIRST = new EntryId(1, 0);
    private static final Limits LIMITS = new Limits(1, 1 << 20, 1 << 20, 1 << 20, 1, 1 << 20, 1 << 20);

    private final Vertx vertx = Vertx.vertx();
    private final OnContext on = new OnContext(vertx);
    private final RedisAccess access = new RedisAccess(TestRedis.freshDatabase(vertx), 1, Duration.ofSeconds(5), 1000);
    private final RedisLines redis = on.get(() -> new RedisLines(vertx, access.url(), access.limit(), 1));
    private final Tailer tailer = on.get(() -> new Tailer(vertx, access, LIMITS, redis, new RangeReads(redis)));
    private final FollowedTail tail = new FollowedTail(tailer, "cam", () -> {});

    @AfterEach
    void stop() {
        on.await(tailer::close);
        vertx.close().await();
    }

    @Test
    void hasWhatIsBehindItsFloorWhileItIsJoined() {
        on.await(() -> redis.send(
                Request.cmd(Command.XADD).arg("cam").arg("1-0").arg("d").arg("picture")));
        assertThat(tail.isReadUpTo(FIRST)).as("not joined").isFalse();

        on.await(tail::join);
        assertThat(tail.isJoined()).isTrue();
        assertThat(tail.beginsAfter(EntryId.NONE)).isTrue();
        assertThat(tail.isReadUpTo(tail.floor())).isFalse();
        assertThat(tail.after(tail.floor(), 10)).extracting(Entry::id).containsExactly(FIRST);
        assertThat(tail.isReadUpTo(FIRST)).isTrue();
        assertThat(tail.isOfNoUse(FIRST)).as("it is not silent for long").isFalse();

        on.run(tail::leave);
        assertThat(tail.isJoined()).isFalse();
        assertThat(tailer.followed()).isZero();
    }

    @Test
    void leavesATailThatComesAfterItsEnd() {
        on.await(() -> {
            Future<Void> joined = tail.join();
            tail.end();
            return joined;
        });

        assertThat(tail.isJoined()).isFalse();
        assertThat(tailer.followed()).isZero();
    }

    @Test
    void isNotJoinedWhereTooManyAreFollowed() {
        on.await(() -> tailer.follow("another"));

        assertThatThrownBy(() -> on.await(tail::join))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.BUSY));
        assertThat(tail.isJoining()).isFalse();
        assertThat(tail.isJoined()).isFalse();
    }
}
