package lyceum.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RoundsTest {

    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofMillis(200);
    private static final Duration NEVER = Duration.ofHours(1);

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final AtomicInteger count = new AtomicInteger();

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void goesOnAsLongAsThereIsMore() {
        wake(rounds(NEVER, NEVER, () -> Future.succeededFuture(count.incrementAndGet() < 1_000)));

        Awaitility.await().until(() -> count.get() == 1_000);
    }

    @Test
    void comesBackByItselfLaterEachTime() {
        List<Long> times = new CopyOnWriteArrayList<>();

        wake(rounds(SHORT, LONG, () -> {
            times.add(System.nanoTime());
            return Future.succeededFuture(false);
        }));

        Awaitility.await().until(() -> times.size() == 6);
        assertThat(millis(times.get(0), times.get(1))).isBetween(19L, 2_000L);
        assertThat(millis(times.get(1), times.get(2))).isGreaterThanOrEqualTo(39);
        assertThat(millis(times.get(4), times.get(5))).isBetween(199L, 2_000L);
    }

    /** Vert.x counts from zero. */
    @Test
    void endsNoTimerButItsOwn() {
        long another = vertx.setTimer(NEVER.toMillis(), due -> {});
        assertThat(another).isZero();

        wake(rounds(NEVER, NEVER, () -> Future.succeededFuture(count.incrementAndGet() < 0)));

        Awaitility.await().until(() -> count.get() == 1);
        assertThat(vertx.cancelTimer(another)).isTrue();
    }

    @Test
    void comesBackAfterAFailure() {
        wake(rounds(SHORT, LONG, () -> {
            if (count.incrementAndGet() == 1) {
                throw new IllegalStateException("once");
            }
            return count.get() == 2
                    ? Future.failedFuture(new IllegalStateException("twice"))
                    : Future.succeededFuture(false);
        }));

        Awaitility.await().until(() -> count.get() > 2);
    }

    @Test
    void neverHasTwoRoundsAtOnce() {
        Promise<Boolean> first = Promise.promise();
        Rounds rounds = rounds(
                NEVER, NEVER, () -> count.incrementAndGet() == 1 ? first.future() : Future.succeededFuture(false));
        wake(rounds);
        wake(rounds);
        wake(rounds);
        Awaitility.await().until(() -> count.get() == 1);

        context.runOnContext(now -> first.complete(false));

        Awaitility.await().until(() -> count.get() == 2);
        Awaitility.await().during(SHORT.multipliedBy(3)).until(() -> count.get() == 2);
    }

    @Test
    void isStoppedWhenItsPresentRoundIsOver() {
        Promise<Boolean> first = Promise.promise();
        Rounds rounds = rounds(SHORT, SHORT, () -> {
            count.incrementAndGet();
            return first.future();
        });
        wake(rounds);
        Promise<Void> stopped = Promise.promise();
        context.runOnContext(now -> rounds.stop().onComplete(stopped));
        Awaitility.await().until(() -> count.get() == 1);
        assertThat(stopped.future().isComplete()).isFalse();

        context.runOnContext(now -> first.complete(true));

        stopped.future().await();
        wake(rounds);
        Awaitility.await().during(SHORT.multipliedBy(3)).until(() -> count.get() == 1);
    }

    private Rounds rounds(Duration shortest, Duration longest, Supplier<Future<Boolean>> round) {
        return new Rounds(vertx, "test", shortest, longest, round);
    }

    private void wake(Rounds rounds) {
        context.runOnContext(now -> rounds.wake());
    }

    private static long millis(long from, long to) {
        return Duration.ofNanos(to - from).toMillis();
    }
}
