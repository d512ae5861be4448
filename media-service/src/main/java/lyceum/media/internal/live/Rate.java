package lyceum.media.internal.live;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** How much comes, over the last ten seconds. */
final class Rate {

    private static final int SECONDS = 10;

    private final LongSupplier nanoTime;
    private final long[] bytes = new long[SECONDS];
    private long second;

    /** @param nanoTime as {@link System#nanoTime} */
    Rate(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.second = now();
    }

    void add(long count) {
        turn();
        bytes[(int) Math.floorMod(second, (long) SECONDS)] += count;
    }

    /** @return bits per second */
    long bitsPerSecond() {
        turn();
        return Arrays.stream(bytes).sum() * Byte.SIZE / SECONDS;
    }

    private void turn() {
        long now = now();
        for (long passed = Math.min(SECONDS, now - second); passed > 0; passed--) {
            bytes[(int) Math.floorMod(now - passed + 1, (long) SECONDS)] = 0;
        }
        second = now;
    }

    private long now() {
        return TimeUnit.NANOSECONDS.toSeconds(nanoTime.getAsLong());
    }
}
