package lyceum.stream.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.stream.CurrentRecipeService;
import lyceum.stream.CurrentRecipeService.ChangeEvents;
import lyceum.stream.CurrentRecipeService.ChangeStep;
import lyceum.stream.CurrentRecipeService.ChangedStep;
import lyceum.stream.CurrentRecipeService.CurrentRecipe;
import lyceum.stream.CurrentRecipeService.FindCurrentRecipe;
import lyceum.stream.CurrentRecipeService.RecipeStartedFact;
import lyceum.stream.CurrentRecipeService.RecipeStoppedFact;
import lyceum.stream.CurrentRecipeService.StartRecipe;
import lyceum.stream.CurrentRecipeService.StepChangedFact;
import lyceum.stream.CurrentRecipeService.StopRecipe;
import lyceum.stream.CurrentRecipeService.StoppedRecipe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The current recipe over the bus, and in Redis as other programs see it. */
class CurrentRecipesTest {

    private static final String RECIPE_EVENTS = "event:recipe:id";
    private static final String STEP_EVENTS = "event:recipe:step";
    private static final String SESSION_EVENTS = "event:session:id";

    private final TestDocuments documents = new TestDocuments();

    @AfterEach
    void stop() {
        documents.close();
    }

    @Test
    void hasNothingAtFirst() {
        assertThat(find()).isEqualTo(new CurrentRecipe(null, null, null));
    }

    @Test
    void startsARecipeAtStepZeroInASessionOfThisSecond() {
        long begun = Instant.now().getEpochSecond();

        ChangeEvents events = start("pinwheels");

        CurrentRecipe current = find();
        assertThat(current.recipeId()).isEqualTo("pinwheels");
        assertThat(current.step()).isEqualTo("0");
        assertThat(Long.parseLong(current.sessionId())).isBetween(begun, begun + 60);
        assertThat(documents.redis(Command.GET, "recipe:id")).hasToString("pinwheels");
        assertThat(documents.redis(Command.GET, "recipe:step")).hasToString("0");
        assertThat(documents.redis(Command.GET, "session:id")).hasToString(current.sessionId());
        assertThat(last(RECIPE_EVENTS)).isEqualTo(events.recipe() + " pinwheels");
        assertThat(last(STEP_EVENTS)).isEqualTo(events.step() + " 0");
        assertThat(last(SESSION_EVENTS)).isEqualTo(events.session() + ' ' + current.sessionId());
    }

    @Test
    void stopsWhateverThereIs() {
        start("pinwheels");

        StoppedRecipe stopped = stopRecipe();

        assertThat(List.of(stopped.hadRecipe(), stopped.hadStep(), stopped.hadSession()))
                .containsOnly(true);
        assertThat(find()).isEqualTo(new CurrentRecipe(null, null, null));
        assertThat(documents.redis(Command.EXISTS, "recipe:id", "recipe:step", "session:id"))
                .hasToString("0");
        assertThat(last(RECIPE_EVENTS)).isEqualTo(stopped.events().recipe() + ' ');
        assertThat(last(STEP_EVENTS)).isEqualTo(stopped.events().step() + " -1");
        assertThat(last(SESSION_EVENTS)).isEqualTo(stopped.events().session() + ' ');
    }

    @Test
    void tellsAnEndWhereNothingWasToo() {
        documents.current.changeStep(new ChangeStep(1)).await();

        StoppedRecipe stopped = stopRecipe();

        assertThat(List.of(stopped.hadRecipe(), stopped.hadStep(), stopped.hadSession()))
                .containsExactly(false, true, false);
        assertThat(documents.payloads(RECIPE_EVENTS)).containsExactly("");
    }

    @Test
    void setsAnyStep() {
        for (long step : new long[] {3, -2, Long.MAX_VALUE, Long.MIN_VALUE}) {
            ChangedStep changed =
                    documents.current.changeStep(new ChangeStep(step)).await();

            assertThat(changed.step()).isEqualTo(Long.toString(step)).isEqualTo(find().step());
            assertThat(last(STEP_EVENTS)).isEqualTo(changed.event() + ' ' + step);
        }
    }

