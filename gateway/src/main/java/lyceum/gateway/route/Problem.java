package lyceum.gateway.route;

import io.vertx.core.json.JsonObject;

/**
 * RFC 9457 problem details; {@code about:blank} says that the status is the whole type of the problem.
 *
 * @param title the status in words
 * @param detail one line about this occurrence, or null
 */
record Problem(String title, int status, String detail) {

    static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(Refusal refusal) {
        return new Problem(refusal.reason(), refusal.status(), refusal.detail().orElse(null));
    }

    String encode() {
        JsonObject json =
                new JsonObject().put("type", "about:blank").put("title", title).put("status", status);
        if (detail != null) {
            json.put("detail", detail);
        }
        return json.encode();
    }
}
