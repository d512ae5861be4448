package lyceum.gateway.recipe;

import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.Set;
import lyceum.gateway.access.Access;
import lyceum.gateway.route.Finding;
import lyceum.gateway.route.JsonBody;
import lyceum.gateway.route.Operation;
import lyceum.gateway.route.Refusal;
import lyceum.gateway.route.Routes;
import lyceum.gateway.stream.StreamJson;
import lyceum.gateway.stream.StreamQuery;
import lyceum.platform.Bus;
import lyceum.stream.CurrentRecipeService;
import lyceum.stream.RecipeContent;
import lyceum.stream.RecipeService;
import lyceum.stream.RecipeService.ChangeRecipe;
import lyceum.stream.RecipeService.CreateRecipe;
import lyceum.stream.RecipeService.DeleteRecipe;
import lyceum.stream.RecipeService.FindRecipe;
import lyceum.stream.RecipeService.ListRecipes;
import lyceum.stream.RecipeService.SearchRecipe;

/** Recipes (contract, rows 13 to 18 of 2.1, and 4.5). */
public final class RecipeRoutes implements Routes {

    private static final Operation LIST = Operation.get("/recipes");
    private static final Operation CREATE = Operation.post("/recipes");
    private static final Operation SEARCH = Operation.get("/recipes/q");
    private static final Operation FIND = Operation.get("/recipes/{id}");
    private static final Operation CHANGE = Operation.put("/recipes/{id}");
    private static final Operation DELETE = Operation.delete("/recipes/{id}");

    private static final String ID = "_id";

    /** What other routes have in the place of an id: such a recipe could not be found. */
    private static final Set<String> TAKEN = Set.of("q", "step");

    private final RecipeService recipes;
    private final Access access;
    private final long bodyLimitBytes;

    /** @return the routes of everything in this package */
    public static Routes all(Bus bus, long bodyLimitBytes, Access access) {
        RecipeService recipes = bus.proxy(RecipeService.class);
        return Routes.of(
                new RecipeRoutes(recipes, access, bodyLimitBytes),
                new RecipeSessionRoutes(recipes, access, bodyLimitBytes),
                new CurrentRecipeRoutes(bus.proxy(CurrentRecipeService.class), recipes, access));
    }

    RecipeRoutes(RecipeService recipes, Access access, long bodyLimitBytes) {
        this.recipes = recipes;
        this.access = access;
        this.bodyLimitBytes = bodyLimitBytes;
    }

    @Override
    public void addTo(Router router) {
        LIST.onEither(router).handler(access.guard(LIST)).handler(this::list);
        CREATE.onEither(router)
                .handler(access.guard(CREATE))
                .handler(JsonBody.reader(bodyLimitBytes))
                .handler(this::create);
        // Before FIND, whose path it has too.
        SEARCH.onEither(router)
                .handler(access.guard(SEARCH))
                .handler(JsonBody.reader(bodyLimitBytes))
                .handler(this::search);
        FIND.onEither(router).handler(access.guard(FIND)).handler(this::find);
        CHANGE.onEither(router)
                .handler(access.guard(CHANGE))
                .handler(JsonBody.reader(bodyLimitBytes))
                .handler(this::change);
        DELETE.onEither(router).handler(access.guard(DELETE)).handler(this::delete);
    }

    private void list(RoutingContext ctx) {
        new DocumentList(ctx, after -> recipes.listRecipes(new ListRecipes(after))).send();
    }

    private void create(RoutingContext ctx) {
        DocumentAnswer.stored(
                ctx, DocumentForm.read(ctx).map(RecipeRoutes::order).compose(recipes::createRecipe));
    }

    /** An empty id is none, as the original has it for sessions. */
    private static CreateRecipe order(DocumentForm form) {
        String id = form.text(ID);
        if (id != null && TAKEN.contains(id)) {
            form.report(Finding.wrong(StreamJson.WHERE, ID, "no recipe can be called " + id));
        }
        RecipeContent content = content(form);
        return new CreateRecipe("".equals(id) ? null : id, content);
    }

    private static RecipeContent content(DocumentForm form) {
        String name = form.text("name");
        RecipeContent lists = lists(form);
        String steps = form.json("steps");
        form.end();
        return new RecipeContent(name, lists.ingredients(), lists.tools(), lists.instructions(), steps);
    }

    private static RecipeContent lists(DocumentForm form) {
        return new RecipeContent(
                null, form.texts("ingredients"), form.texts("tools"), form.texts("instructions"), null);
    }

    /** The name is in the query, what is a list in the body. */
    private void search(RoutingContext ctx) {
        String name = new StreamQuery(ctx).text("name").orElse(null);
        DocumentAnswer.found(
                ctx,
                DocumentForm.readIfAny(ctx)
                        .map(form -> question(name, form))
                        .compose(recipes::searchRecipe)
                        .recover(error -> Future.failedFuture(Refusal.at(error, "query"))));
    }

    private static SearchRecipe question(String name, Optional<DocumentForm> form) {
        return new SearchRecipe(form.map(lists -> {
                    RecipeContent content = lists(lists);
                    lists.end();
                    return new RecipeContent(
                            name, content.ingredients(), content.tools(), content.instructions(), null);
                })
                .orElseGet(() -> new RecipeContent(name, null, null, null, null)));
    }

    private void find(RoutingContext ctx) {
        DocumentAnswer.found(ctx, recipes.findRecipe(new FindRecipe(id(ctx))));
    }

    private void change(RoutingContext ctx) {
        String id = id(ctx);
        DocumentAnswer.changed(
                ctx,
                DocumentForm.read(ctx)
                        .map(form -> new ChangeRecipe(id, content(form)))
                        .compose(recipes::changeRecipe));
    }

    private void delete(RoutingContext ctx) {
        DocumentAnswer.changed(ctx, recipes.deleteRecipe(new DeleteRecipe(id(ctx))));
    }

    private static String id(RoutingContext ctx) {
        return DocumentPath.id(ctx, "id", "recipe_id");
    }
}
