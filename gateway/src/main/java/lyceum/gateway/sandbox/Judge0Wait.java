package lyceum.gateway.sandbox;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import lyceum.platform.Loop;
import lyceum.sandbox.Submission;
import lyceum.sandbox.Submission.State;

/**
 * One client's wait for the end of a submission, which looks for it again and again, ever less often. (The event that it
 * has ended is told to whoever happens to hear it; looking needs nobody to hear.)
 */
final class Judge0Wait {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final Supplier<Future<Submission>> look;
    private final BooleanSupplier isGone;
    private final long endNanos;

    private Duration pause = FIRST_PAUSE;
    private Submission last;

    /**
     * @param isGone whether nobody waits any more
     * @param limit how long is waited at most
     */
    Judge0Wait(Vertx vertx, Supplier<Future<Submission>> look, BooleanSupplier isGone, Duration limit) {
        this.vertx = vertx;
        this.look = look;
        this.isGone = isGone;
        this.endNanos = System.nanoTime() + limit.toNanos();
    }

    /** @return the submission: ended, or as it stands when the time is over */
    Future<Submission> end() {
        return Loop.whileTrue(() -> look.get().compose(this::goOn)).map(done -> last);
    }

    private Future<Boolean> goOn(Submission submission) {
        last = submission;
        if (submission.state() == State.ENDED || isGone.getAsBoolean() || System.nanoTime() > endNanos) {
            return Future.succeededFuture(false);
        }
        long pauseMillis = pause.toMillis();
        pause = Duration.ofMillis(Math.min(2 * pauseMillis, LONGEST_PAUSE.toMillis()));
        return vertx.timer(pauseMillis, TimeUnit.MILLISECONDS).map(true);
    }
}
