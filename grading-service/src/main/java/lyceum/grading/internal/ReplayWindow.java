package lyceum.grading.internal;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;

/**
 * Lets every sealed body in once, whichever instance it comes to: all remember together what came, for as long as its time
 * stamp alone does not refuse it. What they remember is bounded: where it is full, nothing more is let in until the oldest is
 * out of time. Lives on one context.
 */
final class ReplayWindow {

    /** A little above 400 a second for the usual skew; some 10 MB of a table. */
    static final long CAPACITY = 100_000;

    private final ReplayStore store;
    private final Duration skew;
    private final long capacity;
    private final Clock clock;
    private boolean isFull;

    /**
     * @param skew how far a time stamp may be off, in both directions
     * @param capacity how many are remembered, to within what comes between two calls of {@link #forget}
     */
    ReplayWindow(ReplayStore store, Duration skew, long capacity, Clock clock) {
        this.store = store;
        this.skew = skew;
        this.capacity = capacity;
        this.clock = clock;
    }

    /**
     * Marks a message.
     *
     * @param id what no two messages share
     * @param millis when it was made, since the epoch
     */
    record Stamp(String id, long millis) {}

    /** @return whether it is new, of this time, and remembered from now on */
    Future<Boolean> admit(Stamp stamp) {
        long now = clock.millis();
        if (isFull || stamp.millis() < now - skew.toMillis() || stamp.millis() > now + skew.toMillis()) {
            return Future.succeededFuture(false);
        }
        // A stamp may lie ahead of the clock by the skew: two skews later none of it is within it any more.
        return store.admit(stamp.id(), skew.multipliedBy(2).plusMillis(1));
    }

    /** Forgets what is out of time; to be called again and again. */
    Future<Void> forget() {
        return store.forget().map(count -> {
            isFull = count >= capacity;
            return null;
        });
    }
}
