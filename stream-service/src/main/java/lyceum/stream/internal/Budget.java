package lyceum.stream.internal;

import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;

/** Bytes that this instance may hold for its clients, all of them together. Lives on one context. */
final class Budget {

    private final long limit;
    private long taken;
    private long refused;

    Budget(long limit) {
        this.limit = limit;
    }

    /** Takes bytes that are to be given back; fails with BUSY where there are not so many. */
    void take(long bytes) {
        if (taken + bytes > limit) {
            refused++;
            throw new Failure(Kind.BUSY, "too many bytes are on their way, please try again");
        }
        taken += bytes;
    }

    long taken() {
        return taken;
    }

    /** @return how often there were not so many */
    long refused() {
        return refused;
    }

    void giveBack(long bytes) {
        taken -= bytes;
    }
}
