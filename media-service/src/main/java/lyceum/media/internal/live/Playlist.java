package lyceum.media.internal.live;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/**
 * The window of segments that can be watched, as RFC 8216 writes it and nginx-rtmp wrote it (stream contract, 4.7). What
 * has left the window can still be fetched for a while: a player may have read the playlist just before.
 */
final class Playlist {

    /**
     * A segment.
     *
     * @param number from 0 for each channel; its file is {@code <number>.ts}
     * @param isApart whether it does not continue the time line of the one before
     */
    record Segment(long number, long millis, long bytes, boolean isApart) {

        String file() {
            return number + ".ts";
        }
    }

    private static final int MILLIS = 1000;

    private final long windowMillis;
    private final long limitBytes;
    private final Deque<Segment> window = new ArrayDeque<>();
    private final Deque<Segment> leaving = new ArrayDeque<>();
    private long windowLength;
    private long leavingLength;
    private long bytes;
    private int pastDiscontinuities;
    private long longestMillis;

    /**
     * @param leastTargetMillis length of segments as it is told, where none is longer
     * @param windowMillis length of all segments together
     * @param limitBytes of all segments that are kept
     */
    Playlist(long leastTargetMillis, long windowMillis, long limitBytes) {
        this.longestMillis = leastTargetMillis;
        this.windowMillis = windowMillis;
        this.limitBytes = limitBytes;
    }

    /** @return segments whose files are to be removed now */
    List<Segment> add(Segment segment) {
        window.add(segment);
        windowLength += segment.millis();
        longestMillis = Math.max(longestMillis, segment.millis());
        bytes += segment.bytes();
        while (window.size() > 1
                && (windowLength - window.getFirst().millis() >= windowMillis || windowBytes() > limitBytes)) {
            retire();
        }
        List<Segment> removed = new ArrayList<>();
        while (!leaving.isEmpty()
                && (leavingLength - leaving.getFirst().millis() >= windowMillis || bytes > limitBytes)) {
            Segment first = leaving.removeFirst();
            leavingLength -= first.millis();
            bytes -= first.bytes();
            removed.add(first);
        }
        return removed;
    }

    private long windowBytes() {
        return window.stream().mapToLong(Segment::bytes).sum();
    }

    private void retire() {
        Segment first = window.removeFirst();
        windowLength -= first.millis();
        leaving.add(first);
        leavingLength += first.millis();
        if (first.isApart()) {
            pastDiscontinuities++;
        }
    }

    boolean isEmpty() {
        return window.isEmpty();
    }

    /** @return whether the file of a segment is there */
    boolean has(long number) {
        Segment first = leaving.isEmpty() ? window.peekFirst() : leaving.peekFirst();
        return first != null
                && number >= first.number()
                && number <= window.getLast().number();
    }

    /** @return the media playlist; it has no end, as a publisher may come back */
    String text() {
        StringBuilder text = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:3\n");
        text.append("#EXT-X-MEDIA-SEQUENCE:").append(window.getFirst().number()).append('\n');
        if (pastDiscontinuities > 0) {
            text.append("#EXT-X-DISCONTINUITY-SEQUENCE:")
                    .append(pastDiscontinuities)
                    .append('\n');
        }
        text.append("#EXT-X-TARGETDURATION:").append(targetSeconds()).append('\n');
        for (Segment segment : window) {
            if (segment.isApart()) {
                text.append("#EXT-X-DISCONTINUITY\n");
            }
            text.append(String.format(Locale.ROOT, "#EXTINF:%.3f,\n", segment.millis() / (double) MILLIS))
                    .append(segment.file())
                    .append('\n');
        }
        return text.toString();
    }

    /** RFC 8216, 4.3.3.1: no segment is longer, rounded to the nearest second. Players rely on it not to shrink. */
    private long targetSeconds() {
        return (longestMillis + MILLIS / 2) / MILLIS;
    }
}
