package lyceum.stream;

import io.vertx.core.json.JsonObject;
import java.util.Objects;

/**
 * What is known of a session. Null stands for what nobody has said, what a change leaves alone, or what a search does not
 * ask for.
 *
 * @param recipe id of a recipe, which need not exist
 * @param prefix of the names of its streams
 */
public record SessionContent(String recipe, Long step, String prefix) {

    public SessionContent {
        DocumentText.check(recipe);
        DocumentText.check(prefix);
    }

    long characters() {
        return length(recipe) + length(prefix);
    }

    private static long length(String text) {
        return text == null ? 0 : text.length();
    }

    JsonObject json() {
        return new JsonObject().put("recipe", recipe).put("step", step).put("prefix", prefix);
    }

    /** @return the members that are not null */
    public JsonObject given() {
        JsonObject json = json();
        json.getMap().values().removeIf(Objects::isNull);
        return json;
    }
}
