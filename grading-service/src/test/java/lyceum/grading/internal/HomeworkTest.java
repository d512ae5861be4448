package lyceum.grading.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import lyceum.grading.Partial;
import lyceum.grading.Report;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The five homeworks of the contract, with what the original says of each submission that comes to a judge. */
@TestInstance(Lifecycle.PER_CLASS)
class HomeworkTest {

    /** Files that a rule keeps from replacing what is there, as file rules and archives have dealt with them before. */
    private static final Map<String, Set<String>> KEPT_OUT = Map.of(
            "overwrites-judge", Set.of("judge.py"), "overwrite", Set.of("clamp.py"), "no-tests", Set.of("helper.py"));

    /** Refused before a judge hears of them. */
    private static final Set<String> REFUSED = Set.of("denied", "denied-by-homework", "many-files");

    private static final JsonObject ALL =
            new JsonObject(TestJudge.tree("homework").get("expected.json")).getJsonObject("expected");

    private TestJudge judge;

    @BeforeAll
    void start() {
        judge = new TestJudge(Map.of(), TestJudge.CONFIG);
    }

    @AfterAll
    void stop() {
        assertThat(judge.programs()).isZero();
        judge.close();
    }

    static Stream<Arguments> submissions() {
        List<Arguments> found = new ArrayList<>();
        for (String homework : List.of("calendar", "clamp", "roman", "stack")) {
            for (String name : ALL.getJsonObject(homework).fieldNames()) {
                if (!REFUSED.contains(name)) {
                    found.add(Arguments.of(homework, name));
                }
            }
        }
        return found.stream();
    }

    @ParameterizedTest(name = "{0}/{1}")
    @MethodSource("submissions")
    void judgesAsTheOriginalDoes(String homework, String name) {
        JsonObject expected = ALL.getJsonObject(homework).getJsonObject(name);

        Judged judged = judge.judge(assignment(homework, name));

        if (name.equals("short-row")) {
            // The original crashes.
            assertThat(judged.report().partials()).extracting(Partial::score).containsExactly(0.0, 0.0);
            return;
        }
        if (name.equals("loop")) {
            assertThat(judged).isEqualTo(new Judged(null, JudgeWork.OUT_OF_TIME, null, null, null));
            return;
        }
        assertThat(judged.exitCode()).isEqualTo(expected.getInteger("exitcode"));
        if (name.equals("prints-garbage")) {
            assertThat(judged.stdout()).isNull();
            assertThat(judged.stderr()).isNull();
        } else {
            assertThat(judged.stdout().isEmpty()).isEqualTo(expected.getBoolean("stdout_empty"));
            assertThat(judged.stderr().isEmpty()).isEqualTo(expected.getBoolean("stderr_empty"));
        }
        assertLike(judged.report(), expected);
    }

    private static Assignment assignment(String homework, String name) {
        String code = homework + "/code/" + (homework.equals("calendar") ? "input" : "python");
        Map<String, Buffer> files = TestJudge.tree("homework/" + code);
        files.remove("code.xml");
        Set<String> shared = Set.of("clamp.py", "stack.py", "roman.py");
        if (homework.equals("calendar")) {
            Buffer csv = TestJudge.tree("homework/calendar/submissions").get(name + ".csv");
            return new Assignment(
                    "f".repeat(32),
                    "e".repeat(32),
                    "judge.py",
                    Duration.ofSeconds(3),
                    files,
                    shared,
                    Map.of(),
                    csv.toString(),
                    null);
        }
        Map<String, Buffer> student = new TreeMap<>();
        TestJudge.tree("homework/" + homework + "/submissions/" + name).forEach((path, content) -> {
            boolean isWrapped = name.equals("wrapped") || name.equals("hijack");
            student.put(isWrapped ? path.substring(path.indexOf('/') + 1) : path, content);
        });
        student.keySet().removeAll(KEPT_OUT.getOrDefault(name, Set.of()));
        return TestJudge.assignment(Duration.ofSeconds(3), files, shared, student);
    }

    private static void assertLike(Report report, JsonObject expected) {
        JsonArray partials = expected.getJsonArray("partials");
        if (partials.isEmpty()) {
            assertThat(report).isNull();
            return;
        }
        assertThat(report.accepted()).isTrue();
        assertThat(report.partials()).hasSize(partials.size());
        for (int i = 0; i < partials.size(); i++) {
            assertLike(report.partials().get(i), partials.getJsonObject(i));
        }
    }

    private static void assertLike(Partial partial, JsonObject expected) {
        assertThat(partial.typeName()).isEqualTo(expected.getString("typeName"));
        assertThat(partial.score()).isEqualTo(expected.getDouble("score"), offset(0.001));
        assertThat(partial.weight()).isEqualTo(expected.getDouble("weight"), offset(0.000_001));
        JsonObject brief = expected.getJsonObject("brief");
        assertThat(partial.brief().text()).isEqualTo(brief.getString("text"));
        brief.getJsonObject("kwargs").forEach(argument -> {
            Object value = partial.brief().kwargs().get(argument.getKey());
            if (argument.getValue() == null) {
                assertThat(value).isNull();
            } else {
                double wanted = ((Number) argument.getValue()).doubleValue();
                assertThat(((Number) value).doubleValue()).isEqualTo(wanted, offset(0.001));
            }
        });
        assertThat(partial.detail()).hasSize(expected.getInteger("detail_count"));
        JsonArray heads = expected.getJsonArray("detail_head");
        for (int i = 0; i < heads.size(); i++) {
            assertThat(partial.detail().get(i).text()).startsWith(heads.getString(i));
        }
    }
}
