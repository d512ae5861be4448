package lyceum.social.internal;

import java.time.Duration;
import java.time.Instant;

/**
 * Tells whether somebody may judge that a member is dead. Who looks after members sees them alive only while itself and the
 * database are; after a pause of either, everybody seems to be overdue, until they could have been heard again. So nobody
 * judges before having looked for a whole lease without a break. Times are nanoseconds of the same clock.
 */
final class UnbrokenLook {

    private final long leaseNanos;
    private final long longestGapNanos;

    private boolean isLooking;
    private long since;
    private long last;
    private Instant lastTime = Instant.EPOCH;

    /** @param longestGap between two looks that is no break */
    UnbrokenLook(Duration lease, Duration longestGap) {
        leaseNanos = lease.toNanos();
        longestGapNanos = longestGap.toNanos();
    }

    /** @return whether there has been no break for a whole lease */
    boolean isLongEnough(long now) {
        return isUnbroken(now) && now - since >= leaseNanos;
    }

    /**
     * Notes that the database has just answered.
     *
     * @param time by its clock; if that was set meanwhile, everybody seems to be overdue as well
     */
    void succeeded(long now, Instant time) {
        long setNanos = Duration.between(lastTime, time).toNanos() - (now - last);
        if (!isUnbroken(now) || Math.abs(setNanos) > longestGapNanos) {
            isLooking = true;
            since = now;
        }
        last = now;
        lastTime = time;
    }

    /** @return what the clock of the database said when it last answered */
    Instant lastTime() {
        return lastTime;
    }

    /** Notes that it has not. */
    void failed() {
        isLooking = false;
    }

    private boolean isUnbroken(long now) {
        return isLooking && now - last <= longestGapNanos;
    }
}
