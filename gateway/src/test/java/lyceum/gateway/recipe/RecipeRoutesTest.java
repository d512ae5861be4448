package lyceum.gateway.recipe;

import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;
import static io.vertx.core.http.HttpMethod.PUT;
import static lyceum.gateway.recipe.RecipeFixture.detail;
import static lyceum.gateway.recipe.RecipeFixture.fails;
import static lyceum.gateway.recipe.RecipeFixture.findings;
import static lyceum.gateway.recipe.RecipeFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import lyceum.gateway.stream.StreamJson;
import lyceum.platform.Failure.Kind;
import lyceum.stream.Recipe;
import lyceum.stream.RecipeContent;
import lyceum.stream.RecipeService.Change;
import lyceum.stream.RecipeService.ChangeRecipe;
import lyceum.stream.RecipeService.CreateRecipe;
import lyceum.stream.RecipeService.DeleteRecipe;
import lyceum.stream.RecipeService.FindRecipe;
import lyceum.stream.RecipeService.ListRecipes;
import lyceum.stream.RecipeService.RecipePage;
import lyceum.stream.RecipeService.SearchRecipe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Recipes over HTTP, with a service that answers as it is told. */
class RecipeRoutesTest {

    private static final RecipeContent NOTHING = new RecipeContent(null, null, null, null, null);
    private static final Recipe CAKE = new Recipe(
            "mugcake", new RecipeContent("Mug Cake", List.of("flour"), null, List.of("mix"), "[\"mix\",{\"s\":1.5}]"));

    private static final String CAKE_JSON = """
            {'name':'Mug Cake','ingredients':['flour'],'tools':null,'instructions':['mix'],'steps':['mix',{'s':1.5}],\
            '_id':'mugcake'}""";

    private RecipeFixture fixture;

