package lyceum.grading.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import lyceum.grading.Partial;
import lyceum.grading.Text;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Every scorer, with what the contract's vectors say of it, and where we count otherwise than the original. */
@TestInstance(Lifecycle.PER_CLASS)
class ScorersTest {

    private static final JsonObject VECTORS = new JsonObject(TestJudge.tree("").get("scorer-vectors.json"));
    private static final Map<String, Buffer> SCRIPTS = TestJudge.tree("../judge");

    private TestJudge judge;

    @BeforeAll
    void start() {
        judge = new TestJudge(Map.of(), TestJudge.CONFIG);
    }

    @AfterAll
    void stop() {
        judge.close();
    }

    @Test
    void checksStyle() {
        JsonObject vectors = VECTORS.getJsonObject("code_style");
        Map<String, String> files = texts(vectors.getJsonObject("files"));
        files.put("cases.json", vectors.getJsonArray("cases").encode());
        files.put("judge.py", """
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
                """);

        List<Partial> partials = judged(files, Map.of());

        List<JsonObject> cases = objects(vectors.getJsonArray("cases"));
        assertThat(partials).hasSize(cases.size());
        for (int i = 0; i < cases.size(); i++) {
            assertLike(partials.get(i), cases.get(i).getJsonObject("expected"));
        }
    }

    @Test
    void checksStyleOfWhatIsNoPython() {
        Map<String, Buffer> files = new HashMap<>(TestJudge.buffers(Map.of(
                "judge.py",
                "import SafeRunner\nfrom pyhost.scorer import CodeStyleScorer\n"
                        + "SafeRunner.run([(CodeStyleScorer.FromHandinDir(['judge.py'], errcost=1.0), 1.0)])\n",
                "open.py",
                "x = (1,\n",
                "quote.py",
                "x = '''abc\n",
                "dedent.py",
                "if x:\n        y = 1\n    z = 2\n",
                "empty.py",
                "")));
        files.put("bytes.py", Buffer.buffer(new byte[] {'x', ' ', '=', ' ', '"', (byte) 0xFF, '"', '\n'}));
        files.put("nul.py", Buffer.buffer(new byte[] {'x', ' ', '=', ' ', 0, '\n'}));

        Judged judged = judge.judge(TestJudge.assignment(Duration.ofSeconds(5), files, Set.of(), Map.of()));

        assertThat(judged.stderr()).isEmpty();
        assertThat(judged.report().partials().get(0).brief().kwargs()).containsEntry("file", 6);
    }

    @Test
    void measuresCoverage() {
        JsonObject vectors = VECTORS.getJsonObject("coverage");
        Map<String, String> files = texts(vectors.getJsonObject("files"));
        String tests = files.remove("test_a.py");
        for (JsonObject each : objects(vectors.getJsonArray("cases"))) {
            files.put("judge.py", """
                    import SafeRunner
                    from pyhost.scorer import CoverageScorer
                    SafeRunner.run([(CoverageScorer.FromHandinDir(
                        ['shapes.py'], stmt_weight=%s, branch_weight=%s), 1.0)])
                    """.formatted(each.getValue("stmt_weight"), each.getValue("branch_weight")));

            List<Partial> ofTeacher = judged(files, Map.of("test_a.py", tests));
            List<Partial> ofStudent = judged(
                    Map.of("judge.py", files.get("judge.py")),
                    Map.of("test_a.py", tests, "shapes.py", files.get("shapes.py")));

            assertLike(ofTeacher.get(0), each.getJsonObject("expected"));
            assertLike(ofStudent.get(0), each.getJsonObject("expected"));
        }
    }

