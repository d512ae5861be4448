package lyceum.launcher.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lyceum.launcher.wire.Answer;
import lyceum.launcher.wire.Json;
import lyceum.launcher.wire.Request;
import lyceum.launcher.wire.RunningSuite;
import lyceum.stream.internal.convert.Likeness;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every route that the old server listed: it is there, with and without a slash behind it, and checks what it is given. */
class RouteListIT {

    private static final Comparison COMPARISON = new Comparison(new Placeholders());

    private static RunningSuite suite;
    private static Visitors visitors;

    @BeforeAll
    static void start() {
        suite = RunningSuite.start(Map.of());
        visitors = Visitors.of(suite);
    }

    @AfterAll
    static void stop() {
        suite.close();
    }

    @TestFactory
    Stream<DynamicTest> asksForATokenWhereTheOldServerDid() {
        return routes().filter(RecordedRoute::needsToken)
                .map(route -> dynamicTest(
                        route.name(),
                        () -> assertLike(Must.unauthenticated("Not authenticated"), visitors.send(route.request()))));
    }

    @TestFactory
    Stream<DynamicTest> isThereWithAndWithoutASlash() {
        return routes().map(route -> dynamicTest(route.name(), () -> {
            Answer answer = send(route.request());
            Answer withSlash = send(route.request().translated(path -> path + "/"));

            assertThat(answer.status()).as(answer.toString()).isNotIn(404, 405);
            assertThat(withSlash.status()).as(withSlash.toString()).isEqualTo(answer.status());
        }));
    }

    @TestFactory
    Stream<DynamicTest> refusesValuesOfAnotherType() {
        return routes().flatMap(route -> route.typed().stream()
                .map(parameter -> dynamicTest(
                        route.name() + " " + parameter.required("name").asText(),
                        () -> assertRefused(route.with(parameter, "some-name"), parameter))));
    }

    @TestFactory
    Stream<DynamicTest> refusesToGoWithoutABody() {
        return routes().filter(RecordedRoute::needsBody)
                .map(route -> dynamicTest(route.name(), () -> {
                    Answer answer = send(route.request());

                    assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
                    assertThat(answer.json().at("/detail/0/loc/0").asText()).isEqualTo("body");
                }));
    }

    @TestFactory
    Stream<DynamicTest> servesWhatStandsBesideTheList() {
        return RecordedRoute.others().stream()
                .filter(route -> !LeftOut.isLeftOut(route.name()))
                .map(route -> dynamicTest(
                        route.name(),
                        () -> assertThat(visitors.send(route.request()).status())
                                .isEqualTo(200)));
    }

    private static Stream<RecordedRoute> routes() {
        List<RecordedRoute> all = RecordedRoute.all();
        assertThat(all).hasSize(42);
        return all.stream().filter(route -> !LeftOut.isLeftOut(route.name()));
    }

    private static Answer send(Request request) {
        return visitors.send(request.with("Authorization", "Bearer " + visitors.token()));
    }

    /** Among all that is wrong. */
    private static void assertRefused(Request request, JsonNode parameter) {
        JsonNode expected = finding(parameter);
        Answer answer = send(request);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
        assertThat(answer.json().required("detail"))
                .anySatisfy(finding ->
                        assertThat(COMPARISON.differences(expected, finding)).isEmpty());
    }

    private static JsonNode finding(JsonNode parameter) {
        String message = parameter.required("type").asText().equals("integer")
                ? "value is not a valid integer"
                : "value could not be parsed to a boolean";
        return Json.parse("{\"loc\":[\"%s\",\"%s\"],\"msg\":\"%s\",\"type\":\"{{any}}\"}"
                .formatted(
                        parameter.required("in").asText(),
                        parameter.required("name").asText(),
                        message));
    }

    private static void assertLike(JsonNode expected, Answer answer) {
        assertThat(new RecordedAnswer(expected, COMPARISON, new RecordedPictures(Likeness.EXACT)).differences(answer))
                .isEmpty();
    }
}
