package lyceum.gateway.rate;

/**
 * A bucket of permits of this process alone, by the generic cell rate algorithm (ITU-T I.371): all there is to remember is
 * when it would be full again.
 */
final class LocalBucket {

    private final Rate rate;
    private long fullAtMicros;

    LocalBucket(Rate rate, long nowMicros) {
        this.rate = rate;
        this.fullAtMicros = nowMicros;
    }

    Verdict take(long nowMicros) {
        long interval = rate.intervalMicros();
        long fullAt = Math.max(fullAtMicros, nowMicros) + interval;
        long missingMicros = fullAt - nowMicros - rate.burst() * interval;
        if (missingMicros > 0) {
            return Verdict.refused(missingMicros / 1000 + 1);
        }
        fullAtMicros = fullAt;
        return Verdict.ADMITTED;
    }
}
