package lyceum.sandbox.internal;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads the members of a JSON object, and refuses what nobody reads. Whatever is wrong is an
 * {@link IllegalArgumentException} with one line that begins with the member's path.
 */
final class Members {

    private final String path;
    private final JsonObject json;
    private final Set<String> read = new HashSet<>();

    Members(JsonObject json) {
        this("", json);
    }

    private Members(String path, JsonObject json) {
        this.path = path;
        this.json = json;
    }

    boolean has(String name) {
        return json.containsKey(name);
    }

    /** @return what is made of a text that is not blank */
    <T> T text(String name, Function<String, T> make) {
        if (value(name) instanceof String text && !text.isBlank()) {
            return made(name, text, make);
        }
        throw wrong(name, "is not a text");
    }

    /** @return what is made of a list of texts, an empty one where it is absent */
    <T> T texts(String name, Function<List<String>, T> make) {
        Object value = has(name) ? value(name) : new JsonArray();
        if (value instanceof JsonArray array && array.stream().allMatch(String.class::isInstance)) {
            return made(name, array.stream().map(String.class::cast).toList(), make);
        }
        throw wrong(name, "is not a list of texts");
    }

    /** @return what is made of texts and numbers by their names, of none where it is absent */
    <T> T scalars(String name, Function<Map<String, String>, T> make) {
        Map<String, String> scalars = new LinkedHashMap<>();
        for (Map.Entry<String, Object> member : has(name) ? object(name) : new JsonObject()) {
            if (!(member.getValue() instanceof String || member.getValue() instanceof Number)) {
                throw wrong(name, member.getKey() + " is not a text");
            }
            scalars.put(member.getKey(), member.getValue().toString());
        }
        return made(name, scalars, make);
    }

    /** @return the members of a member */
    Members members(String name) {
        return new Members(path + name + ".", object(name));
    }

    /** Refuses members that were not read. */
    void end() {
        json.fieldNames().stream().filter(name -> !read.contains(name)).forEach(name -> {
            throw wrong(name, "is not known");
        });
    }

    private <F, T> T made(String name, F from, Function<F, T> make) {
        try {
            return make.apply(from);
        } catch (IllegalArgumentException e) {
            throw wrong(name, e.getMessage().lines().findFirst().orElse("is wrong"));
        }
    }

    private JsonObject object(String name) {
        if (value(name) instanceof JsonObject object) {
            return object;
        }
        throw wrong(name, "is not an object");
    }

    private Object value(String name) {
        read.add(name);
        return json.getValue(name);
    }

    private IllegalArgumentException wrong(String name, String text) {
        return new IllegalArgumentException(path + name + ": " + text);
    }
}
