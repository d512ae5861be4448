package lyceum.gateway.recipe;

import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.GET;
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
import lyceum.stream.CurrentRecipeService.ChangeEvents;
import lyceum.stream.CurrentRecipeService.ChangeStep;
import lyceum.stream.CurrentRecipeService.ChangedStep;
import lyceum.stream.CurrentRecipeService.CurrentRecipe;
import lyceum.stream.CurrentRecipeService.FindCurrentRecipe;
import lyceum.stream.CurrentRecipeService.StartRecipe;
import lyceum.stream.CurrentRecipeService.StartedRecipe;
import lyceum.stream.CurrentRecipeService.StopRecipe;
import lyceum.stream.CurrentRecipeService.StoppedRecipe;
import lyceum.stream.Recipe;
import lyceum.stream.RecipeContent;
import lyceum.stream.RecipeService.FindRecipe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The current recipe over HTTP, with a service that answers as it is told. */
class CurrentRecipeRoutesTest {

    private static final ChangeEvents EVENTS = new ChangeEvents("1-0", "2-0", "3-0");
    private static final CurrentRecipe NONE = new CurrentRecipe(null, null, null);
    private static final Recipe TEA = new Recipe("tea", new RecipeContent("Tea", null, null, null, null));

    private RecipeFixture fixture;

