package lyceum.stream.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.stream.DocumentId;
import lyceum.stream.Recipe;
import lyceum.stream.RecipeContent;
import lyceum.stream.RecipeService;
import lyceum.stream.RecipeService.Change;
import lyceum.stream.RecipeService.ChangeRecipe;
import lyceum.stream.RecipeService.CreateRecipe;
import lyceum.stream.RecipeService.DeleteRecipe;
import lyceum.stream.RecipeService.FindRecipe;
import lyceum.stream.RecipeService.ListRecipes;
import lyceum.stream.RecipeService.RecipePage;
import lyceum.stream.RecipeService.SearchRecipe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recipes over the bus. */
class RecipesTest {

    private static final RecipeContent NOTHING = new RecipeContent(null, null, null, null, null);
    private static final RecipeContent CAKE = new RecipeContent(
            "Mug Cake \uD83C\uDF70",
            List.of("flour"),
            List.of(),
            List.of("mix", "bake"),
            "[\"mix\",{\"s\":[1.5,null]}]");

    private TestDocuments documents = new TestDocuments();

    @AfterEach
    void stop() {
        documents.close();
    }

    @Test
    void keepsWhatWasCreated() {
        Recipe created = create("mugcake", CAKE);

        assertThat(created).isEqualTo(new Recipe("mugcake", CAKE));
        assertThat(find("mugcake")).isEqualTo(created);
        assertThat(create("bare", NOTHING)).isEqualTo(find("bare"));
    }

    @Test
    void makesUpIdsAsMongoDoes() {
        Set<String> ids =
                IntStream.range(0, 50).mapToObj(i -> create(null, NOTHING).id()).collect(Collectors.toSet());

        assertThat(ids).hasSize(50).allMatch(id -> id.matches("[0-9a-f]{24}"));
        assertThat(ids).allSatisfy(id -> assertThat(find(id).id()).isEqualTo(id));
    }

    @Test
    void listsInTheOrderOfCreation() {
        List<String> ids = List.of("z", "a", "m");
        ids.forEach(id -> create(id, CAKE));
        change("z", named("changed"));

        assertThat(all()).extracting(Recipe::id).isEqualTo(ids);
    }

    @Test
    void listsInPagesOfBoundedLength() {
        RecipeContent longOne = named("x".repeat(60_000));
        IntStream.range(0, 12).forEach(i -> create("long" + i, longOne));
        IntStream.range(0, 150).forEach(i -> create("short" + i, NOTHING));

        List<RecipePage> pages = pages();

        assertThat(pages).allSatisfy(page -> assertThat(bytes(page)).isLessThan(RecipeService.PAGE_BYTES + 61_000));
        assertThat(pages.stream().flatMap(page -> page.items().stream()))
                .hasSize(162)
                .doesNotHaveDuplicates();
        assertThat(pages).hasSizeBetween(4, 6);
    }

    @Test
    void hasAnEmptyPageBehindTheLastOne() {
        RecipePage empty = documents.service.listRecipes(new ListRecipes(0)).await();
        create("a", NOTHING);
        RecipePage whole = documents.service.listRecipes(new ListRecipes(0)).await();
        RecipePage behind =
                documents.service.listRecipes(new ListRecipes(whole.last())).await();

        assertThat(empty).isEqualTo(new RecipePage(List.of(), 0, false));
        assertThat(whole.more()).isFalse();
        assertThat(behind).isEqualTo(new RecipePage(List.of(), whole.last(), false));
    }

    @Test
    void searchesForWhatIsAskedForOnly() {
        create("first", new RecipeContent("Tea", List.of("tea", "water"), List.of("pot"), null, null));
        create("second", new RecipeContent("Tea", List.of("water", "tea"), List.of("pot"), List.of("brew"), null));

        assertThat(search(named("Tea")).id()).isEqualTo("first");
        assertThat(search(new RecipeContent(null, List.of("water", "tea"), null, null, null))
                        .id())
                .isEqualTo("second");
        assertThat(search(new RecipeContent("Tea", null, List.of("pot"), List.of("brew"), null))
                        .id())
                .isEqualTo("second");
    }

