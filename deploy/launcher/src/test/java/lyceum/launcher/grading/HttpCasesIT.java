package lyceum.launcher.grading;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import lyceum.launcher.wire.Answer;
import lyceum.launcher.wire.Body;
import lyceum.launcher.wire.Request;
import lyceum.launcher.wire.RunningSuite;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every recorded call of a runner, sent to the running house, which leaves the hand-in as it is each time. */
@TestInstance(Lifecycle.PER_CLASS)
class HttpCasesIT {

    private static final JsonNode CASES = Classroom.fixture("http-cases.json");

    /** Of the original's hand-in, in the payload of calls whose path has {@code {ID}}. */
    private static final String RECORDED_ID = "99DDAFD0794A4E4C9F0B2CA70A4357E0";

    private final byte[] key = CASES.path("key_text").asText().getBytes(StandardCharsets.US_ASCII);
    private RunningSuite suite;
    private Classroom classroom;
    private String id;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        Path keyFile = directory.resolve("commKey.txt");
        Files.write(keyFile, key);
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
        id = classroom
                .handIn("ada", "calendar", "input", "csv", "year\n2000\n")
                .json()
                .path("id")
                .asText();
    }

    @AfterAll
    void stop() {
        suite.close();
    }

    private static Stream<JsonNode> cases() {
        return StreamSupport.stream(CASES.path("cases").spliterator(), false);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void answersAsRecorded(JsonNode recorded) {
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
        assertThat(classroom.find(id).path("state").asText()).isEqualTo("Pending");
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
        return recorded.has("payload") ? request.with(Body.of(new OriginalEnvelope(key).of(payload))) : request;
    }

    private String filled(String text) {
        String upper = id.toUpperCase(Locale.ROOT);
        return text.replace("{id}", id).replace("{ID}", upper).replace(RECORDED_ID, upper);
    }
}
