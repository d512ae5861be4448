package lyceum.grading.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import lyceum.grading.Report;
import lyceum.grading.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Score objects, against the recorded outcome of each document. */
class ReportReaderTest {

    private static final String PARTIAL = """
            {"name": null, "typeName": null, "score": 1, "weight": 1, "time": null, "brief": null, "detail": []}""";

    private static Stream<JsonObject> recorded() {
        return Fixture.objects(Fixture.json("score-cases.json").getJsonArray("cases"));
    }

    private static Optional<Report> read(byte[] document) {
        return JsonPayload.read(document).flatMap(ReportReader::read);
    }

    private static Optional<Report> read(String document) {
        return read(document.getBytes(StandardCharsets.UTF_8));
    }

    private static String report(String members) {
        return "{\"accepted\": true, \"result\": null, \"compile_error\": null, " + members + "}";
    }

    private static String partial(String member, String value) {
        return report("\"partials\": ["
                + PARTIAL.replaceFirst("\"" + member + "\": [^,}]+", "\"" + member + "\": " + value) + "]");
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void comesToWhatWasRecorded(JsonObject recorded) {
        Optional<Report> report = read(Fixture.bytes(recorded.getString("file")));
        JsonObject better = recorded.getJsonObject("new_server", new JsonObject());
        String body = better.getString("body", recorded.getString("reference_body"));
        if (!body.equals("OK")) {
            assertThat(body).isEqualTo("not valid score object");
            assertThat(report).isEmpty();
            return;
        }
        Judgement judgement = Judgement.of(report.orElseThrow());
        assertThat(judgement.accepted() ? "Accepted" : "Rejected")
                .isEqualTo(better.getString("state", recorded.getString("state")));
        assertThat(judgement.score()).isEqualTo(recorded.getDouble("base_score"));
        if (better.isEmpty()) {
            assertThat(TextJson.of(judgement.result())).isEqualTo(recorded.getValue("result"));
            assertThat(TextJson.of(report.orElseThrow().compileError())).isEqualTo(recorded.getValue("compile_error"));
            assertThat(report.orElseThrow().partials()).hasSize(recorded.getInteger("partials_stored"));
        } else {
            JsonObject document = Fixture.json(recorded.getString("file"));
            assertThat(TextJson.of(judgement.result())).isEqualTo(document.getValue("result"));
            assertThat(Texts.english(judgement.result()))
                    .isEqualTo(document.getJsonObject("result").getString("text"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"score", "weight", "time"})
    void refusesANumberThatIsNone(String member) {
        assertThat(read(partial(member, "7"))).isPresent();
        for (String value :
                new String[] {"NaN", "Infinity", "-Infinity", "1e400", "9" + "0".repeat(400), "true", "\"1\"", "[]"}) {
            assertThat(read(partial(member, value))).as(value).isEmpty();
        }
    }

    @Test
    void refusesASumThatOverflows() {
        assertThat(read(partial("score", "1e308").replace("\"weight\": 1", "\"weight\": 100")))
                .isEmpty();
    }

    @Test
    void refusesScoresThatNoTableShows() {
        assertThat(read(partial("score", "1e9"))).isPresent();
        assertThat(read(partial("score", "-1e9"))).isPresent();
        assertThat(read(partial("score", "1.1e9"))).isEmpty();
        assertThat(read(partial("score", "-1e308"))).isEmpty();
        assertThat(read(partial("score", "1e6").replace("\"weight\": 1", "\"weight\": 1e6")))
                .isEmpty();
    }

    @Test
    void readsAgainWhatWasStoredOfIt() {
        String name = "\uffff".repeat(10_000);
        String lazy = "{\"text\": \"x\", \"kwargs\": {\"%s\": 1}}";
        String report = report("\"partials\": []");
        Report read = read(report.replace("\"result\": null", "\"result\": " + lazy.formatted(name)))
                .orElseThrow();
        assertThat(StoredJson.text(StoredJson.of(read.result()))).isEqualTo(read.result());
        assertThat(Json.decodeValue(Json.encodeToBuffer(TextJson.of(read.result()))))
                .isEqualTo(TextJson.of(read.result()));
        assertThat(read(report.replace("\"result\": null", "\"result\": " + lazy.formatted(name + 'x'))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "\"\"", "\"ab\"", "null", "0"})
    void refusesWhatIsNoListWhereOneBelongs(String value) {
        assertThat(read(report("\"partials\": " + value))).isEmpty();
        assertThat(read(report("\"partials\": [" + PARTIAL.replace("[]", value) + "]")))
                .isEmpty();
    }

    @Test
    void takesAnyNameOfAnArgument() {
        String result = "{\"text\": \"%(self)s %(string)s\", \"kwargs\": {\"self\": 1, \"string\": 2}}";
        Report report = read(report("\"partials\": []").replace("\"result\": null", "\"result\": " + result))
                .orElseThrow();
        assertThat(Texts.english(report.result())).isEqualTo("1 2");
    }

    @Test
    void takesNoTextForAnEmptyOneAndRefusesANumber() {
        String report = report("\"partials\": []").replace("\"accepted\": true", "\"accepted\": []");
        String lazy = "{\"text\": %s, \"kwargs\": {\"a\": 1}}";
        Report read = read(report.replace("\"result\": null", "\"result\": " + String.format(lazy, "null")))
                .orElseThrow();
        assertThat(Judgement.of(read).result()).isEqualTo(Text.lazy("Your submission is rejected."));
        assertThat(read(report.replace("\"result\": null", "\"result\": " + String.format(lazy, "5"))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "0", "0.0", "\"\"", "null", "false", "-0.0"})
    void takesFalsyForRejected(String accepted) {
        Report report = read(report("\"partials\": []").replace("\"accepted\": true", "\"accepted\": " + accepted))
                .orElseThrow();
        assertThat(report.accepted()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\": 0}", "[0]", "-1", "NaN", "\"false\"", "true"})
    void takesTruthyForAccepted(String accepted) {
        Report report = read(report("\"partials\": []").replace("\"accepted\": true", "\"accepted\": " + accepted))
                .orElseThrow();
        assertThat(report.accepted()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[]",
                "null",
                "\"x\"",
                "{'a': 1}",
                "{\"a\": 1,}",
                "{\"a\": 1} x",
                "{\"a\": 1}{}",
                "{\"a\": nan}",
                "{\"a\": -nan}",
                "{\"a\": inf}",
                "{\"a\": INF}",
                "{\"a\": -INF}",
                "{\"a\": +INF}",
                "{\"a\": +Infinity}",
                "{\"a\": +1}",
                "{\"a\": 01}",
                "{\"a\": .5}",
                "{\"a\": 1.}",
                "{\"a\": \"\t\"}",
                "\uFEFF{}",
                "{\"a\"}",
                "{\"a\": 1",
                "{\"a\": \"\\x\"}",
                "{a: 1}",
                "/* */ {}"
            })
    void refusesWhatIsNoJsonObject(String document) {
        assertThat(JsonPayload.read(document.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void refusesJsonThatIsDeeperOrLongerThanItsBounds() {
        assertThat(JsonPayload.read(nested(499))).isPresent();
        assertThat(JsonPayload.read(nested(500))).isEmpty();
        assertThat(JsonPayload.read(("{\"a\": " + "7".repeat(10_000) + "}").getBytes(StandardCharsets.UTF_8)))
                .isPresent();
        assertThat(JsonPayload.read(("{\"a\": " + "7".repeat(10_001) + "}").getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }

    private static byte[] nested(int depth) {
        return ("{\"a\": " + "[".repeat(depth) + "]".repeat(depth) + "}").getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void readsTheDialectOfPython() {
        Map<String, Object> payload = JsonPayload.read(
                        "\n {\"n\": NaN, \"i\": -Infinity, \"a\": 1, \"a\": 2, \"s\": \"\\ud800\", \"b\": 12345678901234567890} \t"
                                .getBytes(StandardCharsets.UTF_8))
                .orElseThrow();
        assertThat(payload)
                .containsEntry("n", Double.NaN)
                .containsEntry("i", Double.NEGATIVE_INFINITY)
                .containsEntry("a", 2)
                .containsEntry("s", "\ud800")
                .containsEntry("b", new BigInteger("12345678901234567890"));
    }
}
