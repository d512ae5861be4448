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
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import lyceum.platform.Failure.Kind;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions of people with recipes over HTTP, with a service that answers as it is told. */
class RecipeSessionRoutesTest {

    private static final String NOON = "2026-03-01T12:00:00.000001";
    private static final SessionContent NOTHING = new SessionContent(null, null, null);
    private static final RecipeSession SESSION = new RecipeSession("s1", new SessionContent("mug", 2L, "p:"), NOON);
    private static final String SESSION_JSON =
            "{'recipe':'mug','step':2,'prefix':'p:','created_at':'%s','_id':'s1'}".formatted(NOON);

    private RecipeFixture fixture;

    @BeforeEach
    void start() {
        fixture = new RecipeFixture();
        fixture.recipes
                .on(CreateRecipeSession.class, SESSION)
                .on(SearchRecipeSession.class, SESSION)
                .on(ListRecipeSessions.class, new RecipeSessionPage(List.of(SESSION), 3, false))
                .on(
                        FindRecipeSession.class,
                        question -> question.id().equals("s1")
                                ? Future.succeededFuture(SESSION)
                                : fails(Kind.NOT_FOUND, "there is no such session"))
                .on(ChangeRecipeSession.class, new Change(true))
                .on(DeleteRecipeSession.class, new Change(false));
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sess", "/sess/", "/api/sess"})
    void listsSessions(String path) {
        assertThat(json(fixture.ask(GET, path))).isEqualTo(json("[%s]".formatted(SESSION_JSON)));
        assertThat(fixture.recipes.asked()).containsExactly(new ListRecipeSessions(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sess", "/sess/", "/api/sess"})
    void createsASession(String path) {
        HttpResponse<Buffer> response =
                fixture.ask(POST, path, "{\"id\":\"s1\",\"recipe\":\"mug\",\"step\":2,\"prefix\":\"p:\",\"other\":1}");

        assertThat(json(response)).isEqualTo(json(SESSION_JSON));
        assertThat(fixture.recipes.asked()).containsExactly(new CreateRecipeSession("s1", SESSION.content()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"id\":\"\"}", "{\"id\":null,\"recipe\":null,\"prefix\":null}"})
    void takesNothingForNothing(String body) {
        fixture.ask(POST, "/sess", body);

        assertThat(fixture.recipes.asked()).containsExactly(new CreateRecipeSession(null, NOTHING));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7|7",
                "-7.9|-7",
                "'\" +07 \"'|7",
                "'\"1_000\"'|1000",
                "true|1",
                "1e3|1000",
                "9223372036854775807|9223372036854775807",
                "'\"-9223372036854775808\"'|-9223372036854775808"
            })
    void takesTextsForNumbers(String step, long taken) {
        fixture.ask(POST, "/sess", "{\"step\":%s}".formatted(step));

        assertThat(fixture.recipes.asked())
                .containsExactly(new CreateRecipeSession(null, new SessionContent(null, taken, null)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'step':'x'} | [{'loc':['body','step'],'msg':'value is not a valid integer','type':'type_error.integer'}]",
                "{'step':'1.5'} | [{'loc':['body','step'],'msg':'value is not a valid integer','type':'type_error.integer'}]",
                "{'step':''} | [{'loc':['body','step'],'msg':'value is not a valid integer','type':'type_error.integer'}]",
                "{'step':[]} | [{'loc':['body','step'],'msg':'value is not a valid integer','type':'type_error.integer'}]",
                "{'step':1e999} | [{'loc':['body','step'],'msg':'value is not a valid integer','type':'type_error.integer'}]",
                "{'step':null} | [{'loc':['body','step'],'msg':'none is not an allowed value','type':'type_error.none.not_allowed'}]",
                "{'step':9223372036854775808} | [{'loc':['body','step'],'msg':'ensure this value is less than or equal to 9223372036854775807','type':'value_error.number.not_le','ctx':{'limit_value':9223372036854775807}}]",
                "{'step':-1e300} | [{'loc':['body','step'],'msg':'ensure this value is greater than or equal to -9223372036854775808','type':'value_error.number.not_ge','ctx':{'limit_value':-9223372036854775808}}]",
                "{'id':[],'recipe':{},'prefix':[1]} | [{'loc':['body','id'],'msg':'str type expected','type':'type_error.str'},{'loc':['body','recipe'],'msg':'str type expected','type':'type_error.str'},{'loc':['body','prefix'],'msg':'str type expected','type':'type_error.str'}]",
                "{'id':'q'} | [{'loc':['body','id'],'msg':'no session can be called q','type':'value_error'}]",
                "{'prefix':'\\ud83c'} | [{'loc':['body'],'msg':'a text has no half of a surrogate pair','type':'value_error'}]"
            })
    void refusesABodyThatIsNoSession(String body, String findings) {
        String sent = body.replace('\'', '"');

        assertThat(findings(fixture.ask(POST, "/sess", sent))).isEqualTo(new JsonArray(findings.replace('\'', '"')));
        assertThat(fixture.recipes.asked()).isEmpty();
    }

    @Test
    void refusesAnIdThatIsTaken() {
        fixture.recipes.on(CreateRecipeSession.class, order -> fails(Kind.CONFLICT, "there is a session 's1' already"));
        fixture.recipes.on(ChangeRecipeSession.class, order -> fails(Kind.CONFLICT, "there is a session 's1' already"));

        for (HttpResponse<Buffer> response : List.of(
                fixture.ask(POST, "/sess", "{\"id\":\"s1\"}"), fixture.ask(PUT, "/sess/s2", "{\"id\":\"s1\"}"))) {
            assertThat(response.statusCode()).isEqualTo(409);
            assertThat(response.bodyAsJsonObject()).isEqualTo(detail("there is a session 's1' already"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sess/s1", "/sess/s1/", "/api/sess/s1"})
    void findsASession(String path) {
        assertThat(json(fixture.ask(GET, path))).isEqualTo(json(SESSION_JSON));
    }

    @Test
    void answersWithNullForAnUnknownOne() {
        assertThat(fixture.ask(GET, "/sess/nope").bodyAsString()).isEqualTo("null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sess/s1", "/sess/s1/", "/api/sess/s1"})
    void changesWhatIsGiven(String path) {
        assertThat(json(fixture.ask(PUT, path, "{\"step\":5,\"recipe\":null}"))).isEqualTo(true);

        assertThat(fixture.recipes.asked())
                .containsExactly(new ChangeRecipeSession("s1", null, new SessionContent(null, 5L, null)));
    }

    @Test
    void passesAnotherIdOn() {
        fixture.ask(PUT, "/sess/s1", "{\"id\":\"s2\",\"step\":null}");

        assertThat(fixture.recipes.asked()).containsExactly(new ChangeRecipeSession("s1", "s2", NOTHING));
    }

    @Test
    void refusesAChangeThatIsNone() {
        assertThat(findings(fixture.ask(PUT, "/sess/s1", "[]"))).hasSize(1);
        assertThat(findings(fixture.ask(PUT, "/sess/s1", "{\"id\":\"a/b\"}"))).hasSize(1);
        assertThat(findings(fixture.ask(PUT, "/sess/s1", "{\"id\":\"..\"}"))).hasSize(1);
        assertThat(findings(fixture.ask(PUT, "/sess/s1", "{\"id\":\"q\"}"))).hasSize(1);
        assertThat(findings(fixture.ask(PUT, "/sess/s1"))).hasSize(1);
        assertThat(fixture.recipes.asked()).isEmpty();
    }

    @Test
    void deletes() {
        assertThat(fixture.ask(DELETE, "/sess/nope").bodyAsString()).isEqualTo("false");
        assertThat(fixture.recipes.asked()).containsExactly(new DeleteRecipeSession("nope"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/sess/q?id=s1&step=+5&recipe=mug&prefix=p:", "/sess/q/?id=s1&step=5&recipe=mug&prefix=p%3A"})
    void searches(String path) {
        assertThat(json(fixture.ask(GET, path))).isEqualTo(json(SESSION_JSON));

        assertThat(fixture.recipes.asked())
                .containsExactly(new SearchRecipeSession("s1", new SessionContent("mug", 5L, "p:")));
    }

    @Test
    void searchesForWhatIsGivenOnly() {
        fixture.ask(GET, "/sess/q?recipe=mug&x=1");
        fixture.ask(GET, "/sess/q");

        assertThat(fixture.recipes.asked())
                .containsExactly(
                        new SearchRecipeSession(null, new SessionContent("mug", null, null)),
                        new SearchRecipeSession(null, NOTHING));
    }

    @Test
    void findsNothing() {
        fixture.recipes.on(SearchRecipeSession.class, question -> fails(Kind.NOT_FOUND, "there is no such session"));

        assertThat(fixture.ask(GET, "/sess/q?recipe=x").bodyAsString()).isEqualTo("null");
    }

    @Test
    void refusesASearchThatIsNone() {
        assertThat(findings(fixture.ask(GET, "/sess/q?step=x")))
                .isEqualTo(json(
                        "[{'loc':['query','step'],'msg':'value is not a valid integer','type':'type_error.integer'}]"));
        assertThat(findings(fixture.ask(GET, "/sess/q?prefix=%00")))
                .isEqualTo(json("[{'loc':['query'],'msg':'a text has no U+0000','type':'value_error'}]"));
    }

    @ParameterizedTest
    @CsvSource({"GET,/sess", "POST,/sess", "GET,/sess/q", "GET,/sess/a", "PUT,/sess/a", "DELETE,/sess/a"})
    void wantsAToken(String method, String path) {
        assertThat(fixture.gateway
                        .request(HttpMethod.valueOf(method), path)
                        .send()
                        .await()
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void refusesAnIdThatIsNone() {
        assertThat(findings(fixture.ask(GET, "/sess/" + "x".repeat(256))))
                .isEqualTo(json("[{'loc':['path','id'],'msg':'an id has 1 to 255 characters','type':'value_error'}]"));
    }
}
