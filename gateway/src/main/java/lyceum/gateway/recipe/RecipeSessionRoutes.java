package lyceum.gateway.recipe;

import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import lyceum.gateway.access.Access;
import lyceum.gateway.route.Finding;
import lyceum.gateway.route.JsonBody;
import lyceum.gateway.route.Operation;
import lyceum.gateway.route.Refusal;
import lyceum.gateway.route.Routes;
import lyceum.gateway.stream.StreamJson;
import lyceum.gateway.stream.StreamQuery;
import lyceum.stream.RecipeService;
import lyceum.stream.RecipeService.ChangeRecipeSession;
import lyceum.stream.RecipeService.CreateRecipeSession;
import lyceum.stream.RecipeService.DeleteRecipeSession;
import lyceum.stream.RecipeService.FindRecipeSession;
import lyceum.stream.RecipeService.ListRecipeSessions;
import lyceum.stream.RecipeService.SearchRecipeSession;
import lyceum.stream.SessionContent;

/** Sessions of people with recipes (contract, rows 26 to 29 of 2.1, and 4.5). */
final class RecipeSessionRoutes implements Routes {

    private static final Operation LIST = Operation.get("/sess");
    private static final Operation CREATE = Operation.post("/sess");
    private static final Operation SEARCH = Operation.get("/sess/q");
    private static final Operation FIND = Operation.get("/sess/{id}");
    private static final Operation CHANGE = Operation.put("/sess/{id}");
    private static final Operation DELETE = Operation.delete("/sess/{id}");

    private static final String ID = "id";

    /** What the search has in the place of an id: such a session could not be found. */
    private static final String TAKEN = "q";

    private final RecipeService recipes;
    private final Access access;
    private final long bodyLimitBytes;

    RecipeSessionRoutes(RecipeService recipes, Access access, long bodyLimitBytes) {
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
        SEARCH.onEither(router).handler(access.guard(SEARCH)).handler(this::search);
        FIND.onEither(router).handler(access.guard(FIND)).handler(this::find);
        CHANGE.onEither(router)
                .handler(access.guard(CHANGE))
                .handler(JsonBody.reader(bodyLimitBytes))
                .handler(this::change);
        DELETE.onEither(router).handler(access.guard(DELETE)).handler(this::delete);
    }

    private void list(RoutingContext ctx) {
        new DocumentList(ctx, after -> recipes.listRecipeSessions(new ListRecipeSessions(after))).send();
    }

    private void create(RoutingContext ctx) {
        DocumentAnswer.stored(
                ctx, DocumentForm.read(ctx).map(RecipeSessionRoutes::order).compose(recipes::createRecipeSession));
    }

    private static CreateRecipeSession order(DocumentForm form) {
        String id = newId(form);
        form.refuseNull("step");
        return new CreateRecipeSession(id, content(form));
    }

    /** An empty one is none, as the original has it. */
    private static String newId(DocumentForm form) {
        String id = form.text(ID);
        if (TAKEN.equals(id)) {
            form.report(Finding.wrong(StreamJson.WHERE, ID, "no session can be called " + id));
        }
        return "".equals(id) ? null : id;
    }

    private static SessionContent content(DocumentForm form) {
        SessionContent content = new SessionContent(form.text("recipe"), form.integer("step"), form.text("prefix"));
        form.end();
        return content;
    }

    private void search(RoutingContext ctx) {
        StreamQuery query = new StreamQuery(ctx);
        DocumentAnswer.found(
                ctx,
                Future.succeededFuture(query)
                        .map(RecipeSessionRoutes::question)
                        .compose(recipes::searchRecipeSession)
                        .recover(error -> Future.failedFuture(Refusal.at(error, "query"))));
    }

    private static SearchRecipeSession question(StreamQuery query) {
        Long step = query.integer("step", Long.MIN_VALUE, Long.MAX_VALUE).orElse(null);
        query.end();
        return new SearchRecipeSession(
                query.text(ID).orElse(null),
                new SessionContent(
                        query.text("recipe").orElse(null),
                        step,
                        query.text("prefix").orElse(null)));
    }

    private void find(RoutingContext ctx) {
        DocumentAnswer.found(ctx, recipes.findRecipeSession(new FindRecipeSession(id(ctx))));
    }

    private void change(RoutingContext ctx) {
        String id = id(ctx);
        DocumentAnswer.changed(
                ctx,
                DocumentForm.read(ctx)
                        .map(form -> new ChangeRecipeSession(id, newId(form), content(form)))
                        .compose(recipes::changeRecipeSession));
    }

    private void delete(RoutingContext ctx) {
        DocumentAnswer.changed(ctx, recipes.deleteRecipeSession(new DeleteRecipeSession(id(ctx))));
    }

    private static String id(RoutingContext ctx) {
        return DocumentPath.id(ctx, ID, ID);
    }
}
