package lyceum.gateway.judge0;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What is wrong with a submission: under the name of each attribute its messages. */
final class Findings {

    private final JsonObject messages = new JsonObject();

    void add(String attribute, String message) {
        JsonArray known = messages.getJsonArray(attribute);
        if (known == null) {
            known = new JsonArray();
            messages.put(attribute, known);
        }
        known.add(message);
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    JsonObject json() {
        return messages;
    }
}
