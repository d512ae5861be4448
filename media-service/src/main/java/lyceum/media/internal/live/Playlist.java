package lyceum.media.internal.live;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The window of segments that can be watched, as RFC 8216 writes it and nginx-rtmp wrote it (stream contract, 4.7). What
 * has left the window can still be fetched for a while: a player may have read the playlist just before.
 *
 * <p>Where there are parts it is one of Low-Latency HLS (draft-pantos-hls-rfc8216bis); without them it says not a word of that.
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

    /** Older parts than so many target durations are not told (draft-pantos-hls-rfc8216bis, 6.2.2), nor waited longer for. */
    private static final int TARGETS = 3;

    /** So often as many segments as fill the window; more are those of a clock that jumps. */
    private static final int SPARE_SEGMENTS = 3;

    private final long windowMillis;
    private final long limitBytes;
    private final long mostSegments;
    private final Optional<PartList> parts;
    private final Deque<Segment> window = new ArrayDeque<>();
    private final Deque<Segment> leaving = new ArrayDeque<>();
    private long windowLength;
    private long leavingLength;
    private long windowBytes;
    private long bytes;
    private int pastDiscontinuities;
    private long longestMillis;

    /**
     * @param leastTargetMillis length of segments as it is told, where none is longer
     * @param windowMillis length of all segments together
     * @param limitBytes of all segments that are kept
     * @param parts of segments; empty where there are to be none
     */
    Playlist(long leastTargetMillis, long windowMillis, long limitBytes, Optional<PartList> parts) {
        this.longestMillis = leastTargetMillis;
        this.windowMillis = windowMillis;
        this.limitBytes = limitBytes;
        this.mostSegments = SPARE_SEGMENTS * (windowMillis / Math.max(1, leastTargetMillis) + 1);
        this.parts = parts;
    }

    /** Parts come before their segment. */
    void add(Part part) {
        parts.ifPresent(list -> list.add(part));
    }

    /** @return segments whose files are to be removed now */
    List<Segment> add(Segment segment) {
        window.add(segment);
        windowLength += segment.millis();
        longestMillis = Math.max(longestMillis, segment.millis());
        windowBytes += segment.bytes();
        bytes += segment.bytes();
        while (window.size() > 1
                && (windowLength - window.getFirst().millis() >= windowMillis
                        || windowBytes > limitBytes
                        || window.size() > mostSegments)) {
            retire();
        }
        List<Segment> removed = new ArrayList<>();
        while (!leaving.isEmpty()
                && (leavingLength - leaving.getFirst().millis() >= windowMillis
                        || bytes > limitBytes
                        || leaving.size() > mostSegments)) {
            Segment first = leaving.removeFirst();
            leavingLength -= first.millis();
            bytes -= first.bytes();
            removed.add(first);
            parts.ifPresent(list -> list.remove(first.number()));
        }
        return removed;
    }

    private void retire() {
        Segment first = window.removeFirst();
        windowLength -= first.millis();
        windowBytes -= first.bytes();
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

    boolean hasParts() {
        return parts.isPresent();
    }

    /** @return a part; empty where there is none such, or not yet */
    Optional<Part> part(long segment, int index) {
        return parts.map(list -> list.of(segment))
                .filter(all -> index < all.size())
                .map(all -> all.get(index));
    }

    /** @return whether it is the part that is told to come next */
    boolean isNext(long segment, int index) {
        return hasParts() && segment == present() && index == partsOf(segment);
    }

    /** @return whether it has come so far; who asks for more parts than a segment has means the first of the next one */
    boolean reaches(Awaited wanted) {
        long last = present() - 1;
        if (wanted.part() == Awaited.WHOLE || wanted.segment() < last) {
            return wanted.segment() <= last;
        }
        return wanted.part() < partsOf(wanted.segment()) || wanted.segment() == last && partsOf(present()) > 0;
    }

    /** @return whether it is farther ahead than one may ask (draft-pantos-hls-rfc8216bis, 6.2.5.2) */
    boolean isTooFar(Awaited wanted) {
        long present = present();
        int known = wanted.segment() == present ? partsOf(present) : 0;
        int limit = parts.map(PartList::advanceLimit).orElse(0);
        return wanted.segment() > present + 1 || wanted.segment() >= present && wanted.part() > known - 1 + limit;
    }

    /** @return for how long it may be waited for */
    long patienceMillis() {
        return TARGETS * targetSeconds() * MILLIS;
    }

    private int partsOf(long segment) {
        return parts.map(list -> list.of(segment).size()).orElse(0);
    }

    /** @return number of the segment that is not whole yet */
    private long present() {
        return window.isEmpty() ? 0 : window.getLast().number() + 1;
    }

    /** @return the media playlist; it has no end, as a publisher may come back */
    String text() {
        StringBuilder text = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:")
                .append(hasParts() ? 9 : 3)
                .append('\n');
        text.append("#EXT-X-MEDIA-SEQUENCE:").append(window.getFirst().number()).append('\n');
        if (pastDiscontinuities > 0) {
            text.append("#EXT-X-DISCONTINUITY-SEQUENCE:")
                    .append(pastDiscontinuities)
                    .append('\n');
        }
        text.append("#EXT-X-TARGETDURATION:").append(targetSeconds()).append('\n');
        parts.ifPresent(list -> list.writeHead(text));
        long ahead = windowLength;
        for (Segment segment : window) {
            ahead -= segment.millis();
            if (segment.isApart()) {
                text.append("#EXT-X-DISCONTINUITY\n");
            }
            if (ahead < patienceMillis()) {
                parts.ifPresent(list -> list.write(text, segment.number()));
            }
            text.append(String.format(Locale.ROOT, "#EXTINF:%.3f,\n", segment.millis() / (double) MILLIS))
                    .append(segment.file())
                    .append('\n');
        }
        parts.ifPresent(list -> list.writePresent(text, present()));
        return text.toString();
    }

    /** RFC 8216, 4.3.3.1: no segment is longer, rounded to the nearest second. Players rely on it not to shrink. */
    private long targetSeconds() {
        return (longestMillis + MILLIS / 2) / MILLIS;
    }
}
