package lyceum.stream.internal;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import lyceum.platform.Bus;
import lyceum.stream.CurrentRecipeService;

/** What is being cooked: three keys of Redis, and the streams that tell of their changes (contract, 3.4). */
final class CurrentRecipes implements CurrentRecipeService {

    private static final String RECIPE = "recipe:id";
    private static final String STEP = "recipe:step";
    private static final String SESSION = "session:id";

    private static final int RECIPE_EVENTS_KEPT = 10;
    private static final int OTHER_EVENTS_KEPT = 100;

    /** What the streams tell at the end. */
    private static final String NO_STEP = "-1";

    private static final String NONE = "";

    private final RedisLines redis;
    private final Bus bus;
    private final Clock clock;

    CurrentRecipes(RedisLines redis, Bus bus, Clock clock) {
        this.redis = redis;
        this.bus = bus;
        this.clock = clock;
    }

    @Override
    public Future<CurrentRecipe> findCurrentRecipe(FindCurrentRecipe question) {
        return redis.send(Request.cmd(Command.MGET).arg(RECIPE).arg(STEP).arg(SESSION))
                .map(values -> new CurrentRecipe(text(values.get(0)), text(values.get(1)), text(values.get(2))));
    }

    private static String text(Response value) {
        return value == null ? null : value.toString();
    }

    @Override
    public Future<StartedRecipe> startRecipe(StartRecipe order) {
        String session = Long.toString(clock.instant().getEpochSecond());
        List<Request> commands =
                new ArrayList<>(List.of(set(RECIPE, order.recipeId()), set(STEP, "0"), set(SESSION, session)));
        commands.addAll(events(order.recipeId(), "0", session));
        return atOnce(commands)
                .map(results -> new StartedRecipe(changeEvents(results)))
                .onSuccess(started -> bus.publish(RECIPE_STARTED, new RecipeStartedFact(order.recipeId(), session)));
    }

    @Override
    public Future<StoppedRecipe> stopRecipe(StopRecipe order) {
        List<Request> commands = new ArrayList<>(List.of(delete(RECIPE), delete(STEP), delete(SESSION)));
        commands.addAll(events(NONE, NO_STEP, NONE));
        return atOnce(commands)
                .map(results -> new StoppedRecipe(
                        results.get(0).toInteger() == 1,
                        results.get(1).toInteger() == 1,
                        results.get(2).toInteger() == 1,
                        changeEvents(results)))
                .onSuccess(stopped -> bus.publish(RECIPE_STOPPED, new RecipeStoppedFact()));
    }

    @Override
    public Future<ChangedStep> changeStep(ChangeStep order) {
        String step = Long.toString(order.step());
        return atOnce(List.of(
                        set(STEP, step),
                        event(STEP, step, OTHER_EVENTS_KEPT),
                        Request.cmd(Command.MGET).arg(RECIPE)))
                .map(results -> {
                    String recipe = text(results.get(2).get(0));
                    bus.publish(STEP_CHANGED, new StepChangedFact(recipe, order.step()));
                    return new ChangedStep(results.get(1).toString(), step);
                });
    }

    private static List<Request> events(String recipe, String step, String session) {
        return List.of(
                event(RECIPE, recipe, RECIPE_EVENTS_KEPT),
                event(STEP, step, OTHER_EVENTS_KEPT),
                event(SESSION, session, OTHER_EVENTS_KEPT));
    }

    private static ChangeEvents changeEvents(Response results) {
        return new ChangeEvents(
                results.get(3).toString(),
                results.get(4).toString(),
                results.get(5).toString());
    }

    private static Request set(String key, String value) {
        return Request.cmd(Command.SET).arg(key).arg(value);
    }

    private static Request delete(String key) {
        return Request.cmd(Command.DEL).arg(key);
    }

    private static Request event(String key, String value, int kept) {
        return Request.cmd(Command.XADD)
                .arg("event:" + key)
                .arg("MAXLEN")
                .arg("~")
                .arg(kept)
                .arg("*")
                .arg(Entry.FIELD)
                .arg(value);
    }

    /** @return what Redis answers to each of the commands */
    private Future<Response> atOnce(List<Request> commands) {
        List<Request> transaction = new ArrayList<>();
        transaction.add(Request.cmd(Command.MULTI));
        transaction.addAll(commands);
        transaction.add(Request.cmd(Command.EXEC));
        return redis.batch(transaction).map(replies -> {
            Response results = replies.get(replies.size() - 1);
            for (Response result : results) {
                if (result.type() == ResponseType.ERROR) {
                    // Only what another program put in the place of an event stream refuses a command; the others are
                    // done.
                    throw RedisFailure.noStream();
                }
            }
            return results;
        });
    }
}
