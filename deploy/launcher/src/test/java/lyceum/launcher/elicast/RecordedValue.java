package lyceum.launcher.elicast;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import lyceum.launcher.wire.Body;
import lyceum.launcher.wire.Json;

/** A value of a recorded request: a text, or an object that describes a long or binary one. */
record RecordedValue(JsonNode json, Tickets tickets) {

    /** @param encoding from plain text to the text that is sent */
    Body body(UnaryOperator<String> encoding) {
        if (json.isTextual()) {
            return text(encoding, tickets.fill(json.asText()));
        }
        if (json.has("json_files")) {
            return text(encoding, dataUris(json.get("json_files"), "file:"));
        }
        if (json.has("json_parts")) {
            return text(encoding, dataUris(json.get("json_parts"), ""));
        }
        Body.Run repeated = new Body.Run(
                bytes(encoding, json.required("repeat").asText()),
                json.required("count").asLong());
        return text(encoding, json.path("prefix").asText())
                .followedBy(new Body(List.of(repeated)))
                .followedBy(text(encoding, json.path("suffix").asText()));
    }

    private static String dataUris(JsonNode parts, String prefix) {
        List<String> uris = new ArrayList<>();
        for (JsonNode part : parts) {
            String name = prefix + part.asText();
            uris.add(name.startsWith("file:") ? Recordings.dataUri(name.substring("file:".length())) : name);
        }
        return Json.write(uris);
    }

    private static Body text(UnaryOperator<String> encoding, String text) {
        return Body.of(bytes(encoding, text));
    }

    private static byte[] bytes(UnaryOperator<String> encoding, String text) {
        return encoding.apply(text).getBytes(StandardCharsets.UTF_8);
    }
}
