package lyceum.gateway;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * One thing wrong with a parameter, as the stream contract reports it with 422 (section 2.2).
 *
 * @param where {@code body}, {@code query}, {@code path} or {@code header}
 * @param name of the parameter
 * @param message for people
 * @param type for programs
 * @param context numbers and texts of the broken rule; may be empty
 */
record Finding(String where, String name, String message, String type, JsonObject context) {

    static Finding missing(String where, String name) {
        return new Finding(where, name, "field required", "value_error.missing", JsonObject.of());
    }

    static Finding notAnInteger(String where, String name) {
        return new Finding(where, name, "value is not a valid integer", "type_error.integer", JsonObject.of());
    }

    static Finding notMatching(String where, String name, String pattern) {
        String message = "string does not match regex \"%s\"".formatted(pattern);
        return new Finding(where, name, message, "value_error.str.regex", JsonObject.of("pattern", pattern));
    }

    static Finding notOneOf(String where, String name, String given, List<String> permitted) {
        String message = "unexpected value; permitted: '%s'".formatted(String.join("', '", permitted));
        return new Finding(
                where,
                name,
                message,
                "value_error.const",
                JsonObject.of("given", given, "permitted", new JsonArray(permitted)));
    }

    /** @return the body of the answer */
    static JsonObject body(List<Finding> findings) {
        return new JsonObject()
                .put(
                        "detail",
                        new JsonArray(findings.stream().map(Finding::json).toList()));
    }

    private JsonObject json() {
        JsonObject json = new JsonObject()
                .put("loc", new JsonArray(List.of(where, name)))
                .put("msg", message)
                .put("type", type);
        return context.isEmpty() ? json : json.put("ctx", context);
    }
}
