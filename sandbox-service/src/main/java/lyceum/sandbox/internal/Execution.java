package lyceum.sandbox.internal;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import lyceum.sandbox.SandboxService.Limits;
import lyceum.sandbox.SandboxService.Outcome;
import lyceum.sandbox.SandboxService.Run;
import lyceum.sandbox.SandboxService.Verdict;

/** One run, from an empty cell to its outcome. Lives on one context. */
final class Execution {

    private static final Duration START_LIMIT = Duration.ofSeconds(20);

    private final Vertx vertx;
    private final Context context;
    private final Ground ground;
    private final Run order;
    private final Limits limits;
    private final Transcript transcript;

    private Verdict reason;
    private Throwable lost;
    private Cell cell;
    private Watch watch;
    private long timer;
    private volatile long begunNanos;

    Execution(Vertx vertx, Ground ground, Run order) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.ground = ground;
        this.order = order;
        this.limits = order.limits();
        this.transcript = new Transcript(limits, () -> context.runOnContext(late -> kill(Verdict.OUTPUT_LIMIT)));
    }

    /** @return the outcome, when nothing of the run is left; fails where it could not begin, or its cell was lost */
    Future<Outcome> start() {
        timer = vertx.setTimer(START_LIMIT.toMillis(), late -> lose(new TimeoutException("the cell did not start")));
        return blocking(() -> ground.meters().open(limits))
                .compose(this::measured)
                .onComplete(ended -> vertx.cancelTimer(timer));
    }

    /** Kills it; the first reason counts. */
    void kill(Verdict why) {
        reason = reason == null ? why : reason;
        if (cell != null) {
            cell.kill();
        }
    }

    /** Kills it because its limits cannot be kept; it will have no outcome. */
    private void lose(Throwable error) {
        lost = error;
        if (cell != null) {
            cell.kill();
        }
    }

    private Future<Outcome> measured(Meter meter) {
        watch = new Watch(vertx, meter, limits, ground.meters().longestGap(), this::kill, this::lose);
        return ground.cells()
                .open()
                .compose(opened -> enter(opened, meter))
                .compose(exit -> lost == null ? Future.succeededFuture(exit) : Future.failedFuture(lost))
                .recover(this::withoutExit)
                .compose(exit -> blocking(meter::usage).map(usage -> outcome(exit, usage)))
                .eventually(() -> close(meter));
    }

    private Future<Cell.Exit> enter(Cell opened, Meter meter) {
        cell = opened;
        if (reason != null || lost != null) {
            cell.kill();
        }
        return cell.run(order, meter, transcript, this::begin);
    }

    /** Called on the thread of the cell. */
    private void begin() {
        begunNanos = System.nanoTime();
        context.runOnContext(go -> {
            vertx.cancelTimer(timer);
            timer = vertx.setTimer(limits.wallTime().toMillis(), late -> kill(Verdict.TIME_LIMIT));
            watch.start();
        });
    }

    private Future<Cell.Exit> withoutExit(Throwable error) {
        return reason != null && lost == null ? Future.succeededFuture(Ending.KILLED) : Future.failedFuture(error);
    }

    private Outcome outcome(Cell.Exit exit, Meter.Usage usage) {
        long wallNanos = begunNanos == 0 ? 0 : System.nanoTime() - begunNanos;
        Ending ending = new Ending(exit, usage, reason, transcript.overflowed());
        return new Outcome(
                ending.verdict(limits),
                exit.code(),
                exit.signal(),
                transcript.text(),
                transcript.written(),
                transcript.truncated(),
                wallNanos / 1_000_000,
                ending.cpuMicros() / 1_000,
                ending.peakBytes());
    }

    private Future<Void> close(Meter meter) {
        watch.stop();
        return blocking(() -> {
            meter.close();
            return null;
        });
    }

    private <T> Future<T> blocking(Callable<T> task) {
        return vertx.executeBlocking(task, false);
    }
}
