package lyceum.launcher.grading;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import lyceum.launcher.wire.Answer;
import lyceum.launcher.wire.Request;
import lyceum.launcher.wire.RunningSuite;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Homework of the original with its submissions, handed in by students and graded by the house. */
@TestInstance(Lifecycle.PER_CLASS)
class HomeworkIT {

    /** By a decision of the contract (section 11, number 3) it does not become a hand-in. */
    private static final String REFUSED = "many-files";

    private final Path homework = Classroom.homework();
    private final Map<String, Answer> answers = new HashMap<>();
    private RunningSuite suite;
    private Classroom classroom;
    private EchoServer good;
    private EchoServer half;

    @BeforeAll
    void start() {
        suite = RunningSuite.start(
                Map.of("LYCEUM_GRADING_HOMEWORK_DIR", homework.toString()), "account", "sandbox", "grading", "gateway");
        classroom = new Classroom(suite.client());
        good = new EchoServer(suite.vertx(), false);
        half = new EchoServer(suite.vertx(), true);
        // All at once: they are graded while the first ones are looked at.
        RecordedHandIn.all().forEach(recorded -> answers.put(recorded.toString(), handIn(recorded)));
    }

    @AfterAll
    void stop() {
        suite.close();
    }

    private static Stream<RecordedHandIn> recorded() {
        return RecordedHandIn.all();
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void comesToWhatTheOriginalRecorded(RecordedHandIn recorded) {
        Answer answer = answers.get(recorded.toString());
        if (recorded.name().equals(REFUSED)) {
            assertThat(answer.status()).isEqualTo(422);
            return;
        }
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        recorded.assertCameTo(classroom.awaitVerdict(answer.json().path("id").asText()));
    }

    private Answer handIn(RecordedHandIn recorded) {
        String name = recorded.name();
        String student = recorded.homework() + "-" + name;
        Path submission = homework.resolve(recorded.homework()).resolve("submissions");
        return switch (recorded.codePackage()) {
            case "netapi" -> classroom.handIn(student, recorded.homework(), "netapi", "url", address(name));
            case "input" ->
                classroom.handIn(student, recorded.homework(), "input", "csv", text(submission.resolve(name + ".csv")));
            default -> classroom.handIn(student, recorded.homework(), "answer.zip", Zip.of(submission.resolve(name)));
        };
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String address(String name) {
        return switch (name) {
            case "good" -> good.url();
            case "half" -> half.url();
            case "nobody-listens" -> "http://127.0.0.1:9/";
            case "bad-scheme" -> "ftp://127.0.0.1:5061/";
            case "bad-host" -> "http://127.0.0.1.example.invalid/";
            default -> throw new IllegalArgumentException(name);
        };
    }

    @Test
    void showsItsStudentWhatThePackageShowsAndNobodyElse() {
        byte[] archive = Zip.of(homework.resolve("roman/submissions/perfect"));
        String id = classroom
                .handIn("zoe", "roman", "answer.zip", archive)
                .json()
                .path("id")
                .asText();
        classroom.awaitVerdict(id);
        Request own = Request.of("GET", "/api/grading/hand-ins/" + id).with("Accept-Language", "zh-CN");

        Answer shown = classroom.send(classroom.as("zoe", own));

        assertThat(shown.json().path("finalScore").asDouble()).isEqualTo(100);
        assertThat(shown.json().path("result").asText()).isNotEqualTo("Your submission is accepted.");
        assertThat(shown.json().path("partials").get(0).path("detail")).isEmpty();
        assertThat(classroom.send(classroom.as("max", own)).status()).isEqualTo(404);
        assertThat(classroom.send(own).status()).isEqualTo(401);
        Request table = Request.of("GET", "/api/grading/scores?homework=roman").with("Accept", "text/csv");
        assertThat(classroom.send(classroom.asTeacher(table)).text()).contains("zoe,100.0\r\n");
    }

    @Test
    void stopsWhatIsCancelledOrClearedAndGradesTheNext() {
        answers.values().stream()
                .filter(answer -> answer.status() == 202)
                .forEach(answer ->
                        classroom.awaitVerdict(answer.json().path("id").asText()));
        classroom.upload(new HomeworkZip("slow").judged("python", 120, "", "import time\ntime.sleep(100)\n"));
        byte[] archive = Zip.of(homework.resolve("roman/submissions/perfect"));
        String own = begun("max", archive);
        String other = begun("moritz", archive);
        String path = "/api/grading/hand-ins/" + own;
        Future<Answer> watched = classroom.begin(classroom.as("max", Request.of("GET", path + "/events")));
        Request cancel = Request.of("POST", path + "/cancellations");

        assertThat(classroom.send(classroom.as("moritz", cancel)).status()).isEqualTo(404);
        Answer cancelled = classroom.send(classroom.as("max", cancel));
        assertThat(cancelled.json().path("state").asText()).isEqualTo("Rejected");
        assertThat(classroom.send(classroom.asTeacher(cancel)).status()).isEqualTo(409);
        assertThat(watched.await().text()).contains("event: scored", "Submission withdrawn by its author.");
        Request clear = Request.of("DELETE", "/api/grading/hand-ins?homework=slow");
        assertThat(classroom.send(classroom.asTeacher(clear)).text()).isEqualTo("{\"rejected\":1}");

        // There are places for two, and both were taken for minutes.
        JsonNode next = classroom.handIn("max", "roman", "answer.zip", archive).json();
        assertThat(classroom
                        .awaitVerdict(next.path("id").asText())
                        .path("finalScore")
                        .asDouble())
                .isEqualTo(100);
        assertThat(classroom.find(other).path("result").asText()).isEqualTo("Submission discarded by admin.");
    }

    /** @return the id of what is graded for a long time */
    private String begun(String student, byte[] archive) {
        String id = classroom
                .handIn(student, "slow", "answer.zip", archive)
                .json()
                .path("id")
                .asText();
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> classroom.find(id).path("state").asText().equals("Running"));
        return id;
    }
}
