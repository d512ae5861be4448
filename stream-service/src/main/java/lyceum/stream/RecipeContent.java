package lyceum.stream;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a recipe says. Null stands for what nobody has said, what a change leaves alone, or what a search does not ask for.
 *
 * @param steps any JSON as its text: what models are to make of the instructions. The original's clients send it, and
 *     the original dropped it
 */
public record RecipeContent(
        String name, List<String> ingredients, List<String> tools, List<String> instructions, String steps) {

    public RecipeContent {
        DocumentText.check(name);
        ingredients = DocumentText.checkAll(ingredients);
        tools = DocumentText.checkAll(tools);
        instructions = DocumentText.checkAll(instructions);
        DocumentText.check(steps);
    }

    /** @return whether it says nothing at all */
    public boolean saysNothing() {
        return given().isEmpty();
    }

    long characters() {
        return Stream.of(Stream.of(name, steps), stream(ingredients), stream(tools), stream(instructions))
                .flatMap(texts -> texts)
                .filter(Objects::nonNull)
                .mapToLong(String::length)
                .sum();
    }

    private static Stream<String> stream(List<String> texts) {
        return texts == null ? Stream.of() : texts.stream();
    }

    /** @return its members; without steps where there are none, all others always */
    JsonObject json() {
        JsonObject json = new JsonObject()
                .put("name", name)
                .put("ingredients", ingredients)
                .put("tools", tools)
                .put("instructions", instructions);
        return steps == null ? json : json.put("steps", Json.decodeValue(steps));
    }

    /** @return the members that are not null */
    public JsonObject given() {
        JsonObject json = json();
        json.getMap().values().removeIf(Objects::isNull);
        return json;
    }
}
