package lyceum.launcher.stream;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * Some steps that show one thing.
 *
 * @param name with that of its file, {@code auth/ping}
 * @param verdict {@code contract}, {@code reference-bug} or {@code informational}
 * @param steps as recorded, or as decided: {@code http}, {@code ws} or {@code procedure}
 */
record RecordedCase(String name, String verdict, List<JsonNode> steps) {

    static RecordedCase of(String file, JsonNode json) {
        List<JsonNode> steps = StreamSupport.stream(json.required("steps").spliterator(), false)
                .toList();
        return new RecordedCase(
                file + "/" + json.required("name").asText(),
                json.required("verdict").asText(),
                steps);
    }
}
