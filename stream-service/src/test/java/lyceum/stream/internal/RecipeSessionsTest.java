package lyceum.stream.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.stream.RecipeService;
import lyceum.stream.RecipeService.Change;
import lyceum.stream.RecipeService.ChangeRecipeSession;
import lyceum.stream.RecipeService.CreateRecipeSession;
import lyceum.stream.RecipeService.DeleteRecipeSession;
import lyceum.stream.RecipeService.FindRecipeSession;
import lyceum.stream.RecipeService.ListRecipeSessions;
import lyceum.stream.RecipeService.RecipeSessionPage;
import lyceum.stream.RecipeService.SearchRecipeSession;
import lyceum.stream.RecipeSession;
import lyceum.stream.SessionContent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sessions of people with recipes, over the bus. */
class RecipeSessionsTest {

    private static final SessionContent NOTHING = new SessionContent(null, null, null);
    private static final SessionContent MUG = new SessionContent("mug", 2L, "p:");
    private static final String LOCAL_TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{6})?";

    private TestDocuments documents = new TestDocuments();

    @AfterEach
    void stop() {
        documents.close();
    }

    @Test
    void keepsWhatWasCreated() {
        RecipeSession created = create("s1", MUG);

        assertThat(created.id()).isEqualTo("s1");
        assertThat(created.content()).isEqualTo(MUG);
        assertThat(created.createdAt()).matches(LOCAL_TIME);
        assertThat(find("s1")).isEqualTo(created);
    }

    @Test
    void beginsAtStepZero() {
        assertThat(create("s1", NOTHING).content()).isEqualTo(new SessionContent(null, 0L, null));
    }

    @Test
    void tellsTheTimeOfItsZone() {
        documents.close();
        documents = new TestDocuments(TestDocuments.LIMITS, "Pacific/Kiritimati", false);

        LocalDateTime created = LocalDateTime.parse(create("s1", NOTHING).createdAt());

        assertThat(created.atZone(ZoneId.of("Pacific/Kiritimati")).toInstant())
                .isBetween(Instant.now().minus(Duration.ofMinutes(1)), Instant.now());
    }

    @Test
    void callsSessionsByTheSecondOfTheirCreationOrTheNextFreeOne() {
        long begun = Instant.now().getEpochSecond();
        List<Future<RecipeSession>> answers = IntStream.range(0, 300)
                .mapToObj(i -> documents.service.createRecipeSession(new CreateRecipeSession(null, NOTHING)))
                .toList();
        Future.all(answers).await();

        List<Long> seconds = answers.stream()
                .map(answer -> answer.result().id())
                .peek(id -> assertThat(id).matches("[0-9a-z]+"))
                .map(id -> Long.parseLong(id, 36))
                .sorted()
                .toList();
        assertThat(seconds).doesNotHaveDuplicates();
        assertThat(seconds.get(0)).isBetween(begun, begun + 60);
        assertThat(seconds.get(299)).isBetween(begun + 299, begun + 299 + 60);
    }

    @Test
    void listsInTheOrderOfCreation() {
        List<String> ids = new ArrayList<>();
        IntStream.range(0, 150).forEach(i -> ids.add("s" + (150 - i)));
        ids.forEach(id -> create(id, NOTHING));

        assertThat(all()).extracting(RecipeSession::id).isEqualTo(ids);
    }

    @Test
    void searchesForWhatIsAskedForOnly() {
        create("s1", MUG);
        create("s2", MUG);
        create("s3", new SessionContent("tea", 2L, "p:"));

        assertThat(search(null, new SessionContent("mug", null, null)).id()).isEqualTo("s1");
        assertThat(search("s2", new SessionContent("mug", null, null)).id()).isEqualTo("s2");
        assertThat(search(null, new SessionContent("tea", 2L, "p:")).id()).isEqualTo("s3");
        assertThat(search("s3", NOTHING).id()).isEqualTo("s3");
    }

    @Test
    void findsNothingWhereNothingIsOrNothingIsAskedFor() {
        create("s1", MUG);

        assertFails(Kind.NOT_FOUND, () -> search("s1", new SessionContent("tea", null, null)));
        assertFails(Kind.NOT_FOUND, () -> search("", NOTHING));
        assertFails(Kind.NOT_FOUND, () -> search(null, new SessionContent(null, 3L, null)));
        assertFails(Kind.NOT_FOUND, () -> search(null, NOTHING));
        assertFails(Kind.NOT_FOUND, () -> find("s2"));
    }

    @Test
    void setsWhatIsGivenAndLeavesTheRest() {
        RecipeSession created = create("s1", MUG);

        assertThat(change("s1", null, new SessionContent(null, 0L, null))).isTrue();
        assertThat(change("s1", null, new SessionContent("tea", null, ""))).isTrue();

        assertThat(find("s1"))
                .isEqualTo(new RecipeSession("s1", new SessionContent("tea", 0L, ""), created.createdAt()));
    }

    @Test
    void changesNothingWhereNothingIsOrNothingIsGiven() {
        RecipeSession created = create("s1", MUG);

        assertThat(change("s1", null, NOTHING)).isFalse();
        assertThat(change("s2", "s3", MUG)).isFalse();

        assertThat(all()).containsExactly(created);
    }

    @Test
    void takesAnotherId() {
        RecipeSession created = create("s1", MUG);

        assertThat(change("s1", "s2", NOTHING)).isTrue();
        assertThat(change("s2", "s2", NOTHING)).isTrue();

        assertThat(all()).containsExactly(new RecipeSession("s2", MUG, created.createdAt()));
    }

    @Test
    void refusesAnIdThatIsTaken() {
        create("s1", MUG);
        create("s2", MUG);

        assertFails(Kind.CONFLICT, () -> create("s1", NOTHING));
        assertFails(Kind.CONFLICT, () -> change("s1", "s2", new SessionContent("tea", null, null)));

        assertThat(all()).extracting(RecipeSession::content).containsExactly(MUG, MUG);
        assertThat(documents.events(RecipeService.SESSION_EVENTS)).hasSize(2);
    }

    @Test
    void givesAnIdToOneOfManyAtOnce() {
        List<Future<RecipeSession>> answers = IntStream.range(0, 20)
                .mapToObj(i -> documents.service.createRecipeSession(new CreateRecipeSession("s1", NOTHING)))
                .toList();
        Future.join(answers).otherwiseEmpty().await();

        assertThat(answers).filteredOn(Future::succeeded).hasSize(1);
        assertThat(answers)
                .filteredOn(Future::failed)
                .allSatisfy(
                        answer -> assertThat(((Failure) answer.cause()).kind()).isEqualTo(Kind.CONFLICT));
        assertThat(documents.events(RecipeService.SESSION_EVENTS)).hasSize(1);
    }

    @Test
    void losesNoChangeOfManyAtOnce() {
        create("s1", NOTHING);
        List<Future<Change>> answers = new ArrayList<>();
        for (long i = 0; i < 10; i++) {
            answers.add(begin(new SessionContent("r" + i, null, null)));
            answers.add(begin(new SessionContent(null, i, null)));
            answers.add(begin(new SessionContent(null, null, "p" + i)));
        }
        Future.all(answers).await();

        JsonObject told = new JsonObject();
        documents.events(RecipeService.SESSION_EVENTS).forEach(event -> told.mergeIn(event.getJsonObject("data")));
        assertThat(find("s1").json()).isEqualTo(told);
    }

    private Future<Change> begin(SessionContent content) {
        return documents.service.changeRecipeSession(new ChangeRecipeSession("s1", null, content));
    }

    @Test
    void tellsItsStreamAsTheOriginalDoes() {
        String createdAt = create("s1", MUG).createdAt();
        change("s1", null, new SessionContent(null, 5L, null));
        change("s1", "s2", new SessionContent(null, 6L, null));
        change("s1", null, MUG);
        delete("s2");
        delete("s2");

        assertThat(documents.payloads(RecipeService.SESSION_EVENTS))
                .containsExactly(
                        """
                        {"event":"new","id":"s1","data":{"recipe":"mug","step":2,"prefix":"p:",\
                        "created_at":"%s","_id":"s1"}}""".formatted(createdAt),
                        "{\"event\":\"update\",\"id\":\"s1\",\"data\":{\"step\":5}}",
                        "{\"event\":\"update\",\"id\":\"s1\",\"data\":{\"step\":6,\"id\":\"s2\"}}",
                        "{\"event\":\"delete\",\"id\":\"s2\"}");
    }

    @Test
    void refusesASessionThatIsTooLong() {
        int most = TestDocuments.LIMITS.bytes();
        create("s1", MUG);

        assertFails(Kind.INVALID, () -> create("s2", new SessionContent("x".repeat(most), null, null)));
        assertFails(Kind.INVALID, () -> change("s1", null, new SessionContent(null, null, "x".repeat(most))));

        assertThat(all()).extracting(RecipeSession::content).containsExactly(MUG);
    }

    @Test
    void refusesMoreThanItMayKeep() {
        documents.close();
        documents = new TestDocuments(new DocumentLimits(2, 1024), "UTC", false);
        create(null, NOTHING);
        create("s2", NOTHING);

        assertFails(Kind.CONFLICT, () -> create("s3", NOTHING));
        assertFails(Kind.CONFLICT, () -> create(null, NOTHING));
        delete("s2");

        assertThat(create("s3", NOTHING).id()).isEqualTo("s3");
    }

    @Test
    void refusesTextsThatAreNone() {
        assertFails(Kind.INVALID, () -> new SessionContent("\u0000", null, null));
        assertFails(Kind.INVALID, () -> new SessionContent(null, null, "\uD83C"));
        assertFails(Kind.INVALID, () -> new SearchRecipeSession("\u0000", NOTHING));
        assertFails(Kind.INVALID, () -> new CreateRecipeSession("a/b", NOTHING));
        assertFails(Kind.INVALID, () -> new ChangeRecipeSession("a", "a/b", NOTHING));
        assertFails(Kind.INVALID, () -> new ChangeRecipeSession("a/b", null, NOTHING));
        assertFails(Kind.INVALID, () -> new DeleteRecipeSession(""));
        assertFails(Kind.INVALID, () -> new FindRecipeSession(""));
    }

    private RecipeSession create(String id, SessionContent content) {
        return documents
                .service
                .createRecipeSession(new CreateRecipeSession(id, content))
                .await();
    }

    private RecipeSession find(String id) {
        return documents.service.findRecipeSession(new FindRecipeSession(id)).await();
    }

    private RecipeSession search(String id, SessionContent content) {
        return documents
                .service
                .searchRecipeSession(new SearchRecipeSession(id, content))
                .await();
    }

    private boolean change(String id, String newId, SessionContent content) {
        return documents
                .service
                .changeRecipeSession(new ChangeRecipeSession(id, newId, content))
                .await()
                .done();
    }

    private boolean delete(String id) {
        return documents
                .service
                .deleteRecipeSession(new DeleteRecipeSession(id))
                .await()
                .done();
    }

    private List<RecipeSession> all() {
        List<RecipeSession> all = new ArrayList<>();
        RecipeSessionPage page = new RecipeSessionPage(List.of(), 0, true);
        while (page.more()) {
            page = documents
                    .service
                    .listRecipeSessions(new ListRecipeSessions(page.last()))
                    .await();
            all.addAll(page.items());
        }
        return all;
    }

    private static void assertFails(Kind kind, Callable<?> action) {
        assertThatThrownBy(action::call)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
    }
}