    @BeforeEach
    void start() {
        fixture = new RecipeFixture();
        fixture.recipes
                .on(
                        CreateRecipe.class,
                        order -> Future.succeededFuture(
                                new Recipe(order.id() == null ? "made-up" : order.id(), order.content())))
                .on(SearchRecipe.class, CAKE)
                .on(ListRecipes.class, new RecipePage(List.of(CAKE, new Recipe("b", NOTHING)), 7, false))
                .on(
                        FindRecipe.class,
                        question -> question.id().equals("mugcake")
                                ? Future.succeededFuture(CAKE)
                                : fails(Kind.NOT_FOUND, "there is no such recipe"))
                .on(
                        ChangeRecipe.class,
                        order -> Future.succeededFuture(
                                new Change(!order.content().saysNothing())))
                .on(
                        DeleteRecipe.class,
                        order -> Future.succeededFuture(new Change(order.id().equals("mugcake"))));
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/recipes", "/recipes/", "/api/recipes", "/api/recipes/"})
    void listsRecipes(String path) {
        HttpResponse<Buffer> response = fixture.ask(GET, path);

        assertThat(json(response)).isEqualTo(json("""
                [%s,{'name':null,'ingredients':null,'tools':null,'instructions':null,'_id':'b'}]""".formatted(CAKE_JSON)));
        assertThat(response.getHeader("Content-Length")).isNotNull();
        assertThat(fixture.recipes.asked()).containsExactly(new ListRecipes(0));
    }

    @Test
    void listsNothing() {
        fixture.recipes.on(ListRecipes.class, new RecipePage(List.of(), 0, false));

        assertThat(fixture.ask(GET, "/recipes").bodyAsString()).isEqualTo("[]");
    }

    @Test
    void listsPageAfterPage() {
        RecipeContent longOne = new RecipeContent("x".repeat(200_000), null, null, null, null);
        fixture.recipes.on(ListRecipes.class, question -> {
            int page = (int) question.after() / 10;
            List<Recipe> items = IntStream.range(0, page)
                    .mapToObj(i -> new Recipe(page + "-" + i, longOne))
                    .toList();
            return Future.succeededFuture(new RecipePage(items, question.after() + 10, page < 4));
        });

        JsonArray list = (JsonArray) json(fixture.ask(GET, "/recipes"));

        assertThat(list.stream().map(item -> ((JsonObject) item).getString("_id")))
                .containsExactly("1-0", "2-0", "2-1", "3-0", "3-1", "3-2", "4-0", "4-1", "4-2", "4-3");
        assertThat(fixture.recipes.asked())
                .containsExactly(
                        new ListRecipes(0),
                        new ListRecipes(10),
                        new ListRecipes(20),
                        new ListRecipes(30),
                        new ListRecipes(40));
    }

    @Test
    void listsWhatIsLeftWhereDocumentsAreRemovedMeanwhile() {
        fixture.recipes.on(
                ListRecipes.class,
                question -> Future.succeededFuture(new RecipePage(
                        question.after() == 1 ? List.of(CAKE) : List.of(),
                        question.after() + 1,
                        question.after() < 3)));

        assertThat(json(fixture.ask(GET, "/recipes"))).isEqualTo(json("[" + CAKE_JSON + "]"));
    }

    @Test
    void breaksAListOffThatCannotBeReadToItsEnd() {
        fixture.recipes.on(
                ListRecipes.class,
                question -> question.after() == 0
                        ? Future.succeededFuture(new RecipePage(List.of(CAKE), 1, true))
                        : fails(Kind.UNAVAILABLE, "away"));

        assertThat(fixture.request(GET, "/recipes")
                        .send()
                        .transform(Future::succeededFuture)
                        .await()
                        .failed())
                .isTrue();
    }

    @Test
    void saysThatTheListCannotBeRead() {
        fixture.recipes.on(ListRecipes.class, question -> fails(Kind.UNAVAILABLE, "away"));

        HttpResponse<Buffer> response = fixture.ask(GET, "/recipes");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.bodyAsJsonObject()).isEqualTo(detail("away"));
        assertThat(response.getHeader("Retry-After")).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/recipes", "/recipes/", "/api/recipes"})
    void keepsAnIdAndStepsThatAreSupplied(String path) {
        HttpResponse<Buffer> response = fixture.ask(POST, path, """
                {"_id": "mugcake", "name": "Mug Cake", "ingredients": ["flour"], "instructions": ["mix"],
                 "steps": ["mix", {"s": 1.50}], "color": "brown"}""");

        assertThat(json(response)).isEqualTo(json(CAKE_JSON));
        assertThat(fixture.recipes.asked()).containsExactly(new CreateRecipe("mugcake", CAKE.content()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"_id\":\"\"}",
                "{\"_id\":null,\"name\":null,\"ingredients\":null,\"tools\":null,\"instructions\":null,\"steps\":null}"
            })
    void takesNothingForNothing(String body) {
        assertThat(fixture.ask(POST, "/recipes", body).bodyAsString())
                .isEqualTo(
                        "{\"name\":null,\"ingredients\":null,\"tools\":null,\"instructions\":null,\"_id\":\"made-up\"}");
        assertThat(fixture.recipes.asked()).containsExactly(new CreateRecipe(null, NOTHING));
    }

    @Test
    void takesNumbersForTexts() {
        fixture.ask(
                POST,
                "/recipes",
                "{\"_id\":7,\"name\":1,\"ingredients\":[true,false,1.5,1700000000.25,\"x\"],\"steps\":false}");

        assertThat(fixture.recipes.asked())
                .containsExactly(new CreateRecipe(
                        "7",
                        new RecipeContent(
                                "1", List.of("True", "False", "1.5", "1700000000.25", "x"), null, null, "false")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json; charset=utf-8", "APPLICATION/JSON", "application/ld+json"})
    void takesEveryTypeOfJson(String contentType) {
        fixture.request(POST, "/recipes")
                .putHeader("Content-Type", contentType)
                .sendBuffer(Buffer.buffer("{}"))
                .await();

        assertThat(fixture.recipes.asked()).hasSize(1);
    }

    @Test
    void takesABodyWithoutATypeForJson() {
        fixture.request(PUT, "/recipes/a")
                .sendBuffer(Buffer.buffer("{\"name\":\"n\"}"))
                .await();

        assertThat(fixture.recipes.asked(ChangeRecipe.class)).hasSize(1);
    }

    @Test
    void refusesAnIdThatIsTaken() {
        fixture.recipes.on(CreateRecipe.class, order -> fails(Kind.CONFLICT, "there is a recipe 'a' already"));

        HttpResponse<Buffer> response = fixture.ask(POST, "/recipes", "{\"_id\":\"a\"}");

        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(response.bodyAsJsonObject()).isEqualTo(detail("there is a recipe 'a' already"));
    }

    @Test
    void saysWhyARecipeIsNotTaken() {
        fixture.recipes.on(CreateRecipe.class, order -> fails(Kind.INVALID, "a document has at most 5 bytes"));
        fixture.recipes.on(ChangeRecipe.class, order -> fails(Kind.INVALID, "a document has at most 5 bytes"));

        JsonArray expected =
                (JsonArray) json("[{'loc':['body'],'msg':'a document has at most 5 bytes','type':'value_error'}]");
        assertThat(findings(fixture.ask(POST, "/recipes", "{}"))).isEqualTo(expected);
        assertThat(findings(fixture.ask(PUT, "/recipes/a", "{}"))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'ingredients':'x'} | [{'loc':['body','ingredients'],'msg':'value is not a valid list','type':'type_error.list'}]",
                "{'name':1,'tools':{}} | [{'loc':['body','tools'],'msg':'value is not a valid list','type':'type_error.list'}]",
                "{'name':[]} | [{'loc':['body','name'],'msg':'str type expected','type':'type_error.str'}]",
                "{'_id':{}} | [{'loc':['body','_id'],'msg':'str type expected','type':'type_error.str'}]",
                "{'tools':['a',{},null]} | [{'loc':['body','tools',1],'msg':'str type expected','type':'type_error.str'},{'loc':['body','tools',2],'msg':'none is not an allowed value','type':'type_error.none.not_allowed'}]",
                "{'instructions':7,'name':{}} | [{'loc':['body','name'],'msg':'str type expected','type':'type_error.str'},{'loc':['body','instructions'],'msg':'value is not a valid list','type':'type_error.list'}]",
                "{'steps':[1e999]} | [{'loc':['body','steps'],'msg':'a number in it is too large','type':'value_error'}]",
                "[] | [{'loc':['body'],'msg':'value is not a valid dict','type':'type_error.dict'}]",
                "'x' | [{'loc':['body'],'msg':'value is not a valid dict','type':'type_error.dict'}]",
                "null | [{'loc':['body'],'msg':'field required','type':'value_error.missing'}]",
                "`` | [{'loc':['body'],'msg':'field required','type':'value_error.missing'}]",
                "x | [{'loc':['body',0],'msg':'Expecting value: line 1 column 1 (char 0)','type':'value_error.jsondecode','ctx':{'msg':'Expecting value','doc':'x','pos':0,'lineno':1,'colno':1}}]",
                "{bad | [{'loc':['body',1],'msg':'Expecting property name enclosed in double quotes: line 1 column 2 (char 1)','type':'value_error.jsondecode','ctx':{'msg':'Expecting property name enclosed in double quotes','doc':'{bad','pos':1,'lineno':1,'colno':2}}]",
                "{'name':'a\\u0000'} | [{'loc':['body'],'msg':'a text has no U+0000','type':'value_error'}]",
                "{'_id':'a/b'} | [{'loc':['body'],'msg':'an id has neither `/` nor control characters','type':'value_error'}]",
                "{'_id':'..'} | [{'loc':['body'],'msg':'an id is neither `.` nor `..`','type':'value_error'}]",
                "{'_id':'q'} | [{'loc':['body','_id'],'msg':'no recipe can be called q','type':'value_error'}]",
                "{'_id':'step'} | [{'loc':['body','_id'],'msg':'no recipe can be called step','type':'value_error'}]"
            })
    void refusesABodyThatIsNoRecipe(String body, String findings) {
        String sent = body.replace('\'', '"');
        String expected = findings.replace('\'', '"').replace("`", "'");

        assertThat(findings(fixture.ask(POST, "/recipes", sent))).isEqualTo(new JsonArray(expected));

        assertThat(fixture.recipes.asked()).isEmpty();
    }

    @Test
    void refusesWhatIsSaidToBeSomethingElse() {
        HttpResponse<Buffer> response = fixture.request(POST, "/recipes")
                .putHeader("Content-Type", "text/plain")
                .sendBuffer(Buffer.buffer("{}"))
                .await();

        assertThat(findings(response))
                .isEqualTo(json("[{'loc':['body'],'msg':'value is not a valid dict','type':'type_error.dict'}]"));
        assertThat(fixture.recipes.asked()).isEmpty();
    }

    @Test
    void refusesABodyThatIsNoUtf8() {
        HttpResponse<Buffer> response = fixture.request(POST, "/recipes")
                .putHeader("Content-Type", "application/json")
                .sendBuffer(Buffer.buffer(new byte[] {'{', '"', (byte) 0xFF, '"', ':', '1', '}'}))
                .await();

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.bodyAsJsonObject()).isEqualTo(detail("There was an error parsing the body"));
    }

    @Test
    void refusesABodyOfTooManyPartsOrTooDeep() {
        String expected =
                "[{'loc':['body'],'msg':'more than 200000 parts, deeper than 500, or a number that is too long',"
                        + "'type':'value_error'}]";
        String many = "{\"steps\":[" + "0,".repeat(StreamJson.MOST_TOKENS) + "0]}";
        String deep = "{\"steps\":" + "[".repeat(StreamJson.DEEPEST) + "]".repeat(StreamJson.DEEPEST) + "}";

        assertThat(findings(fixture.ask(POST, "/recipes", many))).isEqualTo(json(expected));
        assertThat(findings(fixture.ask(POST, "/recipes", deep))).isEqualTo(json(expected));
        assertThat(fixture.recipes.asked()).isEmpty();
    }

    @Test
    void refusesABodyThatIsTooLong() {
        fixture.close();
        fixture = new RecipeFixture(Map.of("LYCEUM_STREAM_DOCUMENT_LIMIT", "1KiB"));
        fixture.recipes.on(CreateRecipe.class, CAKE);
        String most = "{\"name\":\"%s\"}".formatted("x".repeat(3 * 1024 - 11));

        assertThat(fixture.ask(POST, "/recipes", most).statusCode()).isEqualTo(200);
        for (HttpMethod method : List.of(POST, PUT)) {
            HttpResponse<Buffer> response = fixture.ask(method, method == PUT ? "/recipes/a" : "/recipes", most + " ");
            assertThat(response.statusCode()).isEqualTo(413);
            assertThat(response.bodyAsJsonObject()).isEqualTo(detail("Request Entity Too Large"));
        }
        assertThat(fixture.recipes.asked()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/recipes/mugcake", "/recipes/mugcake/", "/api/recipes/mugcake"})
    void findsARecipe(String path) {
        assertThat(json(fixture.ask(GET, path))).isEqualTo(json(CAKE_JSON));
    }

    @Test
    void answersWithNullForAnUnknownOne() {
        assertThat(fixture.ask(GET, "/recipes/nope").bodyAsString()).isEqualTo("null");
    }

    @Test
    void findsALongRecipe() {
        Recipe longOne = new Recipe("a", new RecipeContent("x".repeat(900_000), null, null, null, null));
        fixture.recipes.on(FindRecipe.class, longOne);

        assertThat(json(fixture.ask(GET, "/recipes/a"))).isEqualTo(longOne.json());
    }

    @Test
    void decodesAnId() {
        fixture.ask(GET, "/recipes/a%20b+%C3%A9%2B");

        assertThat(fixture.recipes.asked()).containsExactly(new FindRecipe("a b+\u00e9+"));
    }

    @ParameterizedTest
    @CsvSource({"GET", "PUT", "DELETE"})
    void refusesAnIdThatIsNone(String method) {
        String tooLong = "/recipes/" + "x".repeat(256);
        String control = "/recipes/a%0Ab";

        assertThat(findings(fixture.ask(HttpMethod.valueOf(method), tooLong, "{}")))
                .isEqualTo(json(
                        "[{'loc':['path','recipe_id'],'msg':'an id has 1 to 255 characters','type':'value_error'}]"));
        assertThat(findings(fixture.ask(HttpMethod.valueOf(method), control, "{}")))
                .hasSize(1);
        assertThat(fixture.ask(HttpMethod.valueOf(method), "/recipes/a%2Fb", "{}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(fixture.recipes.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/recipes/a", "/recipes/a/", "/api/recipes/a"})
    void changesWhatIsGiven(String path) {
        assertThat(json(fixture.ask(PUT, path, "{\"_id\":\"b\",\"tools\":[],\"name\":null}")))
                .isEqualTo(true);

        assertThat(fixture.recipes.asked())
                .containsExactly(new ChangeRecipe("a", new RecipeContent(null, null, List.of(), null, null)));
    }

    @Test
    void saysThatNothingWasChanged() {
        assertThat(fixture.ask(PUT, "/recipes/a", "{}").bodyAsString()).isEqualTo("false");
    }

    @Test
    void refusesAChangeWithoutABody() {
        assertThat(findings(fixture.ask(PUT, "/recipes/a")))
                .isEqualTo(json("[{'loc':['body'],'msg':'field required','type':'value_error.missing'}]"));
    }

    @ParameterizedTest
    @CsvSource({"/recipes/mugcake,true", "/recipes/mugcake/,true", "/recipes/nope,false"})
    void deletes(String path, String answer) {
        assertThat(fixture.ask(DELETE, path).bodyAsString()).isEqualTo(answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/recipes/q?name=Mug%20Cake",
                "/recipes/q/?name=Mug+Cake",
                "/api/recipes/q?name=x&name=Mug+Cake&y=1"
            })
    void searchesForAName(String path) {
        assertThat(json(fixture.ask(GET, path))).isEqualTo(json(CAKE_JSON));

        assertThat(fixture.recipes.asked())
                .containsExactly(new SearchRecipe(new RecipeContent("Mug Cake", null, null, null, null)));
    }

    @Test
    void searchesForListsOfABody() {
        fixture.ask(GET, "/recipes/q", "{\"tools\":[\"mug\"],\"instructions\":null,\"name\":\"ignored\"}");

        assertThat(fixture.recipes.asked())
                .containsExactly(new SearchRecipe(new RecipeContent(null, null, List.of("mug"), null, null)));
    }

    @Test
    void findsNothing() {
        fixture.recipes.on(SearchRecipe.class, question -> fails(Kind.NOT_FOUND, "nothing was asked for"));

        assertThat(fixture.ask(GET, "/recipes/q").bodyAsString()).isEqualTo("null");
        assertThat(fixture.ask(GET, "/recipes/q", "null").bodyAsString()).isEqualTo("null");
        assertThat(fixture.recipes.asked()).containsOnly(new SearchRecipe(NOTHING));
    }

    @Test
    void refusesASearchThatIsNone() {
        assertThat(findings(fixture.ask(GET, "/recipes/q", "{\"tools\":\"mug\"}")))
                .isEqualTo(
                        json("[{'loc':['body','tools'],'msg':'value is not a valid list','type':'type_error.list'}]"));
        assertThat(findings(fixture.ask(GET, "/recipes/q", "[]")))
                .isEqualTo(json("[{'loc':['body'],'msg':'value is not a valid dict','type':'type_error.dict'}]"));
        assertThat(findings(fixture.ask(GET, "/recipes/q?name=%00")))
                .isEqualTo(json("[{'loc':['query'],'msg':'a text has no U+0000','type':'value_error'}]"));
        assertThat(fixture.recipes.asked()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/recipes",
        "POST,/recipes",
        "GET,/recipes/q",
        "GET,/recipes/a",
        "PUT,/recipes/a",
        "DELETE,/recipes/a"
    })
    void wantsAToken(String method, String path) {
        HttpResponse<Buffer> response =
                fixture.gateway.request(HttpMethod.valueOf(method), path).send().await();

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.getHeader("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(response.bodyAsJsonObject()).isEqualTo(detail("Not authenticated"));
    }

    @Test
    void knowsNoOtherMethod() {
        HttpResponse<Buffer> response = fixture.ask(HttpMethod.PATCH, "/recipes/a");

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.getHeader("Allow")).isEqualTo("DELETE,GET,PUT");
        assertThat(response.bodyAsJsonObject()).isEqualTo(detail("Method Not Allowed"));
        assertThat(fixture.ask(GET, "/recipes/a/b").statusCode()).isEqualTo(404);
    }

    @Test
    void letsPagesOfOtherOriginsAsk() {
        HttpResponse<Buffer> response = fixture.request(GET, "/recipes/nope")
                .putHeader("Origin", "https://x.example")
                .send()
                .await();

        assertThat(response.getHeader("Access-Control-Allow-Origin")).isEqualTo("*");
    }

    @Test
    void saysThatNobodyServes() {
        fixture.recipes.on(FindRecipe.class, question -> fails(Kind.UNAVAILABLE, "away"));

        HttpResponse<Buffer> response = fixture.ask(GET, "/recipes/a");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.bodyAsJsonObject()).isEqualTo(detail("away"));
    }
}
