package lyceum.stream;

import io.vertx.core.json.JsonObject;

/**
 * How something is cooked: a document.
 *
 * @param id where its creator gave none, 24 hexadecimal digits as MongoDB makes them
 */
public record Recipe(String id, RecipeContent content) implements Document {

    public Recipe {
        DocumentId.check(id);
    }

    @Override
    public JsonObject json() {
        return content.json().put("_id", id);
    }

    @Override
    public long characters() {
        return id.length() + content.characters();
    }
}
