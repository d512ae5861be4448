package lyceum.grading.internal;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;

/**
 * Remembers what came, for as long as its time stamp alone does not refuse it. Its memory is bounded: where it is full,
 * nothing more is let in until the oldest is out of time. Whoever was told before this window began might be told again,
 * so a stamp from before that is refused too. For one thread at a time, or several.
 */
final class ReplayWindow {

    private final Duration skew;
    private final int capacity;
    private final Clock clock;
    private final long beganMillis;
    private final Set<String> seen = new HashSet<>();
    private final Queue<Stamp> order = new ArrayDeque<>();

    /**
     * @param skew how far a time stamp may be off, in both directions
     * @param capacity how many are remembered; about 200 bytes each
     */
    ReplayWindow(Duration skew, int capacity, Clock clock) {
        this.skew = skew;
        this.capacity = capacity;
        this.clock = clock;
        this.beganMillis = clock.millis();
    }

    /**
     * @param id what no two messages share
     * @param millis its time stamp, since the epoch
     * @return whether it is new, of this time, and remembered from now on
     */
    synchronized boolean admit(String id, long millis) {
        long now = clock.millis();
        if (millis < beganMillis || millis < now - skew.toMillis() || millis > now + skew.toMillis()) {
            return false;
        }
        // A stamp may lie ahead of the clock by the skew: two skews later none of it is within it any more.
        while (!order.isEmpty() && order.peek().forgottenMillis <= now) {
            seen.remove(order.remove().id);
        }
        if (seen.size() >= capacity || !seen.add(id)) {
            return false;
        }
        order.add(new Stamp(id, now + 2 * skew.toMillis() + 1));
        return true;
    }

    private record Stamp(String id, long forgottenMillis) {}
}
