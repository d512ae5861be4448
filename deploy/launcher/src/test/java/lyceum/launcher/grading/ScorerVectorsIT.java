package lyceum.launcher.grading;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lyceum.launcher.wire.Answer;
import lyceum.launcher.wire.Json;
import lyceum.launcher.wire.RunningSuite;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What was recorded of every scorer, as homework that is handed in and graded by the house. */
@TestInstance(Lifecycle.PER_CLASS)
class ScorerVectorsIT {

    private static final JsonNode SCORERS = Classroom.fixture("scorer-vectors.json");
    private static final String HIDE_JUDGE = "<files><hide>^judge\\.py$</hide><accept>.*</accept></files>";

    /** Of hand-ins, by the slug of their homework. */
    private final Map<String, String> ids = new HashMap<>();

    private RunningSuite suite;
    private Classroom classroom;

    @BeforeAll
    void start() {
        suite = RunningSuite.start(Map.of(), "account", "sandbox", "grading", "gateway");
        classroom = new Classroom(suite.client());
        // All at once: they are graded while the first ones are looked at.
        handIn();
    }

    @AfterAll
    void stop() {
        suite.close();
    }

    private void handIn() {
        HomeworkZip style = judged("style", """
                import json

                import SafeRunner
                from pyhost.scorer import CodeStyleScorer


                def scorer(case):
                    if case['name'] == 'clean':
                        return CodeStyleScorer(['clean.py'])
                    ignored = case['ignore_files'] + ['judge.py']
                    return CodeStyleScorer.FromHandinDir(ignored, errcost=case['errcost'])


                with open('cases.json') as file:
                    SafeRunner.run([(scorer(case), 1.0) for case in json.load(file)])
                """)
                .with(
                        "code/python/cases.json",
                        SCORERS.path("code_style").path("cases").toString());
        SCORERS.path("code_style")
                .path("files")
                .properties()
                .forEach(file -> style.with(
                        "code/python/" + file.getKey(), file.getValue().asText()));
        handIn(style, Map.of());

        SCORERS.path("coverage").path("cases").forEach(each -> handIn(coverage(each), covered("test_a.py")));
        handIn(judged("unit", script("vectors_unit.py")), Map.of());
        handIn(
                judged("input", script("vectors_input.py"))
                        .with("code/python/cases.json", Json.write(inputCases().toList())),
                Map.of());
        handIn(
                judged("structure", script("vectors_structure.py")),
                Map.of(
                        "objm.py",
                        SCORERS.path("object_structure").path("module_source").asText(),
                        "exits.py",
                        "raise SystemExit(3)\n",
                        "fails.py",
                        "1 / 0\n",
                        "deep/inner.py",
                        "class Inner:\n    pass\n"));
    }

    private static HomeworkZip coverage(JsonNode recorded) {
        return judged(coverageSlug(recorded), """
                        import SafeRunner
                        from pyhost.scorer import CoverageScorer
                        SafeRunner.run([(CoverageScorer.FromHandinDir(
                            ['shapes.py'], stmt_weight=%s, branch_weight=%s), 1.0)])
                        """.formatted(
                                recorded.path("stmt_weight").asText(),
                                recorded.path("branch_weight").asText()))
                .with("code/python/shapes.py", covered("shapes.py").get("shapes.py"));
    }

    /** @return a name for the hand-in of a case, and for its homework */
    private static String coverageSlug(JsonNode recorded) {
        return "coverage" + recorded.path("stmt_weight").asText().replace('.', '_') + "-"
                + recorded.path("branch_weight").asText().replace('.', '_');
    }

    private static Map<String, String> covered(String file) {
        return Map.of(file, SCORERS.path("coverage").path("files").path(file).asText());
    }

    private static HomeworkZip judged(String slug, String judge) {
        return new HomeworkZip(slug).judged("python", 10, HIDE_JUDGE, judge);
    }

    private static String script(String name) {
        return Classroom.text("../judge/" + name);
    }

    /** The original crashes at a row that is too short; HomeworkIT has one. */
    private static Stream<JsonNode> inputCases() {
        return Classroom.items(SCORERS.path("input_data").path("cases")).filter(each -> each.has("expected"));
    }

    /** Puts homework up, and hands in something for it. */
    private void handIn(HomeworkZip homework, Map<String, String> files) {
        classroom.upload(homework);
        Map<String, byte[]> some = new HashMap<>(Map.of("notes.txt", new byte[] {'x'}));
        files.forEach((name, text) -> some.put(name, text.getBytes(StandardCharsets.UTF_8)));
        Answer answer = classroom.handIn("ada", homework.slug(), "answer.zip", Zip.of(some));
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        ids.put(homework.slug(), answer.json().path("id").asText());
    }

    private void assertScored(String homework, List<JsonNode> expected) {
        JsonNode handIn = classroom.awaitVerdict(ids.get(homework));
        assertThat(handIn.path("stderr").asText()).isEmpty();
        JsonNode partials = Json.parse(suite.rows("grading")
                .preparedQuery("SELECT partials::text FROM hand_in WHERE id = $1")
                .execute(Tuple.of(ids.get(homework)))
                .await()
                .iterator()
                .next()
                .getString(0));
        assertThat(partials.size()).isGreaterThanOrEqualTo(expected.size());
        for (int i = 0; i < expected.size(); i++) {
            new RecordedPartial(expected.get(i)).assertLike(partials.get(i));
        }
    }

    private static List<JsonNode> expected(JsonNode cases) {
        return Classroom.items(cases).map(each -> each.path("expected")).toList();
    }

    @Test
    void checksStyle() {
        assertScored("style", expected(SCORERS.path("code_style").path("cases")));
    }

    @Test
    void measuresCoverage() {
        for (JsonNode recorded : SCORERS.path("coverage").path("cases")) {
            assertScored(coverageSlug(recorded), List.of(recorded.path("expected")));
        }
    }

    @Test
    void countsTests() {
        assertScored("unit", expected(SCORERS.path("unit_test")));
    }

    @Test
    void coversRulesByInput() {
        assertScored(
                "input",
                inputCases()
                        .flatMap(each -> Classroom.items(each.path("expected")))
                        .toList());
    }

    @Test
    void looksAtStructure() {
        assertScored("structure", List.of(SCORERS.path("object_structure").path("expected")));
    }
}
