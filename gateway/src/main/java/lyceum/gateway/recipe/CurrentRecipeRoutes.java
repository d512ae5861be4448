package lyceum.gateway.recipe;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.math.BigInteger;
import java.util.List;
import java.util.function.Function;
import lyceum.gateway.access.Access;
import lyceum.gateway.route.Finding;
import lyceum.gateway.route.JsonDocument;
import lyceum.gateway.route.Operation;
import lyceum.gateway.route.Refusal;
import lyceum.gateway.route.Routes;
import lyceum.gateway.stream.StreamPath;
import lyceum.gateway.stream.StreamQuery;
import lyceum.platform.Failure;
import lyceum.stream.CurrentRecipeService;
import lyceum.stream.CurrentRecipeService.ChangeEvents;
import lyceum.stream.CurrentRecipeService.ChangeStep;
import lyceum.stream.CurrentRecipeService.CurrentRecipe;
import lyceum.stream.CurrentRecipeService.FindCurrentRecipe;
import lyceum.stream.CurrentRecipeService.StartRecipe;
import lyceum.stream.CurrentRecipeService.StopRecipe;
import lyceum.stream.CurrentRecipeService.StoppedRecipe;
import lyceum.stream.Recipe;
import lyceum.stream.RecipeService;
import lyceum.stream.RecipeService.FindRecipe;

/** What is being cooked (contract, rows 19 to 25 of 2.1, and 4.5). */
final class CurrentRecipeRoutes implements Routes {

    private static final Operation ALL = Operation.get("/sessions");
    private static final Operation SESSION = Operation.get("/sessions/id");
    private static final Operation RECIPE = Operation.get("/sessions/recipe");
    private static final Operation START = Operation.put("/sessions/recipe/{recipe}");
    private static final Operation STOP = Operation.delete("/sessions/recipe");
    private static final Operation STEP = Operation.get("/sessions/recipe/step");
    private static final Operation CHANGE_STEP = Operation.put("/sessions/recipe/step/{step}");

    /** What the original calls the parameters in its errors. */
    private static final String RECIPE_ID = "recipe_id";

    private static final String STEP_ID = "step_id";
    private static final String PATH = "path";

    /** A page that has forgotten its number asks for this; the original starts a recipe of that name. */
    private static final String NO_RECIPE = "step";

    private final CurrentRecipeService current;
    private final RecipeService recipes;
    private final Access access;

    CurrentRecipeRoutes(CurrentRecipeService current, RecipeService recipes, Access access) {
        this.current = current;
        this.recipes = recipes;
        this.access = access;
    }

    @Override
    public void addTo(Router router) {
        ALL.onEither(router).handler(access.guard(ALL)).handler(ctx -> tell(ctx, CurrentRecipeRoutes::all));
        SESSION.onEither(router).handler(access.guard(SESSION)).handler(ctx -> tell(ctx, CurrentRecipe::sessionId));
        RECIPE.onEither(router).handler(access.guard(RECIPE)).handler(this::recipe);
        START.onEither(router).handler(access.guard(START)).handler(this::start);
        STOP.onEither(router).handler(access.guard(STOP)).handler(this::stop);
        STEP.onEither(router).handler(access.guard(STEP)).handler(ctx -> tell(ctx, CurrentRecipe::step));
        CHANGE_STEP.onEither(router).handler(access.guard(CHANGE_STEP)).handler(this::changeStep);
    }

    private void tell(RoutingContext ctx, Function<CurrentRecipe, Object> what) {
        JsonDocument.send(ctx, find().map(what));
    }

    private Future<CurrentRecipe> find() {
        return current.findCurrentRecipe(new FindCurrentRecipe());
    }

    private static JsonObject all(CurrentRecipe current) {
        return new JsonObject()
                .put("recipe_id", current.recipeId())
                .put("step", current.step())
                .put("session_id", current.sessionId());
    }

    private void recipe(RoutingContext ctx) {
        StreamQuery query = new StreamQuery(ctx);
        boolean withInfo = query.flagOr("info", false);
        query.end();
        if (withInfo) {
            DocumentAnswer.found(ctx, find().compose(this::document));
        } else {
            tell(ctx, CurrentRecipe::recipeId);
        }
    }

    /** @return the document of a recipe; NOT_FOUND where there is none, or where another program has set what is no id */
    private Future<Recipe> document(CurrentRecipe current) {
        return Future.succeededFuture(current.recipeId())
                .map(FindRecipe::new)
                .recover(noId -> Future.failedFuture(Failure.notFound("there is no such recipe")))
                .compose(recipes::findRecipe);
    }

    private void start(RoutingContext ctx) {
        String id = DocumentPath.id(ctx, "recipe", RECIPE_ID);
        if (id.equals(NO_RECIPE)) {
            throw refusal(Finding.missing(PATH, STEP_ID));
        }
        JsonDocument.send(
                ctx, current.startRecipe(new StartRecipe(id)).map(started -> with(started.events(), true, true, true)));
    }

    private void stop(RoutingContext ctx) {
        JsonDocument.send(ctx, current.stopRecipe(new StopRecipe()).map(CurrentRecipeRoutes::numbers));
    }

    private static JsonArray numbers(StoppedRecipe stopped) {
        return with(
                stopped.events(), number(stopped.hadRecipe()), number(stopped.hadStep()), number(stopped.hadSession()));
    }

    private static int number(boolean had) {
        return had ? 1 : 0;
    }

    private static JsonArray with(ChangeEvents events, Object recipe, Object step, Object session) {
        return new JsonArray(List.of(recipe, step, session, events.recipe(), events.step(), events.session()));
    }

    private void changeStep(RoutingContext ctx) {
        ChangeStep order = new ChangeStep(step(ctx));
        JsonDocument.send(
                ctx,
                current.changeStep(order)
                        .map(changed -> new JsonArray(List.of(true, changed.event(), changed.step()))));
    }

    private static long step(RoutingContext ctx) {
        String text = StreamPath.text(ctx, "step").strip();
        if (!text.matches("[+-]?\\d{1,1000}")) {
            throw refusal(Finding.notAnInteger(PATH, STEP_ID));
        }
        BigInteger step = new BigInteger(text);
        if (step.bitLength() >= Long.SIZE) {
            throw refusal(
                    step.signum() > 0
                            ? Finding.above(PATH, STEP_ID, Long.MAX_VALUE)
                            : Finding.below(PATH, STEP_ID, Long.MIN_VALUE));
        }
        return step.longValue();
    }

    private static Refusal refusal(Finding finding) {
        return Refusal.unprocessable(List.of(finding));
    }
}
