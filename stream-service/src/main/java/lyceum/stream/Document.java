package lyceum.stream;

import io.vertx.core.json.JsonObject;

/** What {@link RecipeService} keeps. */
public sealed interface Document permits Recipe, RecipeSession {

    /** @return what it is asked for by; see {@link DocumentId} */
    String id();

    /** @return the whole of it, as the original's clients know it */
    JsonObject json();

    /** @return about how long it is as JSON */
    long characters();
}