    @BeforeEach
    void start() {
        fixture = new RecipeFixture();
        fixture.current
                .on(FindCurrentRecipe.class, new CurrentRecipe("tea", "3", "1700000000"))
                .on(StartRecipe.class, new StartedRecipe(EVENTS))
                .on(StopRecipe.class, new StoppedRecipe(true, false, true, EVENTS))
                .on(
                        ChangeStep.class,
                        order -> Future.succeededFuture(new ChangedStep("4-0", Long.toString(order.step()))));
        fixture.recipes.on(FindRecipe.class, TEA);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/sessions | {'recipe_id':'tea','step':'3','session_id':'1700000000'}",
                "/sessions/id | '1700000000'",
                "/sessions/recipe | 'tea'",
                "/sessions/recipe?info=False | 'tea'",
                "/sessions/recipe/step | '3'",
                "/sessions/recipe?info=True | {'name':'Tea','ingredients':null,'tools':null,'instructions':null,'_id':'tea'}"
            })
    void tellsWhatThereIs(String path, String answer) {
        String slashed = path.contains("?") ? path.replace("?", "/?") : path + '/';
        for (String each : List.of(path, slashed, "/api" + path)) {
            assertThat(json(fixture.ask(GET, each))).isEqualTo(json(answer));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/sessions | {'recipe_id':null,'step':null,'session_id':null}",
                "/sessions/id | null",
                "/sessions/recipe | null",
                "/sessions/recipe?info=1 | null",
                "/sessions/recipe/step | null"
            })
    void tellsThatThereIsNothing(String path, String answer) {
        fixture.current.on(FindCurrentRecipe.class, NONE);

        assertThat(fixture.ask(GET, path).bodyAsString()).isEqualTo(answer.replace('\'', '"'));
        assertThat(fixture.recipes.asked()).isEmpty();
    }

    @Test
    void hasNoInformationOnARecipeThatDoesNotExist() {
        fixture.recipes.on(FindRecipe.class, question -> fails(Kind.NOT_FOUND, "there is no such recipe"));

        assertThat(fixture.ask(GET, "/sessions/recipe?info=true").bodyAsString())
                .isEqualTo("null");
    }

    @Test
    void hasNoInformationOnWhatIsNoRecipe() {
        fixture.current.on(FindCurrentRecipe.class, new CurrentRecipe("set/by/others", "0", "1"));

        assertThat(fixture.ask(GET, "/sessions/recipe?info=true").bodyAsString())
                .isEqualTo("null");
        assertThat(fixture.ask(GET, "/sessions/recipe").bodyAsString()).isEqualTo("\"set/by/others\"");
    }

    @Test
    void refusesAWrongSwitch() {
        assertThat(findings(fixture.ask(GET, "/sessions/recipe?info=maybe")))
                .isEqualTo(
                        json(
                                "[{'loc':['query','info'],'msg':'value could not be parsed to a boolean','type':'type_error.bool'}]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/sessions/recipe/pinwheels", "/sessions/recipe/pinwheels/", "/api/sessions/recipe/pinwheels"})
    void startsARecipe(String path) {
        assertThat(json(fixture.ask(PUT, path))).isEqualTo(json("[true,true,true,'1-0','2-0','3-0']"));
        assertThat(fixture.current.asked()).containsExactly(new StartRecipe("pinwheels"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sessions/recipe/step", "/sessions/recipe/step/", "/api/sessions/recipe/step"})
    void startsNoRecipeWhereANumberIsMissing(String path) {
        assertThat(findings(fixture.ask(PUT, path)))
                .isEqualTo(json("[{'loc':['path','step_id'],'msg':'field required','type':'value_error.missing'}]"));
        assertThat(fixture.current.asked()).isEmpty();
    }

    @Test
    void startsNothingThatIsNoRecipe() {
        assertThat(findings(fixture.ask(PUT, "/sessions/recipe/" + "x".repeat(256))))
                .isEqualTo(json(
                        "[{'loc':['path','recipe_id'],'msg':'an id has 1 to 255 characters','type':'value_error'}]"));
        assertThat(fixture.ask(PUT, "/sessions/recipe/a%2Fb").statusCode()).isEqualTo(404);
        assertThat(fixture.ask(PUT, "/sessions/recipe").statusCode()).isEqualTo(405);
        assertThat(fixture.current.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sessions/recipe", "/sessions/recipe/", "/api/sessions/recipe"})
    void stopsARecipe(String path) {
        assertThat(json(fixture.ask(DELETE, path))).isEqualTo(json("[1,0,1,'1-0','2-0','3-0']"));
    }

    @ParameterizedTest
    @CsvSource({
        "/sessions/recipe/step/3,3",
        "/sessions/recipe/step/-2/,-2",
        "/api/sessions/recipe/step/+007,7",
        "/sessions/recipe/step/%205,5",
        "/sessions/recipe/step/9223372036854775807,9223372036854775807"
    })
    void setsAStep(String path, long step) {
        assertThat(json(fixture.ask(PUT, path)))
                .isEqualTo(new JsonArray().add(true).add("4-0").add(Long.toString(step)));
        assertThat(fixture.current.asked()).containsExactly(new ChangeStep(step));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "abc | [{'loc':['path','step_id'],'msg':'value is not a valid integer','type':'type_error.integer'}]",
                "1.5 | [{'loc':['path','step_id'],'msg':'value is not a valid integer','type':'type_error.integer'}]",
                "9223372036854775808 | [{'loc':['path','step_id'],'msg':'ensure this value is less than or equal to 9223372036854775807','type':'value_error.number.not_le','ctx':{'limit_value':9223372036854775807}}]",
                "-9223372036854775809 | [{'loc':['path','step_id'],'msg':'ensure this value is greater than or equal to -9223372036854775808','type':'value_error.number.not_ge','ctx':{'limit_value':-9223372036854775808}}]"
            })
    void refusesAStepThatIsNone(String step, String findings) {
        assertThat(findings(fixture.ask(PUT, "/sessions/recipe/step/" + step))).isEqualTo(json(findings));
        assertThat(fixture.current.asked()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/sessions",
        "GET,/sessions/id",
        "GET,/sessions/recipe",
        "PUT,/sessions/recipe/a",
        "DELETE,/sessions/recipe",
        "GET,/sessions/recipe/step",
        "PUT,/sessions/recipe/step/1"
    })
    void wantsAToken(String method, String path) {
        HttpResponse<Buffer> response =
                fixture.gateway.request(HttpMethod.valueOf(method), path).send().await();

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.bodyAsJsonObject()).isEqualTo(detail("Not authenticated"));
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/sessions",
        "GET,/sessions/recipe?info=true",
        "PUT,/sessions/recipe/a",
        "DELETE,/sessions/recipe",
        "PUT,/sessions/recipe/step/1"
    })
    void saysThatRedisIsAway(String method, String path) {
        fixture.current
                .on(FindCurrentRecipe.class, question -> fails(Kind.UNAVAILABLE, "away"))
                .on(StartRecipe.class, order -> fails(Kind.UNAVAILABLE, "away"))
                .on(StopRecipe.class, order -> fails(Kind.UNAVAILABLE, "away"))
                .on(ChangeStep.class, order -> fails(Kind.UNAVAILABLE, "away"));

        HttpResponse<Buffer> response = fixture.ask(HttpMethod.valueOf(method), path);

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.bodyAsJsonObject()).isEqualTo(detail("away"));
    }
}