    @Test
    void findsNothingWhereNothingIsOrNothingIsAskedFor() {
        create("a", CAKE);

        assertFails(Kind.NOT_FOUND, () -> search(named("Tea")));
        assertFails(Kind.NOT_FOUND, () -> search(new RecipeContent(CAKE.name(), List.of("sugar"), null, null, null)));
        assertFails(Kind.NOT_FOUND, () -> search(new RecipeContent(null, List.of("flour", "flour"), null, null, null)));
        assertFails(Kind.NOT_FOUND, () -> search(NOTHING));
        assertFails(Kind.NOT_FOUND, () -> find("b"));
    }

    @Test
    void setsWhatIsGivenAndLeavesTheRest() {
        create("a", CAKE);

        assertThat(change("a", new RecipeContent("Cake", null, List.of("oven"), null, null)))
                .isTrue();
        assertThat(change("a", new RecipeContent(null, null, null, List.of(), "7")))
                .isTrue();

        assertThat(find("a").content())
                .isEqualTo(new RecipeContent("Cake", CAKE.ingredients(), List.of("oven"), List.of(), "7"));
    }

    @Test
    void changesNothingWhereNothingIsOrNothingIsGiven() {
        create("a", CAKE);

        assertThat(change("a", NOTHING)).isFalse();
        assertThat(change("b", CAKE)).isFalse();
        assertThat(all()).containsExactly(new Recipe("a", CAKE));
    }

    @Test
    void deletesOnce() {
        create("a", CAKE);

        assertThat(delete("a")).isTrue();
        assertThat(delete("a")).isFalse();

        assertThat(all()).isEmpty();
    }

    @Test
    void tellsItsStreamOfEveryChangeAndOfNothingElse() {
        create("a", CAKE);
        change("a", named("Cake"));
        change("a", NOTHING);
        change("b", CAKE);
        delete("a");
        delete("a");

        assertThat(documents.events(RecipeService.RECIPE_EVENTS))
                .containsExactly(
                        event("new", "a").put("data", new Recipe("a", CAKE).json()),
                        event("update", "a").put("data", new JsonObject().put("name", "Cake")),
                        event("delete", "a"));
        assertThat(documents.rows("SELECT 1 FROM stream.untold_event")).isEmpty();
    }

    @Test
    void tellsADocumentAsTheOriginalDoes() {
        create("a", new RecipeContent("Tea", List.of("water"), null, null, "[\"boil\"]"));
        create("b", NOTHING);

        assertThat(documents.payloads(RecipeService.RECIPE_EVENTS)).containsExactly("""
                        {"event":"new","id":"a","data":{"name":"Tea","ingredients":["water"],"tools":null,\
                        "instructions":null,"steps":["boil"],"_id":"a"}}""", """
                        {"event":"new","id":"b","data":{"name":null,"ingredients":null,"tools":null,\
                        "instructions":null,"_id":"b"}}""");
    }

    @Test
    void refusesAnIdThatIsTaken() {
        create("a", CAKE);

        assertFails(Kind.CONFLICT, () -> create("a", NOTHING));

        assertThat(all()).containsExactly(new Recipe("a", CAKE));
        assertThat(documents.events(RecipeService.RECIPE_EVENTS)).hasSize(1);
    }

    @Test
    void givesAnIdToOneOfManyAtOnce() {
        List<Future<Recipe>> answers = IntStream.range(0, 20)
                .mapToObj(i -> documents.service.createRecipe(new CreateRecipe("a", named("n" + i))))
                .toList();
        Future.join(answers).otherwiseEmpty().await();

        assertThat(answers)
                .filteredOn(Future::succeeded)
                .singleElement()
                .satisfies(answer -> assertThat(answer.result()).isEqualTo(find("a")));
        assertThat(answers)
                .filteredOn(Future::failed)
                .hasSize(19)
                .allSatisfy(
                        answer -> assertThat(((Failure) answer.cause()).kind()).isEqualTo(Kind.CONFLICT));
        assertThat(documents.events(RecipeService.RECIPE_EVENTS)).hasSize(1);
    }