    @Test
    void measuresWhatTestsOfAStudentDoWithClassesOfTheHomework() {
        Map<String, String> files = Map.of(
                "judge.py", """
                import SafeRunner
                from pyhost.scorer import CoverageScorer, UnitTestScorer
                SafeRunner.run([(CoverageScorer.FromHandinDir(['cover_me.py']), 1.0),
                                (UnitTestScorer.FromHandinDir('test_.*\\\\.py$'), 1.0),
                                (UnitTestScorer.FromNames(['test_cover.BoxCase.test_box']), 1.0)])
                """, "cover_me.py", SCRIPTS.get("cover_me.py").toString());

        List<Partial> partials = judged(
                files, Map.of("test_cover.py", SCRIPTS.get("test_cover.py").toString()));

        assertThat(partials)
                .extracting(Partial::score)
                .usingComparatorForType((a, b) -> Math.abs(a - b) < 0.001 ? 0 : 1, Double.class)
                .containsExactly(89.58333, 100.0, 100.0);
        assertThat(partials.get(2).detail()).hasSize(1);
    }

    /** What is expected is what coverage.py 7.16 says on Python 3.11. */
    @Test
    void takesLinesAndBranchesForWhatTheyAre() {
        Map<String, String> files = Map.of(
                "judge.py", """
                import SafeRunner
                from pyhost.scorer import CoverageScorer
                SafeRunner.run([(CoverageScorer.FromHandinDir(['cover_forms.py']), 1.0)])
                """, "cover_forms.py", SCRIPTS.get("cover_forms.py").toString());
        Map<String, String> student = Map.of("test_forms.py", """
                import unittest
                from cover_forms import ask, loop, tell
                class Case(unittest.TestCase):
                    def test_all(self):
                        self.assertEqual([ask(1), loop([1]), tell(1)], [1, 1, 1])
                """);

        List<Text> detail = judged(files, student).get(0).detail();

        assertThat(marks(detail.get(1))).isEqualTo("+++  ++++  +++-  +++    +++");
        assertThat(marks(detail.get(2))).isEqualTo("*++         +            * ");
    }

    /** The mark that each line begins with. */
    private static String marks(Text listing) {
        return listing.kwargs()
                .get("source")
                .toString()
                .lines()
                .map(line -> line.substring(0, 1))
                .collect(Collectors.joining());
    }

    @Test
    void countsTests() {
        List<Partial> partials =
                judged(Map.of("judge.py", SCRIPTS.get("vectors_unit.py").toString()), Map.of());

        List<JsonObject> cases = objects(VECTORS.getJsonArray("unit_test"));
        for (int i = 0; i < cases.size(); i++) {
            assertLike(partials.get(i), cases.get(i).getJsonObject("expected"));
        }
        assertThat(partials.subList(cases.size(), partials.size()))
                .extracting(Partial::score)
                .containsExactly(500.0 / 7, 0.0, 0.0, 0.0);
    }

    @Test
    void coversRulesByInput() {
        // The original crashes at a row that is too short; HomeworkTest has one.
        List<JsonObject> cases = objects(VECTORS.getJsonObject("input_data").getJsonArray("cases")).stream()
                .filter(each -> each.containsKey("expected"))
                .toList();
        Map<String, String> files = Map.of(
                "judge.py", SCRIPTS.get("vectors_input.py").toString(), "cases.json", new JsonArray(cases).encode());

        List<Partial> partials = judged(files, Map.of());

        List<JsonObject> expected = cases.stream()
                .flatMap(each -> objects(each.getJsonArray("expected")).stream())
                .toList();
        assertThat(partials).hasSize(expected.size());
        for (int i = 0; i < expected.size(); i++) {
            assertLike(partials.get(i), expected.get(i));
            assertThat(partials.get(i).weight()).isEqualTo(expected.get(i).getDouble("weight"), offset(1e-9));
        }
    }

    @Test
    void looksAtStructure() {
        JsonObject vectors = VECTORS.getJsonObject("object_structure");

        List<Partial> partials = judged(
                Map.of("judge.py", SCRIPTS.get("vectors_structure.py").toString()),
                Map.of(
                        "objm.py",
                        vectors.getString("module_source"),
                        "exits.py",
                        "raise SystemExit(3)\n",
                        "fails.py",
                        "1 / 0\n",
                        "deep/inner.py",
                        "class Inner:\n    pass\n"));

        assertLike(partials.get(0), vectors.getJsonObject("expected"));
        assertThat(partials.get(1).score()).isEqualTo(50.0);
    }

