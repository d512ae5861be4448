package lyceum.sandbox.internal;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import lyceum.sandbox.Limits;
import lyceum.sandbox.Verdict;

/**
 * Looks at what a run uses, at moments before which it can hardly have passed its limits: a run on all cores cannot use
 * up its CPU time earlier, and fills its memory no faster than pages can be had. Lives on the context of its run.
 */
final class Watch {

    private static final long SHORTEST_CPU_GAP_MILLIS = 10;
    private static final long SHORTEST_MEMORY_GAP_MILLIS = 2;
    /** Twice what was seen with a constant gap: 66 MiB beyond the limit within 20 ms. */
    private static final long FILLED_BYTES_PER_MILLI = 6L << 20;

    private final Vertx vertx;
    private final Callable<Meter.Usage> meter;
    private final Limits limits;
    private final Duration longestGap;
    private final Consumer<Verdict> kill;
    private final Consumer<Throwable> broken;
    private final int cores = Runtime.getRuntime().availableProcessors();

    private boolean stopped;
    private long timer = -1;

    /**
     * @param meter tells what is used; blocks for a moment
     * @param broken is told when the meter fails, so that limits are no longer kept
     */
    Watch(
            Vertx vertx,
            Callable<Meter.Usage> meter,
            Limits limits,
            Duration longestGap,
            Consumer<Verdict> kill,
            Consumer<Throwable> broken) {
        this.vertx = vertx;
        this.meter = meter;
        this.limits = limits;
        this.longestGap = longestGap;
        this.kill = kill;
        this.broken = broken;
    }

    void start() {
        lookIn(SHORTEST_CPU_GAP_MILLIS);
    }

    void stop() {
        stopped = true;
        vertx.cancelTimer(timer);
    }

    private void lookIn(long millis) {
        if (!stopped) {
            timer = vertx.setTimer(Math.min(millis, longestGap.toMillis()), time -> look());
        }
    }

    private long cpuGapMillis(Meter.Usage usage) {
        long left = limits.cpuTime().toMillis() - usage.cpuMicros() / 1_000;
        return Math.max(SHORTEST_CPU_GAP_MILLIS, left / cores);
    }

    private long memoryGapMillis(Meter.Usage usage) {
        if (usage.memoryBytes() == 0) {
            return Long.MAX_VALUE;
        }
        long left = limits.memoryBytes() - usage.memoryBytes();
        return Math.max(SHORTEST_MEMORY_GAP_MILLIS, left / FILLED_BYTES_PER_MILLI);
    }

    private void look() {
        vertx.executeBlocking(meter, false).onSuccess(this::judge).onFailure(this::fail);
    }

    private void judge(Meter.Usage usage) {
        if (stopped) {
            return;
        }
        if (usage.memoryBytes() > limits.memoryBytes()) {
            kill.accept(Verdict.MEMORY_LIMIT);
        } else if (usage.cpuMicros() > limits.cpuTime().toNanos() / 1_000) {
            kill.accept(Verdict.CPU_LIMIT);
        } else {
            lookIn(Math.min(cpuGapMillis(usage), memoryGapMillis(usage)));
        }
    }

    private void fail(Throwable error) {
        if (!stopped) {
            broken.accept(error);
        }
    }
}
