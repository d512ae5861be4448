package lyceum.launcher.grading;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import lyceum.launcher.wire.Answer;
import lyceum.launcher.wire.Json;
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

/** What was recorded of envelopes and of texts in them, sent to the running house by runners of the original. */
@TestInstance(Lifecycle.PER_CLASS)
class EnvelopeVectorsIT {

    private static final JsonNode ENVELOPES = Classroom.fixture("aes-vectors.json");
    private static final String KEY = "Zq8fT2mWc5RkX0vLb7NyHs4JdGp1EuA9";

    private final AtomicInteger students = new AtomicInteger();
    private RunningSuite suite;
    private Classroom classroom;
    private OriginalRunner runner;
    private Path directory;

    @BeforeAll
    void start(@TempDir Path keys) throws IOException {
        directory = keys;
        suite = suite(KEY, "account", "grading", "gateway");
        classroom = new Classroom(suite.client());
        runner = new OriginalRunner(classroom, KEY);
        classroom.upload(new HomeworkZip("vectors").judged("input", 3, "", ""));
    }

    @AfterAll
    void stop() {
        suite.close();
    }

    private RunningSuite suite(String key, String... services) throws IOException {
        Path keyFile = Files.writeString(directory.resolve("commKey.txt"), key + "\n");
        Map<String, String> settings = Map.of(
                "LYCEUM_GRADING_KEY_FILE", keyFile.toString(),
                "LYCEUM_GRADING_SHORT_KEY", "pad",
                "LYCEUM_GRADING_MODE", "runner");
        return RunningSuite.start(settings, services);
    }

    private String handIn(String student) {
        Answer answer = classroom.handIn(student, "vectors", "input", "csv", "year\n2000\n");
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return answer.json().path("id").asText();
    }

    private static byte[] body(JsonNode vector) {
        return HexFormat.of().parseHex(vector.path("body_hex").asText());
    }

    private static boolean isOfOurKey(JsonNode vector) {
        byte[] key = HexFormat.of().parseHex(vector.path("aes_key_hex").asText());
        return KEY.equals(new String(key, StandardCharsets.US_ASCII));
    }

    private static Stream<JsonNode> sealed() {
        return Classroom.items(ENVELOPES.path("vectors")).filter(EnvelopeVectorsIT::isOfOurKey);
    }

    @ParameterizedTest
    @MethodSource("sealed")
    void takesWhatTheOriginalSealed(JsonNode vector) {
        String plaintext = vector.path("plaintext_utf8").asText();
        JsonNode payload =
                Json.maybe(plaintext.getBytes(StandardCharsets.UTF_8)).orElse(JsonNodeFactory.instance.objectNode());
        String id = payload.path("uuid").asText("none");
        boolean isKnown = id.startsWith("5f0c");
        if (isKnown) {
            rename(handIn("sealed" + students.incrementAndGet()), id);
        }
        String action = payload.has("exitcode") ? "proclog" : payload.has("accepted") ? "report" : "start";

        Answer answer = runner.send(action, id, body(vector));

        assertThat(answer.text())
                .isEqualTo(vector.path("server_reply")
                        .path("body")
                        .asText(isKnown ? "OK" : "requested submission not found"));
        if (isKnown) {
            JsonNode handIn = classroom.find(id);
            boolean isAccepted = payload.path("accepted").asBoolean();
            assertThat(handIn.path("state").asText())
                    .isEqualTo(action.equals("start") ? "Running" : isAccepted ? "Accepted" : "Rejected");
            assertThat(handIn.path("stdout").textValue())
                    .isEqualTo(payload.path("stdout").textValue());
            assertThat(handIn.path("partials")).hasSize(payload.path("partials").size());
        }
    }

    /** Gives a hand-in the id that was recorded, in place of one that had it. */
    private void rename(String id, String recorded) {
        suite.rows("grading")
                .preparedQuery("DELETE FROM hand_in WHERE id = $1")
                .execute(Tuple.of(recorded))
                .compose(gone -> suite.rows("grading")
                        .preparedQuery("UPDATE hand_in SET id = $2 WHERE id = $1")
                        .execute(Tuple.of(id, recorded)))
                .await();
    }

    private static Stream<JsonNode> sealedOtherwise() {
        return Classroom.items(ENVELOPES.path("vectors")).filter(vector -> !isOfOurKey(vector));
    }

    /** A key is read when the service starts; who opens the envelope finds that there is no such hand-in. */
    @ParameterizedTest
    @MethodSource("sealedOtherwise")
    void takesWhatIsSealedWithAnyOtherKey(JsonNode vector) throws IOException {
        String id =
                Json.parse(vector.path("plaintext_utf8").asText()).path("uuid").asText();
        try (RunningSuite other = suite(vector.path("key_text").asText(), "grading", "gateway")) {
            Answer answer = new OriginalRunner(new Classroom(other.client()), KEY).send("start", id, body(vector));

            assertThat(answer.text()).isEqualTo("requested submission not found");
        }
    }

    private static Stream<JsonNode> odd() {
        return Stream.concat(
                Classroom.items(ENVELOPES.path("must_fail")),
                Classroom.items(ENVELOPES.path("lenient_must_pass_decryption")));
    }

    @ParameterizedTest
    @MethodSource("odd")
    void answersWhatIsWrongOrOddAsTheOriginal(JsonNode vector) {
        Answer answer = runner.send("start", vector.path("path_uuid").asText("x"), body(vector));

        assertThat(answer.status()).isEqualTo(vector.path("expect_status").asInt());
        assertThat(answer.text()).isEqualTo(vector.path("expect_body").asText());
    }

    @Test
    void showsTextsAsPythonRendersThem() {
        JsonNode cases = Classroom.fixture("gettext-render.json").path("cases");
        ArrayNode detail = JsonNodeFactory.instance.arrayNode();
        List<String> expected = new ArrayList<>();
        for (JsonNode each : cases) {
            detail.addObject().put("text", each.path("text").asText()).set("kwargs", each.path("kwargs"));
            // An argument may have any name here (D5), and what cannot be rendered is shown raw (D6).
            boolean isNamedAsAny = each.path("name").asText().contains("arg called");
            expected.add(
                    isNamedAsAny
                            ? "2"
                            : each.path("rendered").asText(each.path("text").asText()));
        }
        String id = handIn("reader");
        runner.report(id, false, 0, detail);
        Request request = Request.of("GET", "/api/grading/hand-ins/" + id);

        JsonNode english = shown(request.with("Accept-Language", "en-GB, en;q=0.5"));
        JsonNode chinese = shown(request.with("Accept-Language", "zh-CN"));

        assertThat(details(english)).isEqualTo(expected);
        String translated = "62.50% tests (5 out of 8) passed";
        assertThat(details(english)).contains(translated);
        assertThat(details(chinese))
                .doesNotContain(translated)
                .contains("Hello Zoë")
                .hasSameSizeAs(expected);
    }

    private JsonNode shown(Request request) {
        return classroom.send(classroom.as("reader", request)).json();
    }

    private static List<String> details(JsonNode handIn) {
        return Json.texts(handIn.path("partials").get(0).path("detail"));
    }
}
