package lyceum.stream.internal;

import io.vertx.core.json.JsonObject;

/**
 * What an event stream is to tell of a document.
 *
 * @param stream its name
 * @param payload JSON text
 */
record DocumentEvent(String stream, String payload) {

    static DocumentEvent created(String stream, String id, JsonObject document) {
        return new DocumentEvent(stream, json("new", id).put("data", document).encode());
    }

    /** @param members that were set */
    static DocumentEvent changed(String stream, String id, JsonObject members) {
        return new DocumentEvent(stream, json("update", id).put("data", members).encode());
    }

    static DocumentEvent deleted(String stream, String id) {
        return new DocumentEvent(stream, json("delete", id).encode());
    }

    private static JsonObject json(String event, String id) {
        return new JsonObject().put("event", event).put("id", id);
    }
}
