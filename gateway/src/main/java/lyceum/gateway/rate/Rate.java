package lyceum.gateway.rate;

import java.time.Duration;

/**
 * How often somebody may do something: a bucket of permits that is filled steadily.
 *
 * @param perSecond permits that come a second, 0 for any number
 * @param burst permits that the bucket holds, at least 1
 */
public record Rate(int perSecond, int burst) {

    private static final long MICROS = 1_000_000;

    /** One part of so many of a bucket may be at a gateway. */
    private static final int LEASES = 20;

    private static final int LARGEST_LEASE = 50;

    /** @return whether there is no limit */
    public boolean isUnlimited() {
        return perSecond == 0;
    }

    /** @return time between two permits, rounded down: a limit is rather kept too late than too early */
    long intervalMicros() {
        return Math.max(1, MICROS / perSecond);
    }

    /** @return permits that a gateway takes at once */
    int lease() {
        return Math.max(1, Math.min(LARGEST_LEASE, burst / LEASES));
    }

    /** @return how long an empty bucket takes until it is full, in whole seconds */
    public long windowSeconds() {
        return Math.max(
                1,
                Duration.ofNanos(1_000 * intervalMicros() * burst)
                        .plusMillis(999)
                        .toSeconds());
    }
}
