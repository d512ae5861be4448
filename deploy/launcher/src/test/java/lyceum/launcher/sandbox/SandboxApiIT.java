package lyceum.launcher.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import lyceum.launcher.RunningPrograms;
import lyceum.launcher.Suite;
import lyceum.launcher.sandbox.SandboxClient.Answer;
import lyceum.platform.TestPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sandbox as programs use it: over HTTP, through the whole suite. */
@TestInstance(Lifecycle.PER_CLASS)
class SandboxApiIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    static Path data;

    private final Vertx vertx = Vertx.vertx();
    private final List<JsonObject> heard = new CopyOnWriteArrayList<>();

    private Suite suite;
    private HttpServer listener;
    private SandboxClient client;

    @BeforeAll
    void start() {
        suite = Suite.start(environment(), Set.of(), line -> {}).await();
        listener = vertx.createHttpServer().requestHandler(this::hear).listen(0).await();
        client = SandboxClient.of(vertx, suite.httpPort(), "ada").await();
    }

    @AfterAll
    void stop() {
        suite.close().eventually(vertx::close).await();
    }

    @Test
    void saysThatItCanIsolate() {
        JsonObject state = client.get("/sandbox").json();

        assertThat(state.getBoolean("possible")).isTrue();
        assertThat(state.getString("isolation")).isNotBlank();
    }

    @Test
    void listsLanguages() {
        List<JsonObject> languages = objects(client.get("/sandbox/languages").json(), "languages");

        assertThat(languages)
                .extracting(language -> language.getString("name"))
                .containsExactly("bash", "c", "c++", "go", "java", "javascript", "python3", "rust");
        assertThat(languages)
                .filteredOn(language -> language.getString("name").equals("python3"))
                .singleElement()
                .satisfies(python -> {
                    assertThat(python.getBoolean("usable")).isTrue();
                    assertThat(python.getString("version")).startsWith("3.");
                    assertThat(python.getJsonArray("aliases")).contains("python");
                    assertThat(python.getBoolean("compiled")).isFalse();
                });
    }

    @Test
    void runsPython() {
        JsonObject outcome = run(program("python3", """
                import os, sys
                print(input(), sys.argv[1:], os.environ["COLOUR"])
                sys.stderr.write("ü\\n")
                sys.exit(4)""")
                .put("stdin", "넓이\n")
                .put("arguments", JsonArray.of("a b", "c"))
                .put("environment", JsonObject.of("COLOUR", "red")));

        assertThat(outcome.getString("stdout")).isEqualTo("넓이 ['a b', 'c'] red\n");
        assertThat(outcome.getString("stderr")).isEqualTo("ü\n");
        assertThat(outcome.getString("verdict")).isEqualTo("runtime_error");
        assertThat(outcome.getInteger("exitCode")).isEqualTo(4);
        assertThat(outcome.getInteger("signal")).isZero();
        assertThat(outcome.getLong("peakMemoryBytes")).isPositive();
        assertThat(outcome.getValue("compilation")).isNull();
    }

    @Test
    void compilesAndRunsC() {
        JsonObject outcome = run(new JsonObject()
                .put("language", "c")
                .put(
                        "files",
                        JsonArray.of(
                                file(
                                        "main.c",
                                        "#include <stdio.h>\n#include \"six.h\"\nint main() { printf(\"%d\", SIX); }"),
                                file("six.h", "#define SIX 6\n"))));

        assertThat(outcome.getString("stdout")).isEqualTo("6");
        assertThat(outcome.getString("verdict")).isEqualTo("accepted");
        assertThat(outcome.getJsonObject("compilation").getString("verdict")).isEqualTo("accepted");
    }

    @Test
    void tellsWhatTheCompilerFound() {
        JsonObject outcome = run(program("c", "int main() { return nothing; }"));

        assertThat(outcome.getString("verdict")).isEqualTo("compile_error");
        assertThat(outcome.getJsonObject("compilation").getInteger("exitCode")).isEqualTo(1);
        assertThat(outcome.getJsonObject("compilation").getString("output")).contains("nothing", "undeclared");
        assertThat(outcome.getString("stdout")).isEmpty();
    }

    @Test
    void stopsAProgramThatWritesTooMuch() {
        JsonObject outcome =
                run(program("python3", "while True: print('spam')").put("limits", JsonObject.of("outputBytes", 1_000)));

        assertThat(outcome.getString("verdict")).isEqualTo("output_limit");
        assertThat(outcome.getBoolean("stdoutTruncated")).isTrue();
        assertThat(outcome.getString("stdout")).startsWith("spam\nspam\n");
        assertThat(outcome.getLong("stdoutBytes")).isGreaterThan(1_000);
    }

    @Test
    void bringsFilesBack() {
        JsonObject outcome = run(program("python3", """
                import os
                os.mkdir("out")
                open("out/text", "w").write("넓이")
                open("bytes", "wb").write(bytes([255, 0]))""").put("collect", JsonArray.of("out/text", "bytes", "absent")));

        assertThat(objects(outcome, "files"))
                .containsExactly(
                        file("out/text", "넓이").put("encoding", "utf8"),
                        file("bytes", "/wA=").put("encoding", "base64"));
    }

    @Test
    void keepsASubmittedRunUntilItIsRemoved() {
        Answer accepted = client.post("/sandbox/runs?wait=false", program("python3", "print(6 * 7)"));
        String place = accepted.headers().get("Location");

        assertThat(accepted.status()).isEqualTo(202);
        assertThat(place).isEqualTo("/sandbox/runs/" + accepted.json().getString("id"));
        JsonObject ended = ended(place);
        assertThat(ended.getJsonObject("outcome").getString("verdict")).isEqualTo("accepted");
        assertThat(ended.getJsonObject("outcome").getString("stdout")).isEqualTo("42\n");
        assertThat(ended.getInstant("endedAt")).isAfterOrEqualTo(ended.getInstant("submittedAt"));
        assertThat(client.delete(place).status()).isEqualTo(204);
        assertProblem(client.get(place), 404, "no such run");
        assertThat(client.delete(place).status()).isEqualTo(404);
    }

    @Test
    void killsARunThatIsRemoved() {
        String place = client.post("/sandbox/runs?wait=false", program("python3", "while True: pass"))
                .headers()
                .get("Location");
        await().atMost(PATIENCE)
                .until(() -> client.get(place).json().getString("state").equals("running"));
        await().atMost(PATIENCE).until(() -> !RunningPrograms.names().isEmpty());

        assertThat(client.delete(place).status()).isEqualTo(204);

        assertThat(client.get(place).status()).isEqualTo(404);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(RunningPrograms.names()).isEmpty());
    }

    @Test
    void showsNobodyTheRunsOfOthers() {
        String place = client.post("/sandbox/runs?wait=false", program("python3", "print('mine')"))
                .headers()
                .get("Location");
        SandboxClient other = SandboxClient.of(vertx, suite.httpPort(), "bob").await();

        assertThat(other.get(place).status()).isEqualTo(404);
        assertThat(other.delete(place).status()).isEqualTo(404);
        assertThat(client.get(place).status()).isEqualTo(200);
    }

    @Test
    void runsABatch() {
        List<JsonObject> programs = IntStream.range(0, 5)
                .mapToObj(number -> program("python3", "print(%d ** 2)".formatted(number)))
                .toList();

        Answer accepted = client.post("/sandbox/batches", new JsonObject().put("runs", new JsonArray(programs)));

        assertThat(accepted.status()).isEqualTo(202);
        List<?> ids = accepted.json().getJsonArray("ids").getList();
        assertThat(ids).hasSize(5).doesNotHaveDuplicates();
        String question = "/sandbox/batches?ids=%s,%s,%s,%s,%s".formatted(ids.toArray());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(objects(client.get(question).json(), "runs"))
                        .extracting(each -> each.getString("state"))
                        .containsOnly("ended"));
        assertThat(objects(client.get(question).json(), "runs"))
                .extracting(each -> each.getJsonObject("outcome").getString("stdout"))
                .containsExactly("0\n", "1\n", "4\n", "9\n", "16\n");
    }

    @Test
    void callsAWebhookThatIsAllowed() {
        String id = client.post("/sandbox/runs?wait=false", withWebhook("127.0.0.1"))
                .json()
                .getString("id");

        await().atMost(PATIENCE)
                .until(() ->
                        heard.stream().anyMatch(each -> each.getString("id").equals(id)));

        assertThat(heard)
                .singleElement()
                .isEqualTo(client.get("/sandbox/runs/" + id).json());
        assertThat(heard.get(0).getJsonObject("outcome").getString("stdout")).isEqualTo("told\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.2", "[::1]", "10.0.0.1"})
    void refusesAWebhookThatIsNeitherAllowedNorPublic(String host) {
        Answer answer = client.post("/sandbox/runs?wait=false", withWebhook(host));

        assertProblem(answer, 400, "webhook is not at a public address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sandbox", "/sandbox/languages", "/sandbox/runs/1", "/sandbox/batches?ids=1"})
    void wantsAToken(String path) {
        assertProblem(client.anonymous().get(path), 401, "Not authenticated");
    }

    @Test
    void runsNothingForAStranger() {
        assertProblem(client.anonymous().post("/sandbox/runs", program("python3", "1")), 401, "Not authenticated");
    }

    @Test
    void saysWhatIsWrongWithABody() {
        assertProblem(
                client.post("/sandbox/runs", program("python3", "1").put("stdinn", "x")),
                400,
                "stdinn is not known here");
        assertProblem(client.post("/sandbox/runs", new JsonObject().put("source", "1")), 400, "language");
        assertProblem(client.post("/sandbox/runs", program("cobol", "1")), 404, "language cobol is not known here");
    }

    private JsonObject run(JsonObject program) {
        Answer answer = client.post("/sandbox/runs", program);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer.json();
    }

    private JsonObject ended(String place) {
        await().atMost(PATIENCE)
                .until(() -> client.get(place).json().getString("state").equals("ended"));
        return client.get(place).json();
    }

    private JsonObject withWebhook(String host) {
        return program("python3", "print('told')")
                .put("webhook", "http://%s:%d/done".formatted(host, listener.actualPort()));
    }

    private void hear(HttpServerRequest request) {
        request.body()
                .onSuccess(body -> {
                    heard.add(body.toJsonObject());
                    request.response().end();
                })
                .onFailure(error -> request.response().setStatusCode(400).end());
    }

    private static void assertProblem(Answer answer, int status, String detail) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
        assertThat(answer.headers().get("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().getInteger("status")).isEqualTo(status);
        assertThat(answer.json().getString("detail")).contains(detail);
    }

    private static JsonObject program(String language, String source) {
        return new JsonObject().put("language", language).put("source", source);
    }

    private static JsonObject file(String name, String content) {
        return new JsonObject().put("name", name).put("content", content);
    }

    private static List<JsonObject> objects(JsonObject json, String member) {
        return json.getJsonArray(member).stream().map(JsonObject.class::cast).toList();
    }

    private Map<String, String> environment() {
        return Map.of(
                "LYCEUM_DATA_DIR",
                data.toString(),
                "LYCEUM_PROGRAM_DIR",
                TestPostgres.programs().toString(),
                "LYCEUM_POSTGRES_URL",
                TestPostgres.freshDatabase(vertx),
                "LYCEUM_HTTP_PORT",
                "0",
                "LYCEUM_RTMP_PORT",
                "0",
                "LYCEUM_MANAGEMENT_PORT",
                "0",
                "LYCEUM_SANDBOX_WEBHOOK_HOSTS",
                "127.0.0.1");
    }
}
