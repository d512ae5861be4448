package lyceum.launcher.grading;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.stream.Stream;
import lyceum.launcher.wire.Answer;
import lyceum.launcher.wire.Request;
import lyceum.launcher.wire.RunningSuite;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What was recorded of deadlines and tables of scores, as homework in the running house that runners of the original grade.
 *
 * <p>What does not come through here is tested in grading-service: a deadline to the second ({@code DeadlineTest}; here are
 * minutes between it and a hand-in), and a score that is a formula, for scores are numbers ({@code ScoreTableTest}). Labels
 * of sizes are for pages, which we have none of.
 */
@TestInstance(Lifecycle.PER_CLASS)
class CourseVectorsIT {

    private static final JsonNode TABLES = Classroom.fixture("csv-export.json");
    private static final String KEY = "0123456789abcdef0123456789abcdef";
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    /** Between a deadline and the moment that it was recorded for. */
    private static final Duration MARGIN = Duration.ofMinutes(5);

    private RunningSuite suite;
    private Classroom classroom;
    private OriginalRunner runner;

    @BeforeAll
    void start(@TempDir Path keys) throws IOException {
        Path keyFile = Files.writeString(keys.resolve("commKey.txt"), KEY);
        suite = RunningSuite.start(
                Map.of("LYCEUM_GRADING_KEY_FILE", keyFile.toString(), "LYCEUM_GRADING_MODE", "runner"),
                "account",
                "grading",
                "gateway");
        classroom = new Classroom(suite.client());
        runner = new OriginalRunner(classroom, KEY);
    }

    @AfterAll
    void stop() {
        suite.close();
    }

    /** @return a homework that asks for CSV */
    private static HomeworkZip input(String slug) {
        return new HomeworkZip(slug).judged("input", 3, "", "");
    }

    private String handIn(String student, String homework) {
        Answer answer = classroom.handIn(student, homework, "input", "csv", "year\n2000\n");
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return answer.json().path("id").asText();
    }

    private static Stream<JsonNode> deadlines() {
        return Classroom.items(Classroom.fixture("deadlines.json").path("sets"));
    }

    @ParameterizedTest
    @MethodSource("deadlines")
    void tellsDeadlinesInAnyZoneAndScalesByThem(JsonNode recorded) {
        String name = recorded.path("name").asText();
        StringBuilder dues = new StringBuilder();
        recorded.path("dues")
                .forEach(due -> dues.append(HomeworkZip.due(
                        due.path("date").asText(),
                        due.path("scale").asText(),
                        due.path("timezone").textValue())));
        classroom.upload(input(name).deadlines(dues.toString()));

        JsonNode told = classroom
                .send(classroom.as("reader", Request.of("GET", "/api/grading/homework/" + name)))
                .json();

        JsonNode utc = recorded.path("utc");
        assertThat(told.path("deadlines")).hasSameSizeAs(utc);
        for (int at = 0; at < utc.size(); at++) {
            JsonNode deadline = told.path("deadlines").get(at);
            assertThat(deadline.path("at")).isEqualTo(utc.get(at).get(0));
            assertThat(deadline.path("scale").asDouble())
                    .isEqualTo(utc.get(at).get(1).asDouble());
        }
        for (int at = 0; at < recorded.path("checks").size(); at++) {
            checkScale(name + at, utc, recorded.path("checks").get(at));
        }
    }

    /** Hands in while the deadlines are as far away as they were from the recorded moment. */
    private void checkScale(String slug, JsonNode utc, JsonNode check) {
        Instant recorded = Instant.parse(check.path("now").asText());
        StringBuilder dues = new StringBuilder();
        for (JsonNode deadline : utc) {
            Duration ahead =
                    Duration.between(recorded, Instant.parse(deadline.get(0).asText()));
            Instant now = Instant.now();
            Instant due = ahead.isNegative()
                    ? now.plus(ahead).minus(MARGIN)
                    : now.plus(ahead).plus(MARGIN);
            dues.append(HomeworkZip.due(DATE.format(due), deadline.get(1).asText(), "UTC"));
        }
        classroom.upload(input(slug).deadlines(dues.toString()));

        Answer answer = classroom.handIn("hurry", slug, "input", "csv", "year\n");

        if (check.path("submission_allowed").asBoolean()) {
            assertThat(answer.status()).isEqualTo(202);
            assertThat(answer.json().path("scale").asDouble())
                    .isEqualTo(check.path("scale_of_new_submission").asDouble());
        } else {
            assertThat(answer.status()).isEqualTo(403);
        }
    }

    /** @return the id of a hand-in that was given points, as many as make the score that counts */
    private String graded(String student, String homework, double score) {
        String id = handIn(student, homework);
        runner.report(id, true, score, JsonNodeFactory.instance.arrayNode());
        return id;
    }

    private String table(String homework) {
        Request request =
                Request.of("GET", "/api/grading/scores?homework=" + homework).with("Accept", "text/csv");
        Answer answer = classroom.send(classroom.asTeacher(request));
        assertThat(answer.header("Content-Type")).isEqualTo("text/csv; charset=utf-8");
        return answer.text();
    }

    @Test
    void roundsScoresInTablesAndOnPages() {
        classroom.upload(input("rounded"));
        classroom.upload(input("worthless").deadlines(HomeworkZip.due("2099-01-01 00:00:00", "0.0", null)));
        int number = 0;
        for (JsonNode recorded : TABLES.path("rounding")) {
            double score = recorded.path("best_final_score").asDouble();
            String student = "rounded" + number++;
            String homework = score == 0 ? "worthless" : "rounded";

            String id = graded(student, homework, score == 0 ? 50 : score);

            assertThat(classroom.find(id).path("finalScore").asDouble())
                    .isEqualTo(Double.parseDouble(recorded.path("page_cell").asText()));
            assertThat(table(homework))
                    .contains("\r\n%s,%s\r\n"
                            .formatted(
                                    student,
                                    recorded.path("csv_cell_new_server").asText()));
        }
    }

    @Test
    void sortsAndQuotesTables() {
        classroom.upload(input("sorted"));
        graded("Zed", "sorted", 8.6415);
        handIn("bob", "sorted");
        graded("stu", "sorted", 50);
        classroom.upload(input("quoted"));
        handIn("Ada", "quoted");
        graded("b,ob", "quoted", 7.5);
        graded("eve \"e\"", "quoted", 100);

        assertThat(table("sorted")).isEqualTo(TABLES.path("example_document").asText());
        assertThat(TABLES.path("quoting_example").asText()).startsWith(table("quoted"));
    }
}
