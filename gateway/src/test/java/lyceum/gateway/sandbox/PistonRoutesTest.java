package lyceum.gateway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import lyceum.gateway.TestGateway;
import lyceum.gateway.access.Caller;
import lyceum.gateway.access.JwtSecret;
import lyceum.gateway.access.Tokens;
import lyceum.gateway.stream.Conversation;
import lyceum.gateway.stream.Scripted;
import lyceum.platform.Bus;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.sandbox.Outcome;
import lyceum.sandbox.Run;
import lyceum.sandbox.SandboxService;
import lyceum.sandbox.SandboxService.ListLanguages;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Piston's protocol over HTTP, with a sandbox that answers as it is told. */
class PistonRoutesTest {

    private static final String EXECUTE = "/piston/api/v2/execute";

    private final List<String> cancelled = new CopyOnWriteArrayList<>();
    private TestGateway gateway;
    private Scripted<SandboxService> sandbox;
    private String ada;

    @BeforeEach
    void start() {
        gateway = new TestGateway(Map.of());
        sandbox = new Scripted<>(gateway.vertx, SandboxService.class)
                .on(ListLanguages.class, SandboxExamples.LANGUAGES)
                .on(Run.class, SandboxExamples.accepted("hello\n"));
        new Bus(gateway.vertx, Duration.ofSeconds(5))
                .listen(SandboxService.CANCEL, cancellation -> cancelled.add(cancellation.id()))
                .await();
        ada = new Tokens(gateway.vertx, JwtSecret.of(TestGateway.SECRET, "test"), Clock.systemUTC())
                .issue(new Caller("ada", List.of()));
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void runsAProgram() {
        HttpResponse<Buffer> response = execute(job());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.bodyAsJsonObject().getString("language")).isEqualTo("python");
        assertThat(response.bodyAsJsonObject().getString("version")).isEqualTo("3.11.2");
        assertThat(response.bodyAsJsonObject().getJsonObject("run").getString("output"))
                .isEqualTo("hello\n");
        assertThat(sandbox.asked(Run.class)).singleElement().satisfies(run -> {
            assertThat(run.caller()).isEqualTo("ada");
            assertThat(run.program().language()).isEqualTo("python3");
        });
    }

