package lyceum.stream;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * Recipes, and sessions of people with them: documents in PostgreSQL (contract, 4.5).
 *
 * <p>What is answered is on the disk. Every change is told in the stream {@link #RECIPE_EVENTS} or
 * {@link #SESSION_EVENTS} too, in the order of the changes of a document, usually before the answer, and as soon as Redis
 * is there again where it is away: {@code {"event":"new","id":…,"data":document}},
 * {@code {"event":"update","id":…,"data":what was set}} or {@code {"event":"delete","id":…}}.
 *
 * <p>An id is checked by {@link DocumentId}, a text has no U+0000: else the order is INVALID. A document has at most
 * {@code LYCEUM_STREAM_DOCUMENT_LIMIT} bytes; there are at most {@code LYCEUM_STREAM_DOCUMENTS} of each kind. Every method
 * fails with UNAVAILABLE while PostgreSQL does not answer.
 */
public interface RecipeService {

    /** Stream that tells of changes of recipes. */
    String RECIPE_EVENTS = "event:recipes";

    /** Stream that tells of changes of sessions. */
    String SESSION_EVENTS = "event:sessions";

    /** Documents of one page have about this length together, or it is one document. */
    int PAGE_BYTES = 256 * 1024;

    /** No document is longer, whatever is set: each is made and read at once. */
    int MOST_DOCUMENT_BYTES = 4 << 20;

    /** @return the next recipes, the oldest first; none behind the last one */
    Future<RecipePage> listRecipes(ListRecipes question);

    /** @return the recipe, or NOT_FOUND */
    Future<Recipe> findRecipe(FindRecipe question);

    /** @return the oldest recipe that says all that is asked for; or NOT_FOUND, also where nothing is asked for */
    Future<Recipe> searchRecipe(SearchRecipe question);

    /** @return the recipe as stored; or CONFLICT where there is one of that id, or too many, INVALID where it is too long */
    Future<Recipe> createRecipe(CreateRecipe order);

    /** @return whether there is such a recipe and something was to be set; or INVALID where it becomes too long */
    Future<Change> changeRecipe(ChangeRecipe order);

    /** @return whether there was such a recipe */
    Future<Change> deleteRecipe(DeleteRecipe order);

    /** @return the next sessions, the oldest first; none behind the last one */
    Future<RecipeSessionPage> listRecipeSessions(ListRecipeSessions question);

    /** @return the session, or NOT_FOUND */
    Future<RecipeSession> findRecipeSession(FindRecipeSession question);

    /** @return the oldest session that has all that is asked for; or NOT_FOUND, also where nothing is asked for */
    Future<RecipeSession> searchRecipeSession(SearchRecipeSession question);

    /** @return the session as stored; or CONFLICT where there is one of that id, or too many, INVALID where it is too long */
    Future<RecipeSession> createRecipeSession(CreateRecipeSession order);

    /**
     * @return whether there is such a session and something was to be set; or INVALID where it becomes too long, CONFLICT
     *     where there is one of the new id
     */
    Future<Change> changeRecipeSession(ChangeRecipeSession order);

    /** @return whether there was such a session */
    Future<Change> deleteRecipeSession(DeleteRecipeSession order);

    /** @param after {@link RecipePage#last} of the page before, 0 for the first one */
    record ListRecipes(long after) {}

    /** Some recipes. */
    record RecipePage(List<Recipe> items, long last, boolean more) implements DocumentPage {}

    /** Asks for a recipe. */
    record FindRecipe(String id) {
        public FindRecipe {
            DocumentId.check(id);
        }
    }

    /** @param content what it has to say; lists are equal as a whole, steps are not asked for */
    record SearchRecipe(RecipeContent content) {}

    /** @param id null for one that is made up */
    record CreateRecipe(String id, RecipeContent content) {
        public CreateRecipe {
            if (id != null) {
                DocumentId.checkNew(id);
            }
        }
    }

    /** @param content what is to be set */
    record ChangeRecipe(String id, RecipeContent content) {
        public ChangeRecipe {
            DocumentId.check(id);
        }
    }

    /** Removes a recipe. */
    record DeleteRecipe(String id) {
        public DeleteRecipe {
            DocumentId.check(id);
        }
    }

    /** @param after {@link RecipeSessionPage#last} of the page before, 0 for the first one */
    record ListRecipeSessions(long after) {}

    /** Some sessions. */
    record RecipeSessionPage(List<RecipeSession> items, long last, boolean more) implements DocumentPage {}

    /** Asks for a session. */
    record FindRecipeSession(String id) {
        public FindRecipeSession {
            DocumentId.check(id);
        }
    }

    /** @param id null where any will do */
    record SearchRecipeSession(String id, SessionContent content) {
        public SearchRecipeSession {
            DocumentText.check(id);
        }
    }

    /**
     * @param id null for one that is made up
     * @param content its step null for 0
     */
    record CreateRecipeSession(String id, SessionContent content) {
        public CreateRecipeSession {
            if (id != null) {
                DocumentId.checkNew(id);
            }
        }
    }

    /**
     * @param newId what it is to be called, null for what it is
     * @param content what is to be set
     */
    record ChangeRecipeSession(String id, String newId, SessionContent content) {
        public ChangeRecipeSession {
            DocumentId.check(id);
            if (newId != null) {
                DocumentId.checkNew(newId);
            }
        }

        /** @return what is to be set, by the names of members */
        public JsonObject given() {
            JsonObject given = content.given();
            return newId == null ? given : given.put("id", newId);
        }
    }

    /** Removes a session. */
    record DeleteRecipeSession(String id) {
        public DeleteRecipeSession {
            DocumentId.check(id);
        }
    }

    /** @param done whether anything was done */
    record Change(boolean done) {}
}
