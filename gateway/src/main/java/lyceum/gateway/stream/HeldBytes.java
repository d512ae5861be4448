package lyceum.gateway.stream;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Bytes of messages that are on their way through this gateway, of all clients together. Who finds none left waits for
 * its turn. Lives on one context.
 */
public final class HeldBytes {

    private final long limit;
    private final Set<Runnable> waiting = new LinkedHashSet<>();
    private long taken;
    private long refused;
    private boolean isTelling;

    /** @param limit may be exceeded by one piece, so that a long one is not kept waiting by short ones */
    public HeldBytes(long limit) {
        this.limit = limit;
    }

    /** @return whether there was room; then they are to be given back */
    public boolean take(long bytes) {
        if (taken >= limit) {
            refused++;
            return false;
        }
        taken += bytes;
        return true;
    }

    /** Those who wait go on, one after the other, as long as there is room. */
    public void giveBack(long bytes) {
        taken -= bytes;
        if (isTelling) {
            return;
        }
        isTelling = true;
        try {
            while (taken < limit && !waiting.isEmpty()) {
                Iterator<Runnable> first = waiting.iterator();
                Runnable next = first.next();
                first.remove();
                next.run();
            }
        } finally {
            isTelling = false;
        }
    }

    /** @param goOn run once, when there is room */
    public void await(Runnable goOn) {
        waiting.add(goOn);
    }

    /** Does not wait any more. */
    public void forget(Runnable goOn) {
        waiting.remove(goOn);
    }

    /** @return how many may be taken */
    public long limit() {
        return limit;
    }

    /** @return how often there was no room, and somebody had to wait or go */
    public long refused() {
        return refused;
    }

    /** @return how many are taken */
    public long taken() {
        return taken;
    }
}
