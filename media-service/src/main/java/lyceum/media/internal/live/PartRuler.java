package lyceum.media.internal.live;

/** Where the parts of a segment end: as late as their length allows, or before a key frame that is near enough. */
final class PartRuler {

    /** Encoders count milliseconds, and 15 pictures of NTSC take 500.5. */
    static final long JITTER_MILLIS = 10;

    private static final long TICKS_PER_MILLI = 90;

    /** Parts are no shorter but for the last one (draft-pantos-hls-rfc8216bis, 4.4.4.9), in percent of what is told. */
    private static final int LEAST_PERCENT = 85;

    /** A part in its segment, as {@link Part} has it. */
    record Stretch(long millis, long offset, long bytes, boolean isIndependent) {}

    private final long most;

    private long start;
    private long offset;
    private long longestStep;
    private boolean isIndependent;

    /** @param lengthMillis of a part; 0 for no parts */
    PartRuler(long lengthMillis) {
        this.most = lengthMillis == 0 ? 0 : (lengthMillis + JITTER_MILLIS) * TICKS_PER_MILLI;
    }

    /** @return length of parts as it is told */
    static long targetMillis(long lengthMillis) {
        return lengthMillis + JITTER_MILLIS;
    }

    boolean isOn() {
        return most > 0;
    }

    /**
     * @param elapsed since the start of the segment, in ticks of 90 kHz
     * @param step from the last picture to the next one; that is as long as the longest of its part, as far as is known
     * @param isKey whether the next picture is a key frame
     * @return whether a part ends here
     */
    boolean isDue(long elapsed, long step, boolean isKey) {
        long length = elapsed - start;
        longestStep = Math.max(longestStep, step);
        return isOn() && length > 0 && (length + longestStep > most || isKey && length * 100 >= most * LEAST_PERCENT);
    }

    /** A segment begins. */
    void begin(boolean withKey) {
        start = 0;
        offset = 0;
        longestStep = 0;
        isIndependent = withKey;
    }

    /** A part begins. */
    void goOn(long elapsed, long bytes, boolean withKey) {
        start = elapsed;
        offset = bytes;
        longestStep = 0;
        isIndependent = withKey;
    }

    /** @return the present part; all parts together are as long as the segment */
    Stretch stretch(long elapsedMillis, long bytes) {
        long millis = Math.max(1, elapsedMillis - start / TICKS_PER_MILLI);
        return new Stretch(millis, offset, bytes - offset, isIndependent);
    }
}