    @Test
    void tellsTheHouseOnce() {
        Facts<RecipeStartedFact> started = new Facts<>(documents.bus, CurrentRecipeService.RECIPE_STARTED);
        Facts<StepChangedFact> steps = new Facts<>(documents.bus, CurrentRecipeService.STEP_CHANGED);
        Facts<RecipeStoppedFact> stopped = new Facts<>(documents.bus, CurrentRecipeService.RECIPE_STOPPED);

        start("tea");
        String session = find().sessionId();
        documents.current.changeStep(new ChangeStep(4)).await();
        stopRecipe();
        documents.current.changeStep(new ChangeStep(5)).await();

        assertThat(steps.await(2)).containsExactly(new StepChangedFact("tea", 4), new StepChangedFact(null, 5));
        assertThat(started.await(1)).containsExactly(new RecipeStartedFact("tea", session));
        assertThat(stopped.await(1)).containsExactly(new RecipeStoppedFact());
    }

    @Test
    void keepsAboutAsManyEventsAsTheOriginal() {
        Future.all(LongStream.range(0, 250)
                        .mapToObj(step -> documents.current.changeStep(new ChangeStep(step)))
                        .toList())
                .await();
        for (int i = 0; i < 120; i++) {
            start("r");
        }

        assertThat(documents.payloads(STEP_EVENTS)).hasSizeBetween(100, 200);
        assertThat(documents.payloads(SESSION_EVENTS)).hasSizeBetween(100, 200);
        assertThat(documents.payloads(RECIPE_EVENTS)).hasSizeBetween(10, 110);
    }

    @Test
    void changesAllOrNothingWhereManyChangeAtOnce() {
        Future.all(LongStream.range(0, 50)
                        .mapToObj(i -> Future.all(
                                documents.current.startRecipe(new StartRecipe("r" + i)),
                                documents.current.changeStep(new ChangeStep(i)),
                                documents.current.stopRecipe(new StopRecipe())))
                        .toList())
                .await();
        start("last");

        List<String> recipes = documents.payloads(RECIPE_EVENTS);
        assertThat(recipes.get(recipes.size() - 1)).isEqualTo("last");
        assertThat(find().recipeId()).isEqualTo("last");
        assertThat(find().step()).isEqualTo("0");
    }

    @Test
    void fallsSilentWithRedisAndGoesOnWithIt() {
        start("tea");
        documents.proxy.down();

        assertFails(Kind.UNAVAILABLE, documents.current.findCurrentRecipe(new FindCurrentRecipe()));
        assertFails(Kind.UNAVAILABLE, documents.current.startRecipe(new StartRecipe("a")));
        assertFails(Kind.UNAVAILABLE, documents.current.changeStep(new ChangeStep(1)));
        assertFails(Kind.UNAVAILABLE, documents.current.stopRecipe(new StopRecipe()));

        documents.proxy.up();
        await().until(() -> documents
                .current
                .findCurrentRecipe(new FindCurrentRecipe())
                .map(current -> "tea".equals(current.recipeId()))
                .otherwise(false)
                .await());
    }

    @Test
    void saysThatAnEventStreamIsNone() {
        documents.redis(Command.SET, STEP_EVENTS, "a text of somebody");

        assertFails(Kind.INVALID, documents.current.changeStep(new ChangeStep(1)));
        assertFails(Kind.INVALID, documents.current.startRecipe(new StartRecipe("a")));
    }

    @Test
    void refusesAnIdThatIsNone() {
        assertThatThrownBy(() -> new StartRecipe("a/b")).isInstanceOf(Failure.class);
        assertThatThrownBy(() -> new StartRecipe("")).isInstanceOf(Failure.class);
    }

    private ChangeEvents start(String recipe) {
        return documents.current.startRecipe(new StartRecipe(recipe)).await().events();
    }

    private StoppedRecipe stopRecipe() {
        return documents.current.stopRecipe(new StopRecipe()).await();
    }

    private CurrentRecipe find() {
        return documents.current.findCurrentRecipe(new FindCurrentRecipe()).await();
    }

    /** @return the last entry of a stream: its id and its payload */
    private String last(String stream) {
        Response entry =
                documents.redis(Command.XREVRANGE, stream, "+", "-", "COUNT", 1).get(0);
        return entry.get(0) + " " + entry.get(1).get(1);
    }

    private static void assertFails(Kind kind, Future<?> answer) {
        assertThatThrownBy(answer::await)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
    }
}
