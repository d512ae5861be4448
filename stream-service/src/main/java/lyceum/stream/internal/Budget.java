package lyceum.stream.internal;

import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;

/** Bytes that this instance may hold for its clients, all of them together. Lives on one context. */
final class Budget {

    private static final int QUARTERS = 4;
    private static final int QUARTERS_OF_A_PART = 3;

    private final long limit;
    private final Budget whole;
    private long taken;
    private long refused;

    Budget(long limit) {
        this(limit, null);
    }

    private Budget(long limit, Budget whole) {
        this.limit = limit;
        this.whole = whole;
    }

    /**
     * @return three quarters of it, for what clients may keep for as long as they like: the messages that they have not
     *     said to the end, and the answers that they have not fetched. However slow they are, the rest is there for
     *     messages that are whole, which nobody but Redis keeps waiting
     */
    Budget part() {
        return new Budget(partOf(limit), this);
    }

    static long partOf(long limit) {
        return limit / QUARTERS * QUARTERS_OF_A_PART;
    }

    /** Takes bytes that are to be given back; fails with BUSY where there are not so many. */
    void take(long bytes) {
        if (taken + bytes > limit) {
            refuse();
            throw new Failure(Kind.BUSY, "too many bytes are on their way, please try again");
        }
        if (whole != null) {
            whole.take(bytes);
        }
        taken += bytes;
    }

    private void refuse() {
        refused++;
        if (whole != null) {
            whole.refuse();
        }
    }

    /** @return how many there are where nobody has any */
    long limit() {
        return limit;
    }

    long taken() {
        return taken;
    }

    /** @return how often there were not so many, neither here nor in a part */
    long refused() {
        return refused;
    }

    void giveBack(long bytes) {
        taken -= bytes;
        if (whole != null) {
            whole.giveBack(bytes);
        }
    }
}