    @Test
    void letsACheckerHaveTheLastWord() {
        String script = """
                import unittest
                import SafeRunner
                from pyhost.scorer import UnitTestScorer

                class Good(unittest.TestCase):
                    def test(self):
                        pass

                class Bad(unittest.TestCase):
                    def test(self):
                        self.fail()

                SafeRunner.run([(UnitTestScorer.FromTestCase(Good), 0.5)], UnitTestScorer.FromTestCase(%s))
                """;

        Judged good =
                judge.judge(TestJudge.assignment(Map.of("judge.py", script.formatted("Good")), Set.of(), Map.of()));
        Judged bad = judge.judge(TestJudge.assignment(Map.of("judge.py", script.formatted("Bad")), Set.of(), Map.of()));

        assertThat(good.report().accepted()).isTrue();
        assertThat(good.report().partials()).hasSize(1);
        assertThat(bad.report().accepted()).isFalse();
        assertThat(bad.report().result())
                .isEqualTo(Text.lazy("Your submission does not pass the functionality checker."));
        assertThat(bad.report().partials()).singleElement().satisfies(only -> {
            assertThat(only.name()).isEqualTo(Text.lazy("Functionality Checker"));
            assertThat(only.score()).isZero();
            assertThat(only.weight()).isEqualTo(1.0);
        });
    }

    @Test
    void rejectsWhereThereIsNoScorer() {
        Judged judged = judge.judge(TestJudge.assignment(
                Map.of("judge.py", "import SafeRunner\nSafeRunner.run([])\n"), Set.of(), Map.of()));

        assertThat(judged.report().accepted()).isFalse();
        assertThat(judged.report().result()).isEqualTo(Text.lazy("No scorer defined, please contact TA."));
    }

    private List<Partial> judged(Map<String, String> files, Map<String, String> student) {
        Judged judged =
                judge.judge(TestJudge.assignment(files, Set.of("shapes.py", "cover_me.py", "cover_forms.py"), student));
        assertThat(judged.report()).describedAs(judged.toString()).isNotNull();
        return judged.report().partials();
    }

    private static void assertLike(Partial partial, JsonObject expected) {
        assertThat(partial.typeName()).isEqualTo(expected.getString("typeName"));
        assertThat(partial.score()).isEqualTo(expected.getDouble("score"), offset(1e-9));
        assertThat(partial.time() == null).isEqualTo(expected.getBoolean("time_is_null"));
        assertLike(partial.name(), expected.getValue("name"));
        assertLike(partial.brief(), expected.getValue("brief"));
        JsonArray detail = expected.getJsonArray("detail");
        assertThat(partial.detail()).hasSize(detail.size());
        for (int i = 0; i < detail.size(); i++) {
            assertLike(partial.detail().get(i), detail.getValue(i));
        }
    }

    /** A plain text is sent as outside runners send it. */
    private static void assertLike(Text text, Object expected) {
        if (expected instanceof String plain) {
            assertThat(text).isEqualTo(new Text("%(RAW_MESSAGE)s", Map.of("RAW_MESSAGE", plain)));
            return;
        }
        JsonObject lazy = (JsonObject) expected;
        assertThat(text.text()).isEqualTo(lazy.getString("text"));
        Map<String, Object> arguments = lazy.getJsonObject("kwargs").getMap();
        assertThat(text.kwargs()).containsOnlyKeys(arguments.keySet());
        arguments.forEach((name, value) -> {
            if (value instanceof Number number) {
                assertThat(((Number) text.kwargs().get(name)).doubleValue())
                        .isEqualTo(number.doubleValue(), offset(1e-9));
            } else {
                assertThat(text.kwargs().get(name)).isEqualTo(value);
            }
        });
    }

    private static Map<String, String> texts(JsonObject files) {
        return files.stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, file -> (String) file.getValue(), (a, b) -> a, HashMap::new));
    }

    private static List<JsonObject> objects(JsonArray array) {
        List<JsonObject> objects = new ArrayList<>();
        array.forEach(each -> objects.add((JsonObject) each));
        return objects;
    }
}
