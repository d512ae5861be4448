package lyceum.sandbox.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import lyceum.sandbox.Limits;

/**
 * The CPU time that all processes of one step use together. Where its container can be watched, it looks soon enough to
 * pass the limit by little: four busy cores are assumed. Lives on the context of its cell.
 */
final class CpuClock {

    private static final long SHORTEST_GAP_MILLIS = 50;
    private static final long LONGEST_GAP_MILLIS = 500;
    private static final int CORES = 4;

    private final Vertx vertx;
    private final Container container;
    private final Task.Step step;
    private final Runnable passed;

    private Container.Usage before = Container.Usage.NONE;
    private Container.Usage seen = Container.Usage.NONE;
    private boolean stopped;
    private boolean hasPassed;
    private long timer = -1;

    /** @param passed is called once when the limit has been passed */
    CpuClock(Vertx vertx, Container container, Task.Step step, Runnable passed) {
        this.vertx = vertx;
        this.container = container;
        this.step = step;
        this.passed = passed;
    }

    /** @return done when it is known what had been used before */
    Future<Void> set() {
        if (!container.isWatched()) {
            return Future.succeededFuture();
        }
        return container.usage(step.stage()).onSuccess(usage -> before = usage).mapEmpty();
    }

    void start() {
        if (container.isWatched()) {
            lookIn(SHORTEST_GAP_MILLIS);
        }
    }

    void stop() {
        stopped = true;
        vertx.cancelTimer(timer);
    }

    /** @return what has been used since it was set, or what was seen last where that cannot be told any more */
    Future<Container.Usage> read() {
        return container.usage(step.stage()).map(this::note).otherwise(error -> seen);
    }

    /** @return what was seen last */
    Container.Usage seen() {
        return seen;
    }

    boolean hasPassed() {
        return hasPassed;
    }

    private Container.Usage note(Container.Usage usage) {
        seen = new Container.Usage(
                usage.cpuMicros() - before.cpuMicros(), Math.max(seen.peakBytes(), usage.peakBytes()));
        hasPassed |= seen.cpuMicros() > micros(step.limits());
        return seen;
    }

    private void lookIn(long millis) {
        timer = vertx.setTimer(millis, time -> read().onComplete(read -> judge()));
    }

    private void judge() {
        if (stopped) {
            return;
        }
        if (hasPassed) {
            passed.run();
            return;
        }
        long leftMillis = (micros(step.limits()) - seen.cpuMicros()) / 1_000;
        lookIn(Math.max(SHORTEST_GAP_MILLIS, Math.min(LONGEST_GAP_MILLIS, leftMillis / CORES)));
    }

    private static long micros(Limits limits) {
        return limits.cpuTime().toNanos() / 1_000;
    }
}
