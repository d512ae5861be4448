package lyceum.media.internal.live;

import java.time.Duration;
import lyceum.platform.Failure;

/**
 * How much may come before a segment can end. Pictures that are copied end one at key frames only, and ffmpeg holds all that
 * DASH is made of until then: who sends none would fill its memory, and whoever sends too much the disk.
 */
final class FragmentLimit {

    static final Failure TOO_MUCH =
            Failure.invalid("too much comes between two key frames: send them every few seconds");

    /** What is remembered of each tag beside its bytes, or more. */
    private static final int TAG_BYTES = 100;

    /** A longer step is another clock, and no time that passes. */
    private static final long LONGEST_STEP_MILLIS = 10_000;

    private final long fragmentMillis;
    private final long mostBytes;
    private long bytes;
    private long elapsedMillis;
    private long lastMillis = -1;

    /** @param fragment least length of a segment */
    FragmentLimit(Duration fragment, long mostBytes) {
        this.fragmentMillis = fragment.toMillis();
        this.mostBytes = mostBytes;
    }

    /**
     * Counts what comes next; fails with {@link #TOO_MUCH}.
     *
     * @param hasVideo whether pictures decide where a segment ends, or sound
     */
    void take(FlvTag tag, boolean hasVideo) {
        if (hasVideo ? tag.isVideo() : tag.isAudio()) {
            pass(tag.millis());
            if (elapsedMillis >= fragmentMillis && (!hasVideo || FlvStart.isKey(tag))) {
                elapsedMillis = 0;
                bytes = 0;
            }
        }
        bytes += tag.bytes().length() + TAG_BYTES;
        if (bytes > mostBytes) {
            throw TOO_MUCH;
        }
    }

    private void pass(long millis) {
        long step = millis - lastMillis;
        if (lastMillis >= 0 && step > 0 && step <= LONGEST_STEP_MILLIS) {
            elapsedMillis += step;
        }
        lastMillis = millis;
    }
}
