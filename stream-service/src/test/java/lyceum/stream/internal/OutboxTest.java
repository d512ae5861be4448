package lyceum.stream.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import lyceum.stream.Recipe;
import lyceum.stream.RecipeContent;
import lyceum.stream.RecipeService;
import lyceum.stream.RecipeService.CreateRecipe;
import lyceum.stream.RecipeService.CreateRecipeSession;
import lyceum.stream.SessionContent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is told of documents while Redis is away, and afterwards. */
class OutboxTest {

    private static final RecipeContent NOTHING = new RecipeContent(null, null, null, null, null);
    private static final String RECIPES = RecipeService.RECIPE_EVENTS;
    private static final String WAITING = "SELECT 1 FROM stream.untold_event";

    private final TestDocuments documents = new TestDocuments();

    @AfterEach
    void stop() {
        documents.close();
    }

    @Test
    void tellsAfterwardsWhatHappenedWhileRedisWasAway() {
        documents.proxy.down();
        List<String> ids = createMany(25);
        assertThat(documents.payloads(RECIPES)).isEmpty();

        documents.proxy.up();

        await().until(() -> documents.payloads(RECIPES).size() == 25);
        assertThat(toldIds()).isEqualTo(ids);
        assertThat(documents.rows(WAITING)).isEmpty();
    }

    @Test
    void tellsAfterwardsWhatHappenedWhileRedisWasSilent() {
        documents.proxy.silent(true);
        List<String> ids = createMany(2);

        documents.proxy.silent(false);

        await().until(() -> documents.payloads(RECIPES).size() == 2);
        assertThat(toldIds()).isEqualTo(ids);
    }

    @Test
    void tellsWhatAnInstanceThatIsGoneHasLeft() {
        documents.proxy.down();
        createMany(3);
        documents.undeploy();
        documents.proxy.up();

        documents.deploy();

        await().until(() -> documents.payloads(RECIPES).size() == 3);
    }

    @Test
    void tellsEachOnceWhereManyInstancesTell() {
        documents.deploy();
        documents.deploy();
        List<Future<Recipe>> answers = IntStream.range(0, 20)
                .mapToObj(i -> documents.service.createRecipe(new CreateRecipe("r" + i, NOTHING)))
                .toList();
        Future.all(answers).await();

        await().until(() -> documents.rows(WAITING).size() == 0);
        assertThat(toldIds()).hasSize(20).doesNotHaveDuplicates();
    }

    @Test
    void tellsNothingAgainThatRedisHasAlready() {
        createMany(1);
        String token =
                documents.redis(Command.KEYS, "lyceum:told:*").get(0).toString().substring("lyceum:told:".length());
        assertThat(documents.redis(Command.TTL, "lyceum:told:" + token).toInteger())
                .isGreaterThan(80_000);

        // As if the instance had ended before it could remove what it had told.
        documents.rows("INSERT INTO stream.untold_event (token, stream, payload) VALUES ('%s', '%s', '{}')"
                .formatted(token, RECIPES));

        await().until(() -> documents.rows(WAITING).size() == 0);
        assertThat(documents.payloads(RECIPES)).hasSize(1);
    }

    @Test
    void answersSoonWhileRedisIsSilent() {
        documents.proxy.silent(true);
        long begunNanos = System.nanoTime();

        createMany(3);

        assertThat(Duration.ofNanos(System.nanoTime() - begunNanos)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void isNotHeldUpByAnotherStream() {
        documents.redis(Command.SET, RECIPES, "a text of somebody");

        createMany(12);
        documents
                .service
                .createRecipeSession(new CreateRecipeSession("s1", new SessionContent(null, null, null)))
                .await();

        assertThat(documents.events(RecipeService.SESSION_EVENTS)).hasSize(1);
        assertThat(documents.rows(WAITING)).hasSize(12);
        documents.redis(Command.DEL, RECIPES);
        await().until(() -> documents.payloads(RECIPES).size() == 12);
    }

    @Test
    void givesUpWhatIsTooOldOrTooMuch() {
        documents.redis(Command.SET, RECIPES, "a text of somebody");
        documents.rows("INSERT INTO stream.untold_event (stream, payload, noted_at) VALUES"
                + " ('%s', '{}', now() - interval '25 hours')".formatted(RECIPES));
        documents.rows(
                "INSERT INTO stream.untold_event (stream, payload) SELECT '%s', n::text FROM generate_series(1, 1200) n"
                        .formatted(RECIPES));

        await().until(() -> documents.rows(WAITING).size() == 1000);
        assertThat(documents.rows("SELECT payload FROM stream.untold_event ORDER BY position LIMIT 1"))
                .singleElement()
                .satisfies(row -> assertThat(row.getString(0)).isEqualTo("201"));
    }

    @Test
    void keepsAboutAsManyAsTheOriginal() {
        createMany(250);

        assertThat(documents.payloads(RECIPES)).hasSizeBetween(10, 110);
    }

    private List<String> createMany(int count) {
        List<String> ids = IntStream.range(0, count).mapToObj(i -> "r" + i).toList();
        ids.forEach(id ->
                documents.service.createRecipe(new CreateRecipe(id, NOTHING)).await());
        return ids;
    }

    private List<String> toldIds() {
        return documents.events(RECIPES).stream()
                .map(event -> event.getString("id"))
                .toList();
    }
}
