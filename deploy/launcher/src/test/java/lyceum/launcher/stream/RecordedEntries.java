package lyceum.launcher.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lyceum.launcher.wire.Answer;
import lyceum.launcher.wire.Json;

/**
 * Entries that are JSON, compared by value: their lengths, and with them the offsets, are ours.
 *
 * @param expected each {@code [stream, id, JSON]}
 */
record RecordedEntries(JsonNode expected, Comparison comparison) {

    void check(Answer answer, List<String> differences) {
        Optional<JsonNode> offsets = Json.maybe(answer.header("entry-offset").getBytes(StandardCharsets.UTF_8));
        if (offsets.isEmpty()) {
            differences.add("entry-offset: expected JSON, got " + answer.header("entry-offset"));
            return;
        }
        ArrayNode entries = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < offsets.get().size(); i++) {
            entries.add(entry(answer, offsets.get(), i));
        }
        comparison.differences(expected, entries).stream()
                .map(difference -> "entries " + difference)
                .forEach(differences::add);
    }

    private static ArrayNode entry(Answer answer, JsonNode offsets, int index) {
        List<Integer> starts = new ArrayList<>();
        offsets.forEach(offset -> starts.add(offset.path(2).asInt()));
        starts.add(answer.body().length());
        byte[] payload = answer.body().getBytes(starts.get(index), starts.get(index + 1));
        return JsonNodeFactory.instance
                .arrayNode()
                .add(offsets.get(index).path(0))
                .add(offsets.get(index).path(1))
                .add(Json.maybe(payload)
                        .orElse(JsonNodeFactory.instance.textNode(
                                "no JSON: " + new String(payload, StandardCharsets.UTF_8))));
    }
}