    @Test
    void givesEveryRunAnIdOfItsOwn() {
        execute(job());
        execute(job());

        assertThat(sandbox.asked(Run.class))
                .extracting(Run::id)
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    @Test
    void killsARunWhoseCallerGoesAway() {
        Promise<Outcome> never = Promise.promise();
        sandbox.on(Run.class, any -> never.future());
        try (Conversation client = new Conversation(gateway)) {
            String body = job().encode();
            client.say("POST %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n".formatted(EXECUTE, ada)
                    + "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s".formatted(body.length(), body));
            Awaitility.await().until(() -> sandbox.asked(Run.class).size() == 1);
            assertThat(cancelled).isEmpty();
        }

        Awaitility.await()
                .until(() ->
                        cancelled.equals(List.of(sandbox.asked(Run.class).get(0).id())));
    }

    @Test
    void killsNothingThatWasAnswered() {
        execute(job());

        Awaitility.await().during(Duration.ofMillis(200)).until(cancelled::isEmpty);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json | {} | 400 | language is required as a string",
                "application/json | [] | 400 | the body is not a JSON object",
                "application/json | { | 400 | the body is not a JSON object",
                "application/json; charset=utf-8 | {\"language\":\"html\",\"version\":\"5.0.0\",\"files\":[]} | 400 | html-5.0.0 runtime is unknown",
                "text/plain | {} | 415 | requests must be of type application/json"
            })
    void saysWhatIsWrong(String mediaType, String body, int status, String message) {
        HttpResponse<Buffer> response = request(HttpMethod.POST, EXECUTE)
                .putHeader("Content-Type", mediaType)
                .sendBuffer(Buffer.buffer(body))
                .await();

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.getHeader("Content-Type")).isEqualTo("application/json; charset=utf-8");
        assertThat(response.bodyAsJsonObject()).isEqualTo(new JsonObject().put("message", message));
    }

    @Test
    void asksForAMediaType() {
        assertThat(request(HttpMethod.POST, EXECUTE).send().await().statusCode())
                .isEqualTo(415);
    }

    @Test
    void refusesALongJob() {
        HttpResponse<Buffer> response = execute(job().put("stdin", "x".repeat(8 << 20)));

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.bodyAsString()).isEqualTo("{\"message\":\"Request Entity Too Large\"}");
        assertThat(sandbox.asked(Run.class)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"limits, run", "compileLimits, compile"})
    void namesTheMemoryThatTheSandboxRefusesAsItsClientsDo(String sandboxName, String stage) {
        sandbox.on(
                Run.class,
                run -> Future.failedFuture(
                        Failure.invalid(sandboxName + ".memoryBytes is 2147483648, not within 0..1073741824")));

        HttpResponse<Buffer> response = execute(job());

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.bodyAsJsonObject().getString("message"))
                .isEqualTo(stage + "_memory_limit cannot exceed the configured limit of 1073741824");
    }

    @ParameterizedTest
    @CsvSource({"BUSY,503", "UNAVAILABLE,503", "INVALID,400", "NOT_FOUND,404"})
    void passesOnWhatTheSandboxRefuses(Kind kind, int status) {
        sandbox.on(Run.class, any -> Future.failedFuture(new Failure(kind, "because")));

        HttpResponse<Buffer> response = execute(job());

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.getHeader("Retry-After")).isEqualTo(status == 503 ? "1" : null);
        assertThat(response.bodyAsString()).isEqualTo("{\"message\":\"because\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/piston/api/v2/runtimes", "/piston/api/v2/runtimes/", "/api/piston/api/v2/runtimes"})
    void listsRuntimes(String path) {
        HttpResponse<Buffer> response = request(HttpMethod.GET, path).send().await();

        assertThat(response.bodyAsJsonArray())
                .hasSize(4)
                .contains(new JsonObject()
                        .put("language", "java")
                        .put("version", "17.0.12")
                        .put("aliases", new JsonArray()));
    }

    @Test
    void listsPackagesAndLetsNobodyChangeThem() {
        assertThat(request(HttpMethod.GET, "/piston/api/v2/packages")
                        .send()
                        .await()
                        .bodyAsJsonArray())
                .contains(new JsonObject()
                        .put("language", "java")
                        .put("language_version", "17.0.12")
                        .put("installed", true));
        for (HttpMethod method : List.of(HttpMethod.POST, HttpMethod.DELETE)) {
            HttpResponse<Buffer> response = request(method, "/piston/api/v2/packages")
                    .sendJsonObject(new JsonObject().put("language", "java").put("version", "15"))
                    .await();

            assertThat(response.statusCode()).isEqualTo(403);
            assertThat(response.bodyAsString())
                    .isEqualTo("{\"message\":\"languages are installed on the machine, not by its clients\"}");
        }
    }

    @Test
    void asksForAToken() {
        HttpResponse<Buffer> response =
                gateway.get("/piston/api/v2/runtimes").send().await();

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.bodyAsString()).isEqualTo("{\"message\":\"Not authenticated\"}");
    }

    @Test
    void asksForAWebSocketWhereOneIsNeeded() {
        HttpResponse<Buffer> response =
                request(HttpMethod.GET, "/piston/api/v2/connect").send().await();

        assertThat(response.statusCode()).isEqualTo(426);
        assertThat(response.getHeader("Upgrade")).isEqualTo("websocket");
        assertThat(response.bodyAsString()).isEqualTo("{\"message\":\"this is a WebSocket of version 13\"}");
    }

    @Test
    void wordsWhatIsNotThere() {
        assertThat(request(HttpMethod.GET, "/piston/api/v1/runtimes")
                        .send()
                        .await()
                        .bodyAsString())
                .isEqualTo("{\"message\":\"Not Found\"}");
    }

    private static JsonObject job() {
        return new JsonObject()
                .put("language", "python")
                .put("version", "3")
                .put("files", new JsonArray().add(new JsonObject().put("content", "print('hello')")));
    }

    private HttpResponse<Buffer> execute(JsonObject job) {
        return request(HttpMethod.POST, EXECUTE).sendJsonObject(job).await();
    }

    private HttpRequest<Buffer> request(HttpMethod method, String path) {
        return gateway.request(method, path).bearerTokenAuthentication(ada);
    }
}
