package lyceum.gateway.live;

import java.util.function.LongSupplier;

/** How much somebody may do: so much at once, and so much in the long run. */
public final class TokenBucket {

    private static final double NANOS_PER_SECOND = 1e9;

    private final int capacity;
    private final int perSecond;
    private final LongSupplier nanos;

    private double tokens;
    private long filledNanos;

    /** @param nanos a clock that only runs forward, {@code System::nanoTime} */
    public TokenBucket(int capacity, int perSecond, LongSupplier nanos) {
        this.capacity = capacity;
        this.perSecond = perSecond;
        this.nanos = nanos;
        this.tokens = capacity;
        this.filledNanos = nanos.getAsLong();
    }

    /** @return whether there was one left */
    public boolean take() {
        long now = nanos.getAsLong();
        tokens = Math.min(capacity, tokens + (now - filledNanos) / NANOS_PER_SECOND * perSecond);
        filledNanos = now;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
