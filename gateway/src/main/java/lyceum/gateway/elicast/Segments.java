package lyceum.gateway.elicast;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import lyceum.media.MediaService.Segment;

/** The JSON list of {@code [start, end]} in milliseconds (elicast contract, section 2.7). */
final class Segments {

    private Segments() {}

    /** @return the segments; fails with INVALID where it is another list, or none */
    static List<Segment> parse(String text) {
        JsonNode list =
                StrictJson.parse(text).filter(JsonNode::isArray).orElseThrow(() -> VoiceFaults.format("segments"));
        List<Segment> segments = new ArrayList<>();
        list.forEach(item -> segments.add(segment(item)));
        return segments;
    }

    private static Segment segment(JsonNode item) {
        if (!item.isArray() || item.size() != 2) {
            throw VoiceFaults.format("segments");
        }
        Segment segment = new Segment(millis(item.get(0)), millis(item.get(1)));
        if (segment.startMillis() > segment.endMillis()) {
            throw VoiceFaults.format("segments");
        }
        return segment;
    }

    private static long millis(JsonNode number) {
        if (!number.isIntegralNumber() || !number.canConvertToLong()) {
            throw VoiceFaults.format("segments");
        }
        return number.longValue();
    }
}
