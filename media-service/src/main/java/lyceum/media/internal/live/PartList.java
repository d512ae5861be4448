package lyceum.media.internal.live;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The parts of the segments of a playlist, and how they are told (draft-pantos-hls-rfc8216bis, 4.4.3.7, 4.4.3.8, 4.4.4.9 and
 * 4.4.5.3). Each part is a file of its own, so that caches on the way keep it like any other, and the one that comes next
 * can be asked for before it is there.
 */
final class PartList {

    /** Players stay so many parts behind the end (4.4.3.8). */
    private static final int HOLD_BACK = 3;

    /** So far ahead may be asked (6.2.5.2): seconds, and parts at least. */
    private static final int ADVANCE = 3;

    private static final double MILLIS = 1000;

    private final long targetMillis;
    private final Map<Long, List<Part>> bySegment = new HashMap<>();

    /** @param targetMillis that no part is longer than */
    PartList(long targetMillis) {
        this.targetMillis = targetMillis;
    }

    /** The first part of a segment takes the place of what a publish that broke off had begun. */
    void add(Part part) {
        if (part.index() == 0) {
            bySegment.put(part.segment(), new ArrayList<>());
        }
        bySegment.get(part.segment()).add(part);
    }

    void remove(long segment) {
        bySegment.remove(segment);
    }

    List<Part> of(long segment) {
        return bySegment.getOrDefault(segment, List.of());
    }

    /** @return how many parts beyond the last one may be asked for */
    int advanceLimit() {
        return targetMillis >= MILLIS ? ADVANCE : (int) Math.ceil(ADVANCE * MILLIS / targetMillis);
    }

    void writeHead(StringBuilder text) {
        text.append("#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=")
                .append(seconds(HOLD_BACK * targetMillis))
                .append("\n#EXT-X-PART-INF:PART-TARGET=")
                .append(seconds(targetMillis))
                .append('\n');
    }

    void write(StringBuilder text, long segment) {
        for (Part part : of(segment)) {
            text.append("#EXT-X-PART:DURATION=")
                    .append(seconds(part.millis()))
                    .append(",URI=\"")
                    .append(part.file())
                    .append(part.isIndependent() ? "\",INDEPENDENT=YES\n" : "\"\n");
        }
    }

    /** Tells what there is of a segment that is not whole yet, and what comes next. */
    void writePresent(StringBuilder text, long segment) {
        List<Part> present = of(segment);
        if (!present.isEmpty() && present.get(0).isApart()) {
            text.append("#EXT-X-DISCONTINUITY\n");
        }
        write(text, segment);
        text.append("#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"%d.%d.ts\"\n".formatted(segment, present.size()));
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.3f", millis / MILLIS);
    }
}
