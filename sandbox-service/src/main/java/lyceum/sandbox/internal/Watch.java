package lyceum.sandbox.internal;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Consumer;
import lyceum.sandbox.SandboxService.Limits;
import lyceum.sandbox.SandboxService.Verdict;

/**
 * Looks at what a run uses, at moments before which it cannot have passed its limits: a run on all cores cannot use up
 * its CPU time earlier. Lives on the context of its run.
 */
final class Watch {

    private static final long SHORTEST_GAP_MILLIS = 10;

    private final Vertx vertx;
    private final Meter meter;
    private final Limits limits;
    private final Duration longestGap;
    private final Consumer<Verdict> kill;
    private final Consumer<Throwable> broken;
    private final int cores = Runtime.getRuntime().availableProcessors();

    private boolean stopped;
    private long timer;

    /** @param broken is told when the meter fails, so that limits are no longer kept */
    Watch(
            Vertx vertx,
            Meter meter,
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
        lookAgain(0);
    }

    void stop() {
        stopped = true;
        vertx.cancelTimer(timer);
    }

    private void lookAgain(long usedMicros) {
        if (!stopped) {
            long left = limits.cpuTime().toMillis() - usedMicros / 1_000;
            long gap = Math.max(SHORTEST_GAP_MILLIS, Math.min(left / cores, longestGap.toMillis()));
            timer = vertx.setTimer(gap, time -> look());
        }
    }

    private void look() {
        vertx.executeBlocking(meter::usage, false).onSuccess(this::judge).onFailure(this::fail);
    }

    private void judge(Meter.Usage usage) {
        if (stopped) {
            return;
        }
        if (usage.memoryBytes() > limits.memoryBytes()) {
            kill.accept(Verdict.MEMORY_LIMIT);
        } else if (usage.cpuMicros() > limits.cpuTime().toNanos() / 1_000) {
            kill.accept(Verdict.TIME_LIMIT);
        } else {
            lookAgain(usage.cpuMicros());
        }
    }

    private void fail(Throwable error) {
        if (!stopped) {
            broken.accept(error);
        }
    }
}
