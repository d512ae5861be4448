package lyceum.stream.internal;

/**
 * When a picture is shown in a film: as long after the one before as their ids say, so that a network that delays them does
 * not show; but never far from the time at which they come, because ids may jump.
 */
final class FilmClock {

    /** Steps between pictures that are taken from ids, and how far the film may be from what is now. */
    private static final long LONGEST_MILLIS = 2_000;

    private long shownMillis;
    private long lastIdMillis;
    private boolean isBegun;

    /**
     * @param idMillis time of the entry
     * @param nowMillis since the film began
     * @return time in the film, more than that of the picture before
     */
    long picture(long idMillis, long nowMillis) {
        long step = idMillis - lastIdMillis;
        lastIdMillis = idMillis;
        return show(step > 0 && step <= LONGEST_MILLIS ? shownMillis + step : nowMillis, nowMillis);
    }

    /** @return time in the film of the same picture, shown once more */
    long again(long nowMillis) {
        return show(nowMillis, nowMillis);
    }

    private long show(long wantedMillis, long nowMillis) {
        boolean isNear = Math.abs(wantedMillis - nowMillis) <= LONGEST_MILLIS;
        long next = isBegun ? Math.max(shownMillis + 1, isNear ? wantedMillis : nowMillis) : 0;
        isBegun = true;
        shownMillis = next;
        return next;
    }
}
