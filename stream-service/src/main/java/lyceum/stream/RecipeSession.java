package lyceum.stream;

import io.vertx.core.json.JsonObject;

/**
 * Somebody at work on a recipe: a document, of which there may be many at once. It has nothing to do with the one current
 * recipe of {@link CurrentRecipeService}.
 *
 * @param id where its creator gave none, the second of its creation in base 36, or the next free one
 * @param createdAt {@code YYYY-MM-DDTHH:MM:SS.ffffff}, local time in the zone of the setting, the fraction left out when
 *     zero
 */
public record RecipeSession(String id, SessionContent content, String createdAt) implements Document {

    public RecipeSession {
        DocumentId.check(id);
    }

    @Override
    public JsonObject json() {
        return content.json().put("created_at", createdAt).put("_id", id);
    }

    @Override
    public long characters() {
        return id.length() + content.characters();
    }
}
