package lyceum.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import lyceum.media.MediaService.Segment;

/** The JSON list of {@code [start, end]} in milliseconds (elicast contract, section 2.7). */
final class Segments {

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Segments() {}

    /** @return the segments; fails with INVALID where it is another list, or none */
    static List<Segment> parse(String text) {
        try {
            JsonNode list = STRICT.readTree(text);
            if (!list.isArray()) {
                throw VoiceFaults.format("segments");
            }
            List<Segment> segments = new ArrayList<>();
            list.forEach(item -> segments.add(segment(item)));
            return segments;
        } catch (JsonProcessingException e) {
            throw VoiceFaults.format("segments");
        }
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
