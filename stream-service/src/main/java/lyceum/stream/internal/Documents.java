package lyceum.stream.internal;

import io.vertx.core.Future;
import lyceum.stream.Recipe;
import lyceum.stream.RecipeService;
import lyceum.stream.RecipeSession;

/** The contract, divided between recipes and sessions. */
final class Documents implements RecipeService {

    private final Recipes recipes;
    private final RecipeSessions sessions;

    Documents(Recipes recipes, RecipeSessions sessions) {
        this.recipes = recipes;
        this.sessions = sessions;
    }

    @Override
    public Future<RecipePage> listRecipes(ListRecipes question) {
        return recipes.list(question.after());
    }

    @Override
    public Future<Recipe> findRecipe(FindRecipe question) {
        return recipes.find(question.id());
    }

    @Override
    public Future<Recipe> searchRecipe(SearchRecipe question) {
        return recipes.search(question.content());
    }

    @Override
    public Future<Recipe> createRecipe(CreateRecipe order) {
        return recipes.create(order);
    }

    @Override
    public Future<Change> changeRecipe(ChangeRecipe order) {
        return recipes.change(order).map(Change::new);
    }

    @Override
    public Future<Change> deleteRecipe(DeleteRecipe order) {
        return recipes.delete(order.id()).map(Change::new);
    }

    @Override
    public Future<RecipeSessionPage> listRecipeSessions(ListRecipeSessions question) {
        return sessions.list(question.after());
    }

    @Override
    public Future<RecipeSession> findRecipeSession(FindRecipeSession question) {
        return sessions.find(question.id());
    }

    @Override
    public Future<RecipeSession> searchRecipeSession(SearchRecipeSession question) {
        return sessions.search(question);
    }

    @Override
    public Future<RecipeSession> createRecipeSession(CreateRecipeSession order) {
        return sessions.create(order);
    }

    @Override
    public Future<Change> changeRecipeSession(ChangeRecipeSession order) {
        return sessions.change(order).map(Change::new);
    }

    @Override
    public Future<Change> deleteRecipeSession(DeleteRecipeSession order) {
        return sessions.delete(order.id()).map(Change::new);
    }
}
