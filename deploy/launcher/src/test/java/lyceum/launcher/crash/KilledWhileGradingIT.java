package lyceum.launcher.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import lyceum.launcher.crash.Visitor.Answer;
import lyceum.launcher.wire.ChildProgram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of hand-ins when the program is killed while it grades; {@code -Dlyceum.grading.students=100} for more. */
class KilledWhileGradingIT {

    private static final int STUDENTS = Integer.getInteger("lyceum.grading.students", 40);
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    /** The first two classes, and no boundary: 0.75 * 100 * 2 / 3. */
    private static final String CSV = "year,month-no\n2024,5\n1900,6\n";

    private static final double SCORE = 50;

    @TempDir
    Path data;

    private final Vertx vertx = Vertx.vertx();
    private final Visitor visitor = new Visitor(vertx);

    private ChildProgram program;

    @BeforeEach
    void start() throws IOException {
        program = ChildProgram.start(data, settings());
    }

    @AfterEach
    void stop() throws InterruptedException {
        program.kill();
        vertx.close().await();
    }

    private static Map<String, String> settings() {
        Path homework = Path.of("../../grading-service/src/test/resources/grading/homework");
        return Map.of(
                "LYCEUM_GRADING_HOMEWORK_DIR", homework.toAbsolutePath().toString(), "LYCEUM_GRADING_LEASE", "3s");
    }

    @Test
    void gradesEveryHandInOnce() throws Exception {
        String teacher = token("teacher", "teacher").await();
        List<String> students = all(student -> token("student" + student, "student"));
        all(student -> handIn(students.get(student)))
                .forEach(answer -> assertThat(answer.status()).isEqualTo(202));
        await().atMost(PATIENCE).until(() -> graded(teacher) >= 10);
        long before = graded(teacher);

        program.kill();
        program = ChildProgram.start(data, settings());

        assertThat(before).isLessThan(STUDENTS);
        await().atMost(PATIENCE).until(() -> graded(teacher) == STUDENTS);
        List<Row> rows = rows();
        assertThat(rows).hasSize(STUDENTS).allSatisfy(row -> {
            assertThat(row.getString("state")).isEqualTo("Accepted");
            assertThat(row.getDouble("score")).isEqualTo(SCORE);
            assertThat(row.getInteger("attempt")).isEqualTo(1);
        });
        assertThat(rows.stream().mapToInt(row -> row.getInteger("failures")).sum())
                .as("were being graded when the program was killed")
                .isLessThanOrEqualTo(2);
    }

    private static <T> List<T> all(IntFunction<Future<T>> ofStudent) {
        List<Future<T>> all = IntStream.range(0, STUDENTS).mapToObj(ofStudent).toList();
        return all.stream().map(each -> each.await()).toList();
    }

    private Future<Answer> handIn(String token) {
        return visitor.postAsBearer(
                token,
                program.httpPort(),
                "/grading/homework/calendar/hand-ins",
                Map.of("package", "input", "csv", CSV));
    }

    private Future<String> token(String user, String roles) {
        return visitor.post(program.httpPort(), "/token", Map.of("username", user, "password", user, "roles", roles))
                .map(answer -> answer.json().getString("access_token"));
    }

    private long graded(String teacher) {
        return visitor
                .asBearer(
                        teacher, HttpMethod.GET, program.httpPort(), "/grading/hand-ins?student=*&perpage=" + STUDENTS)
                .await()
                .json()
                .getJsonArray("handIns")
                .stream()
                .map(JsonObject.class::cast)
                .filter(handIn -> handIn.getString("state").matches("Accepted|Rejected"))
                .count();
    }

    private List<Row> rows() throws IOException {
        String url = Files.readString(data.resolve("postgres/url"));
        return PgConnection.connect(vertx, PgConnectOptions.fromUri(url))
                .compose(connection -> connection
                        .query("SELECT state, score, attempt, failures FROM grading.hand_in")
                        .execute()
                        .eventually(connection::close))
                .await()
                .stream()
                .toList();
    }
}
