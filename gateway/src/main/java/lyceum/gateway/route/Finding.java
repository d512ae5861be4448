package lyceum.gateway.route;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One thing wrong with a parameter, as the stream contract reports it with 422 (section 2.2).
 *
 * @param place first {@code body}, {@code query}, {@code path} or {@code header}, then a name where there is one, then
 *     indexes
 * @param message for people
 * @param type for programs
 * @param context numbers and texts of the broken rule; may be empty
 */
public record Finding(List<Object> place, String message, String type, JsonObject context) {

    private Finding(String where, String name, String message, String type, JsonObject context) {
        this(List.of(where, name), message, type, context);
    }

    /** @return that something is missing which is required, by where it should be */
    public static Finding missing(Object... place) {
        return new Finding(List.of(place), "field required", "value_error.missing", JsonObject.of());
    }

    /** @return that something is no JSON object */
    public static Finding notAnObject(Object... place) {
        return new Finding(List.of(place), "value is not a valid dict", "type_error.dict", JsonObject.of());
    }

    /** @param message what a rule of the contract says about what is there */
    public static Finding wrongAt(List<Object> place, String message) {
        return new Finding(place, message, "value_error", JsonObject.of());
    }

    /** @return that a value is no integer */
    public static Finding notAnInteger(String where, String name) {
        return new Finding(where, name, "value is not a valid integer", "type_error.integer", JsonObject.of());
    }

    /** @return that a value is no boolean */
    public static Finding notABoolean(String where, String name) {
        return new Finding(where, name, "value could not be parsed to a boolean", "type_error.bool", JsonObject.of());
    }

    /** @return that a value is no number */
    public static Finding notANumber(String where, String name) {
        return new Finding(where, name, "value is not a valid float", "type_error.float", JsonObject.of());
    }

    /** @return that a number is below the least one that is allowed */
    public static Finding below(String where, String name, long least) {
        return new Finding(
                where,
                name,
                "ensure this value is greater than or equal to " + least,
                "value_error.number.not_ge",
                JsonObject.of("limit_value", least));
    }

    /** @return that a number is above the greatest one that is allowed */
    public static Finding above(String where, String name, long most) {
        return new Finding(
                where,
                name,
                "ensure this value is less than or equal to " + most,
                "value_error.number.not_le",
                JsonObject.of("limit_value", most));
    }

    /** @param message what a rule of the contract says about the value */
    public static Finding wrong(String where, String name, String message) {
        return new Finding(where, name, message, "value_error", JsonObject.of());
    }

    /** @return that a text does not match a pattern */
    public static Finding notMatching(String where, String name, String pattern) {
        String message = "string does not match regex \"%s\"".formatted(pattern);
        return new Finding(where, name, message, "value_error.str.regex", JsonObject.of("pattern", pattern));
    }

    /** @return that a value is none of those that are permitted */
    public static Finding notOneOf(String where, String name, String given, List<String> permitted) {
        String message = "unexpected value; permitted: '%s'".formatted(String.join("', '", permitted));
        return new Finding(
                where,
                name,
                message,
                "value_error.const",
                JsonObject.of("given", given, "permitted", new JsonArray(permitted)));
    }

    /** @return the member {@code detail} of the answer */
    public static JsonArray detail(List<Finding> findings) {
        return new JsonArray(findings.stream().map(Finding::json).toList());
    }

    /** @return one line for people */
    String line() {
        return "%s: %s".formatted(place.stream().map(String::valueOf).collect(Collectors.joining(" ")), message);
    }

    private JsonObject json() {
        JsonObject json = new JsonObject()
                .put("loc", new JsonArray(place))
                .put("msg", message)
                .put("type", type);
        return context.isEmpty() ? json : json.put("ctx", context);
    }
}
