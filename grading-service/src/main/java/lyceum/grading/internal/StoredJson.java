package lyceum.grading.internal;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import java.util.List;
import lyceum.grading.Partial;
import lyceum.grading.Text;

/** Texts and partial scores in columns of JSON: as {@link TextJson} has them, null as no value at all. */
final class StoredJson {

    private StoredJson() {}

    static String of(Text text) {
        return text == null ? null : Json.encode(TextJson.of(text));
    }

    static String of(List<Partial> partials) {
        return partials == null ? null : TextJson.of(partials).encode();
    }

    static Text text(String json) {
        return json == null ? null : TextJson.text(Json.decodeValue(json));
    }

    static List<Partial> partials(String json) {
        return json == null ? null : TextJson.partials(new JsonArray(json));
    }
}
