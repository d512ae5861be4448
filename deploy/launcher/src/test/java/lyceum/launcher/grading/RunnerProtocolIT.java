package lyceum.launcher.grading;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import lyceum.launcher.wire.Answer;
import lyceum.launcher.wire.Body;
import lyceum.launcher.wire.Json;
import lyceum.launcher.wire.Request;
import lyceum.launcher.wire.RunningSuite;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that was recorded of runners of the original, sent to the running house. */
@TestInstance(Lifecycle.PER_CLASS)
class RunnerProtocolIT {

    private static final JsonNode HTTP = Classroom.fixture("http-cases.json");

    /** Of the original's hand-in, in the payload of calls whose path has {@code {ID}}. */
    private static final String RECORDED_ID = "99DDAFD0794A4E4C9F0B2CA70A4357E0";

    private final OriginalEnvelope envelope =
            new OriginalEnvelope(HTTP.path("key_text").asText().getBytes(StandardCharsets.US_ASCII));
    private final AtomicInteger students = new AtomicInteger();
    private RunningSuite suite;
    private Classroom classroom;
    private String pending;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        Path keyFile = Files.writeString(
                directory.resolve("commKey.txt"), HTTP.path("key_text").asText() + "\n");
        suite = RunningSuite.start(
                Map.of(
                        "LYCEUM_GRADING_HOMEWORK_DIR",
                        Classroom.homework().toString(),
                        "LYCEUM_GRADING_KEY_FILE",
                        keyFile.toString(),
                        "LYCEUM_GRADING_MODE",
                        "runner"),
                "account",
                "grading",
                "gateway");
        classroom = new Classroom(suite.client());
        pending = handIn();
    }

    @AfterAll
    void stop() {
        suite.close();
    }

    /** @return the id of what one more student has handed in */
    private String handIn() {
        String student = "student" + students.incrementAndGet();
        return classroom
                .handIn(student, "calendar", "input", "csv", "year\n2000\n")
                .json()
                .path("id")
                .asText();
    }

    /** @return the same, in a state and with a scale that nothing else would give it */
    private String handIn(JsonNode recorded) {
        String id = handIn();
        suite.rows("grading")
                .preparedQuery("UPDATE hand_in SET state = $2, scale = $3 WHERE id = $1")
                .execute(Tuple.of(
                        id,
                        recorded.path("initial_state").asText(),
                        recorded.path("scale").asDouble()))
                .await();
        return id;
    }

    private Row row(String id) {
        return suite.rows("grading")
                .preparedQuery("""
                        SELECT state, score, scale, result::text, exit_code, stdout, stderr, json_array_length(partials) AS partials
                          FROM hand_in WHERE id = $1""")
                .execute(Tuple.of(id))
                .await()
                .iterator()
                .next();
    }

    private Answer call(String action, String id, JsonNode payload) {
        ObjectNode whole = payload.deepCopy();
        if (!whole.has("uuid")) {
            whole.put("uuid", id);
        }
        return classroom.send(Request.of("POST", "/api/handin/" + action + "/" + id + "/")
                .with("Content-Type", OriginalEnvelope.CONTENT_TYPE)
                .with(Body.of(envelope.of(whole.toString().getBytes(StandardCharsets.UTF_8)))));
    }

    private static Stream<JsonNode> http() {
        return StreamSupport.stream(HTTP.path("cases").spliterator(), false);
    }

    @ParameterizedTest
    @MethodSource("http")
    void answersEveryCallAndLeavesWhatIsPending(JsonNode recorded) {
        JsonNode decided = recorded.path("new_server");
        Answer answer = classroom.send(request(recorded));

        assertThat(answer.status())
                .isEqualTo(
                        decided.isMissingNode()
                                ? recorded.path("expect_status").asInt()
                                : decided.path("status").asInt());
        if (!decided.isMissingNode()) {
            assertThat(answer.text()).isEqualTo(decided.path("body").asText());
        } else if (recorded.has("expect_body")) {
            assertThat(answer.text()).isEqualTo(recorded.path("expect_body").asText());
            assertThat(answer.header("Content-Type"))
                    .isEqualTo(recorded.path("expect_content_type").asText());
        }
        assertThat(row(pending).getString("state")).isEqualTo("Pending");
    }

    private Request request(JsonNode recorded) {
        Request request = Request.of(
                recorded.path("method").asText(), filled(recorded.path("path").asText()));
        if (recorded.path("content_type").isTextual()) {
            request = request.with("Content-Type", recorded.path("content_type").asText());
        }
        if (recorded.has("raw_body_hex")) {
            return request.with(Body.of(
                    HexFormat.of().parseHex(recorded.path("raw_body_hex").asText())));
        }
        byte[] payload = filled(recorded.path("payload").toString()).getBytes(StandardCharsets.UTF_8);
        return recorded.has("payload") ? request.with(Body.of(envelope.of(payload))) : request;
    }

    private String filled(String text) {
        String upper = pending.toUpperCase(Locale.ROOT);
        return text.replace("{id}", pending).replace("{ID}", upper).replace(RECORDED_ID, upper);
    }

    private static Stream<JsonNode> scenarios() {
        return StreamSupport.stream(
                Classroom.fixture("state-machine.json").path("scenarios").spliterator(), false);
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void goesFromStateToState(JsonNode scenario) {
        String id = handIn(scenario);

        for (JsonNode step : scenario.path("steps")) {
            Answer answer = call(step.path("call").asText(), id, step.path("payload_without_uuid"));

            assertThat(answer.status()).isEqualTo(step.path("status").asInt());
            assertThat(answer.text()).isEqualTo(step.path("body").asText());
            Row row = row(id);
            assertStands(row, step);
            assertThat(row.getInteger("exit_code"))
                    .isEqualTo(
                            step.path("exitcode").isNull()
                                    ? null
                                    : step.path("exitcode").asInt());
            assertThat(row.getString("stdout")).isEqualTo(step.path("stdout").textValue());
            assertThat(row.getString("stderr")).isEqualTo(step.path("stderr").textValue());
        }
        assertFinalScore(id, scenario.path("final_score_after"));
    }

    private static Stream<JsonNode> scores() {
        return StreamSupport.stream(
                Classroom.fixture("score-cases.json").path("cases").spliterator(), false);
    }

    @ParameterizedTest
    @MethodSource("scores")
    void storesScoresAndRefusesWhatIsNone(JsonNode recorded) {
        String id = handIn(recorded);
        JsonNode decided = recorded.path("new_server");

        Answer answer =
                call("report", id, Classroom.fixture(recorded.path("file").asText()));

        assertThat(answer.status()).isEqualTo(200);
        if (decided.isMissingNode()) {
            assertThat(answer.text()).isEqualTo(recorded.path("reference_body").asText());
            assertStands(row(id), recorded);
            assertFinalScore(id, recorded.path("final_score"));
        } else {
            assertThat(answer.text()).isEqualTo(decided.path("body").asText());
            assertThat(row(id).getString("state"))
                    .isEqualTo(decided.path("state").asText());
        }
    }

    private static void assertStands(Row row, JsonNode recorded) {
        assertThat(row.getString("state")).isEqualTo(recorded.path("state").asText());
        assertThat(row.getDouble("score")).isEqualTo(recorded.path("base_score").asDouble());
        String result = row.getString("result");
        assertThat(
                        result == null
                                ? Json.parse("null".getBytes(StandardCharsets.US_ASCII))
                                : Json.parse(result.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(recorded.path("result"));
        JsonNode partials = recorded.has("partials") ? recorded.path("partials") : recorded.path("partials_stored");
        assertThat(row.getInteger("partials")).isEqualTo(partials.isNull() ? null : partials.asInt());
    }

    /** A state that was forced upon a hand-in without a report counts nothing. */
    private void assertFinalScore(String id, JsonNode expected) {
        Row row = row(id);
        double counts = row.getString("state").equals("Accepted") ? row.getDouble("score") * row.getDouble("scale") : 0;
        assertThat(counts).isEqualTo(expected.asDouble(0));
    }
}
