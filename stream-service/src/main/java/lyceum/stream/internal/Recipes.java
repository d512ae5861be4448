package lyceum.stream.internal;

import io.vertx.core.Future;
import lyceum.platform.Failure;
import lyceum.stream.Recipe;
import lyceum.stream.RecipeContent;
import lyceum.stream.RecipeService.ChangeRecipe;
import lyceum.stream.RecipeService.CreateRecipe;
import lyceum.stream.RecipeService.RecipePage;

/** What may happen to recipes. */
final class Recipes {

    private final RecipeStore store;
    private final DocumentIds ids;
    private final Outbox outbox;

    Recipes(RecipeStore store, DocumentIds ids, Outbox outbox) {
        this.store = store;
        this.ids = ids;
        this.outbox = outbox;
    }

    Future<RecipePage> list(long after) {
        return store.page(after);
    }

    Future<Recipe> find(String id) {
        return store.find(id);
    }

    Future<Recipe> search(RecipeContent content) {
        return content.saysNothing()
                ? Future.failedFuture(Failure.notFound("nothing was asked for"))
                : store.search(content);
    }

    Future<Recipe> create(CreateRecipe order) {
        String id = order.id() == null ? ids.objectId() : order.id();
        Recipe recipe = new Recipe(id, order.content());
        return store.insert(recipe).compose(stored -> outbox.tell()).map(recipe);
    }

    Future<Boolean> change(ChangeRecipe order) {
        return order.content().saysNothing()
                ? Future.succeededFuture(false)
                : told(store.update(order.id(), order.content()));
    }

    Future<Boolean> delete(String id) {
        return told(store.delete(id));
    }

    private Future<Boolean> told(Future<Boolean> change) {
        return change.compose(isDone -> isDone ? outbox.tell().map(true) : Future.succeededFuture(false));
    }
}