    @Test
    void losesNoChangeOfManyAtOnceAndTellsThemInTheirOrder() {
        create("a", NOTHING);
        List<Future<Change>> answers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            answers.add(begin(new RecipeContent("n" + i, null, null, null, null)));
            answers.add(begin(new RecipeContent(null, List.of("i" + i), null, null, null)));
            answers.add(begin(new RecipeContent(null, null, List.of("t" + i), null, "" + i)));
        }
        Future.all(answers).await();

        JsonObject told = new JsonObject();
        List<JsonObject> events = documents.events(RecipeService.RECIPE_EVENTS);
        events.forEach(event -> told.mergeIn(event.getJsonObject("data")));
        assertThat(events).hasSize(31);
        assertThat(find("a").json()).isEqualTo(told);
    }

    private Future<Change> begin(RecipeContent content) {
        return documents.service.changeRecipe(new ChangeRecipe("a", content));
    }

    @Test
    void refusesADocumentThatIsTooLong() {
        int most = TestDocuments.LIMITS.bytes();
        create("a", named("x".repeat(most - 1)));

        assertFails(Kind.INVALID, () -> create("b", named("x".repeat(most))));
        assertFails(
                Kind.INVALID,
                () -> create("b", new RecipeContent(null, null, null, null, '"' + "x".repeat(most) + '"')));
        assertFails(Kind.INVALID, () -> change("a", new RecipeContent(null, List.of("flour"), null, null, null)));

        assertThat(all()).containsExactly(new Recipe("a", named("x".repeat(most - 1))));
        assertThat(documents.events(RecipeService.RECIPE_EVENTS)).hasSize(1);
    }

    @Test
    void refusesMoreThanItMayKeep() {
        restart(new DocumentLimits(3, 1024), false);
        List.of("a", "b", "c").forEach(id -> create(id, NOTHING));

        assertFails(Kind.CONFLICT, () -> create("d", NOTHING));
        assertFails(Kind.CONFLICT, () -> create(null, NOTHING));
        delete("b");

        assertThat(create("d", NOTHING).id()).isEqualTo("d");
        assertThat(all()).extracting(Recipe::id).containsExactly("a", "c", "d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "a\nb", "a\u0000", "\u007f", "\uD83C"})
    void refusesAnIdThatIsNone(String id) {
        assertFails(Kind.INVALID, () -> new CreateRecipe(id, NOTHING));
        assertFails(Kind.INVALID, () -> new FindRecipe(id));
        assertFails(Kind.INVALID, () -> new ChangeRecipe(id, NOTHING));
        assertFails(Kind.INVALID, () -> new DeleteRecipe(id));
    }

    @Test
    void takesTheLongestIdAndNoLongerOne() {
        String longest = "\u00E9".repeat(DocumentId.MOST_CHARACTERS);

        assertThat(create(longest, NOTHING)).isEqualTo(find(longest));
        assertFails(Kind.INVALID, () -> new FindRecipe(longest + "x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "\uDF70"})
    void refusesATextThatIsNone(String text) {
        assertFails(Kind.INVALID, () -> named(text));
        assertFails(Kind.INVALID, () -> new RecipeContent(null, List.of("a", text), null, null, null));
        assertFails(Kind.INVALID, () -> new RecipeContent(null, null, List.of(text), null, null));
        assertFails(Kind.INVALID, () -> new RecipeContent(null, null, null, List.of(text), null));
        assertFails(Kind.INVALID, () -> new RecipeContent(null, null, null, null, '"' + text + '"'));
    }

    @Test
    void hasTheRecipesThatClientsKnowByTheirIds() {
        restart(TestDocuments.LIMITS, true);

        assertThat(all()).extracting(Recipe::id).containsExactly("pinwheels", "coffee", "mugcake");
        assertThat(all())
                .extracting(recipe -> recipe.content().name())
                .containsExactly("Pinwheels", "Pour-over Coffee", "Mug Cake");
        assertThat(all()).allSatisfy(recipe -> {
            JsonArray instructions = recipe.json().getJsonArray("instructions");
            assertThat(instructions.size()).isBetween(8, 12);
            assertThat(recipe.content().ingredients()).isNotEmpty();
            assertThat(recipe.content().tools()).isNotEmpty();
        });
    }

    @Test
    void addsTheSampleRecipesBesideOneThatHasTakenAnIdOfTheirs() {
        Recipe ours = create("mugcake", named("Our own"));

        documents.undeploy();
        documents.deploy(true);

        assertThat(all()).extracting(Recipe::id).containsExactly("mugcake", "pinwheels", "coffee");
        assertThat(find("mugcake")).isEqualTo(ours);
        assertFails(Kind.CONFLICT, () -> create("coffee", NOTHING));
        assertThat(create("tea", NOTHING).id()).isEqualTo("tea");
    }

    /** As a program that knew nothing of ids that are taken has left them. */
    @Test
    void goesOnWithSampleRecipesThatAreThereAlready() {
        restart(TestDocuments.LIMITS, true);
        documents.undeploy();
        documents.rows("DELETE FROM stream.migration WHERE name LIKE '%taken_ids'");
        documents.deploy(true);

        assertThat(all()).extracting(Recipe::id).containsExactly("pinwheels", "coffee", "mugcake");
    }

    @Test
    void addsTheSampleRecipesOnceOnly() {
        restart(TestDocuments.LIMITS, true);
        delete("coffee");

        documents.undeploy();
        documents.deploy();

        assertThat(all()).extracting(Recipe::id).containsExactly("pinwheels", "mugcake");
    }

    @Test
    void tellsTheReadinessCheck() {
        assertThat(documents.readiness.ask().get("documents").await()).isEqualTo("PostgreSQL answers");
    }

    private void restart(DocumentLimits limits, boolean withSamples) {
        documents.close();
        documents = new TestDocuments(limits, "UTC", withSamples);
    }

    private Recipe create(String id, RecipeContent content) {
        return documents.service.createRecipe(new CreateRecipe(id, content)).await();
    }

    private Recipe find(String id) {
        return documents.service.findRecipe(new FindRecipe(id)).await();
    }

    private Recipe search(RecipeContent content) {
        return documents.service.searchRecipe(new SearchRecipe(content)).await();
    }

    private boolean change(String id, RecipeContent content) {
        return documents
                .service
                .changeRecipe(new ChangeRecipe(id, content))
                .await()
                .done();
    }

    private boolean delete(String id) {
        return documents.service.deleteRecipe(new DeleteRecipe(id)).await().done();
    }

    private List<Recipe> all() {
        return pages().stream().flatMap(page -> page.items().stream()).toList();
    }

    private List<RecipePage> pages() {
        List<RecipePage> pages = new ArrayList<>();
        long last = 0;
        boolean more = true;
        while (more) {
            pages.add(documents.service.listRecipes(new ListRecipes(last)).await());
            last = pages.get(pages.size() - 1).last();
            more = pages.get(pages.size() - 1).more();
        }
        return pages;
    }

    private static long bytes(RecipePage page) {
        return page.items().stream().mapToLong(Recipe::characters).sum();
    }

    private static RecipeContent named(String name) {
        return new RecipeContent(name, null, null, null, null);
    }

    private static JsonObject event(String event, String id) {
        return new JsonObject().put("event", event).put("id", id);
    }

    private static void assertFails(Kind kind, Callable<?> action) {
        assertThatThrownBy(action::call)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
    }
}
