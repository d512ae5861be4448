package lyceum.gateway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import lyceum.gateway.stream.Conversation;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.sandbox.Limits;
import lyceum.sandbox.Outcome;
import lyceum.sandbox.Outcome.Output;
import lyceum.sandbox.Outcome.Usage;
import lyceum.sandbox.Program;
import lyceum.sandbox.Program.Directory;
import lyceum.sandbox.Run;
import lyceum.sandbox.Run.Priority;
import lyceum.sandbox.Run.Streams;
import lyceum.sandbox.SandboxService.Cancellation;
import lyceum.sandbox.SourceFile;
import lyceum.sandbox.Verdict;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that are waited for, with a sandbox that answers as it is told. */
class SandboxRunRoutesTest {

    private static final JsonObject HELLO =
            new JsonObject().put("language", "python3").put("source", "print('é')");

    private SandboxFixture fixture;

    @BeforeEach
    void start() {
        fixture = new SandboxFixture(Map.of());
        fixture.sandbox.on(Run.class, SandboxFixture.ACCEPTED);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void runsAShortOrderWithWhatTheLanguageHas() {
        fixture.post("/sandbox/runs", HELLO);

        assertThat(run())
                .isEqualTo(new Run(
                        run().id(),
                        "ada",
                        Priority.INTERACTIVE,
                        new Program(
                                "python3",
                                List.of(new SourceFile("", Buffer.buffer("print('é')"))),
                                List.of(),
                                Map.of(),
                                Directory.OWN),
                        Buffer.buffer(),
                        Streams.APART,
                        Limits.OF_LANGUAGE,
                        Limits.OF_LANGUAGE,
                        List.of()));
        assertThat(run().id()).hasSize(36);
    }

    @Test
    void passesOnAllThatIsAskedFor() {
        fixture.post("/api/sandbox/runs?wait=true", Buffer.buffer("""
                {"language":"c++","files":[{"content":"int main(){}"},{"name":"d/a.h","content":"/w==","encoding":"base64"}],
                 "arguments":["-x","ü"],"environment":{"A":"b","C":""},"stdin":"00ff","stdinEncoding":"hex",
                 "streams":"joined","priority":"batch","collect":["out.txt","d/b"],
                 "limits":{"wallTimeMillis":1500,"cpuTimeMillis":1,"memoryBytes":2,"processes":3,"fileBytes":4,
                           "outputBytes":5},
                 "compileLimits":{"memoryBytes":9223372036854775807}}"""));

        assertThat(run())
                .isEqualTo(new Run(
                        run().id(),
                        "ada",
                        Priority.BATCH,
                        new Program(
                                "c++",
                                List.of(
                                        new SourceFile("", Buffer.buffer("int main(){}")),
                                        new SourceFile("d/a.h", Buffer.buffer(new byte[] {(byte) 0xFF}))),
                                List.of("-x", "ü"),
                                Map.of("A", "b", "C", ""),
                                Directory.OWN),
                        Buffer.buffer(new byte[] {0, (byte) 0xFF}),
                        Streams.JOINED,
                        new Limits(Duration.ofMillis(1500), Duration.ofMillis(1), 2, 3, 4, 5, 0, 5),
                        new Limits(Duration.ZERO, Duration.ZERO, Long.MAX_VALUE, 0, 0, 0, 0, 0),
                        List.of("out.txt", "d/b")));
    }

    @Test
    void leavesItToTheInterpreterToReadItsProgram() {
        fixture.post(
                "/sandbox/runs", new JsonObject().put("language", "python3").put("stdin", "print(1)"));

        assertThat(run().program().files()).isEmpty();
        assertThat(run().stdin()).isEqualTo(Buffer.buffer("print(1)"));
    }

    @Test
    void tellsHowAProgramEnded() {
        HttpResponse<Buffer> response = fixture.post("/sandbox/runs", HELLO);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.getHeader("Content-Type")).isEqualTo("application/json");
        assertThat(response.bodyAsJsonObject()).isEqualTo(new JsonObject("""
                {"id":"%s","verdict":"accepted","exitCode":0,"signal":0,
                 "stdout":"é\\u0000\\n","stdoutBytes":4,"stdoutTruncated":false,
                 "stderr":"/w==","stderrEncoding":"base64","stderrBytes":9,"stderrTruncated":true,
                 "wallTimeMillis":7,"cpuTimeMillis":5,"peakMemoryBytes":4096,"queuedMillis":2,"compilation":null,
                 "files":[{"name":"a.txt","content":"text","encoding":"utf8"},
                          {"name":"a.bin","content":"ww==","encoding":"base64"}]}""".formatted(run().id())));
    }

    @Test
    void tellsWhatTheCompilerSaid() {
        fixture.sandbox.on(Run.class, SandboxFixture.NOT_COMPILED);

        JsonObject answer = fixture.post("/sandbox/runs", HELLO).bodyAsJsonObject();

        assertThat(answer.getString("verdict")).isEqualTo("compile_error");
        assertThat(answer.getJsonObject("compilation")).isEqualTo(new JsonObject("""
                {"verdict":"runtime_error","exitCode":1,"signal":0,
                 "output":"no ;","outputBytes":4,"outputTruncated":false,
                 "wallTimeMillis":30,"cpuTimeMillis":20,"peakMemoryBytes":8192}"""));
    }

    @Test
    void carriesMegabytesBothWays() {
        byte[] bytes = new byte[3 << 20];
        Arrays.fill(bytes, (byte) 'x');
        bytes[1 << 20] = (byte) 0x80;
        fixture.sandbox.on(Run.class, run -> Future.succeededFuture(echo(run)));

        HttpResponse<Buffer> response = fixture.post(
                "/sandbox/runs",
                new JsonObject().put("language", "cat").put("stdin", bytes).put("stdinEncoding", "base64"));

        assertThat(response.bodyAsJsonObject().getBinary("stdout")).isEqualTo(bytes);
        assertThat(response.bodyAsJsonObject().getString("stdoutEncoding")).isEqualTo("base64");
    }

    /** As text, each of them would be six bytes. */
    @Test
    void carriesMegabytesOfZerosInBase64() {
        fixture.sandbox.on(Run.class, run -> Future.succeededFuture(echo(run)));

        HttpResponse<Buffer> response = fixture.post(
                "/sandbox/runs",
                new JsonObject()
                        .put("language", "cat")
                        .put("stdin", new byte[3 << 20])
                        .put("stdinEncoding", "base64"));

        assertThat(response.bodyAsJsonObject().getBinary("stdout")).isEqualTo(new byte[3 << 20]);
        assertThat(response.body().length()).isLessThan(5 << 20);
    }

    private static Outcome echo(Run run) {
        Output output = new Output(run.stdin(), run.stdin().length(), false);
        return new Outcome(Verdict.ACCEPTED, 0, 0, output, Output.NONE, Usage.NONE, null, List.of(), 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'source':'x'} | language is missing",
                "{'language':1} | language is not a text",
                "{'language':'c','code':'x'} | code is not known here",
                "{'language':'c','source':'x','files':[]} | source is there beside files",
                "{'language':'c','source':['x']} | source is not a text",
                "{'language':'c','source':'\\ud800'} | source has half a character",
                "{'language':'c','files':{}} | files is not a list",
                "{'language':'c','files':[{}]} | files[0].content is missing",
                "{'language':'c','files':[{'content':''},{'content':''}]} | files[1].name is missing",
                "{'language':'c','files':[{'content':'','mode':7}]} | files[0].mode is not known here",
                "{'language':'c','files':[{'content':'','encoding':'gzip'}]} | files[0].encoding is not one of base64, hex, utf8",
                "{'language':'c','files':[{'content':'=','encoding':'base64'}]} | files[0].content is not base64",
                "{'language':'c','files':[{'content':'abc','encoding':'hex'}]} | files[0].content is not hexadecimal",
                "{'language':'c','stdin':'+','stdinEncoding':'hex'} | stdin is not hexadecimal",
                "{'language':'c','stdinEncoding':'hex'} | stdinEncoding is there without stdin",
                "{'language':'c','arguments':[1]} | arguments[0] is not a text",
                "{'language':'c','environment':{'A':null}} | environment.A is not a text",
                "{'language':'c','streams':'both'} | streams is not one of apart, joined",
                "{'language':'c','priority':'high'} | priority is not one of batch, interactive",
                "{'language':'c','collect':'a'} | collect is not a list",
                "{'language':'c','limits':{'cpuTimeMillis':0}} | limits.cpuTimeMillis is 0, not within 1..9223372036854775807",
                "{'language':'c','limits':{'wallTimeMillis':1.5}} | limits.wallTimeMillis is not a whole number of 64 bits",
                "{'language':'c','limits':{'processes':2147483648}} | limits.processes is 2147483648, not within 1..2147483647",
                "{'language':'c','limits':{'outputBytes':-1}} | limits.outputBytes is -1, not within 1..2147483647",
                "{'language':'c','limits':{'stack':1}} | limits.stack is not known here",
                "{'language':'c','compileLimits':7} | compileLimits is not an object",
                "{'language':'c','webhook':'http://x/'} | webhook is for runs that are not waited for, with wait=false",
                "{'language' | this is not JSON, or a name is there twice: line 1, column 12",
                "[] | the JSON is not an object"
            })
    void refusesAnOrderThatBreaksARule(String body, String detail) {
        HttpResponse<Buffer> response = fixture.post("/sandbox/runs", Buffer.buffer(body.replace('\'', '"')));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.getHeader("Content-Type")).isEqualTo("application/problem+json");
        assertThat(response.bodyAsJsonObject()).isEqualTo(SandboxFixture.problem(400, "Bad Request", detail));
        assertThat(fixture.sandbox.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no", "TRUE", "1"})
    void refusesToGuessWhetherToWait(String wait) {
        HttpResponse<Buffer> response = fixture.post("/sandbox/runs?wait=" + wait, HELLO);

        assertThat(response.bodyAsJsonObject())
                .isEqualTo(SandboxFixture.problem(400, "Bad Request", "wait is neither true nor false"));
    }

    @Test
    void refusesABodyBeyondTheLimit() {
        try (SandboxFixture small = new SandboxFixture(Map.of("LYCEUM_SANDBOX_BODY_LIMIT", "50"))) {
            small.sandbox.on(Run.class, SandboxFixture.ACCEPTED);
            String body = "{\"language\":\"python3\",\"source\":\"%s\"}";
            String fits = body.formatted("x".repeat(50 - body.length() + 2));

            assertThat(small.post("/sandbox/runs", Buffer.buffer(fits)).statusCode())
                    .isEqualTo(200);
            assertThat(small.post("/sandbox/runs", Buffer.buffer(fits + " ")).bodyAsJsonObject())
                    .isEqualTo(
                            SandboxFixture.problem(413, "Request Entity Too Large", "the body has more than 50 bytes"));
        }
    }

    @Test
    void hangsUpOnABodyThatGoesOnForEver() {
        try (SandboxFixture small = new SandboxFixture(Map.of("LYCEUM_SANDBOX_BODY_LIMIT", "50"));
                Conversation client = new Conversation(small.gateway)) {
            client.say(request(small.token, 1 << 30) + "x".repeat(64 << 20));

            assertThat(client.everything()).contains("HTTP/1.1 413 ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/jsonx"})
    void refusesWhatIsNotSaidToBeJson(String contentType) {
        HttpResponse<Buffer> response = fixture.request(HttpMethod.POST, "/sandbox/runs")
                .putHeader("Content-Type", contentType)
                .sendBuffer(HELLO.toBuffer())
                .await();

        assertThat(response.bodyAsJsonObject())
                .isEqualTo(SandboxFixture.problem(
                        415, "Unsupported Media Type", "the Content-Type is not application/json"));
    }

    @Test
    void readsJsonThatNamesItsCharset() {
        HttpResponse<Buffer> response = fixture.request(HttpMethod.POST, "/sandbox/runs")
                .putHeader("Content-Type", "Application/JSON; charset=utf-8")
                .sendBuffer(HELLO.toBuffer())
                .await();

        assertThat(response.statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "INVALID,400,Bad Request",
        "NOT_FOUND,404,Not Found",
        "CONFLICT,409,Conflict",
        "BUSY,503,Service Unavailable",
        "UNAVAILABLE,503,Service Unavailable"
    })
    void saysWhatTheSandboxRefuses(Kind kind, int status, String title) {
        fixture.sandbox.on(Run.class, any -> Future.failedFuture(new Failure(kind, "because")));

        HttpResponse<Buffer> response = fixture.post("/sandbox/runs", HELLO);

        assertThat(response.bodyAsJsonObject()).isEqualTo(SandboxFixture.problem(status, title, "because"));
        assertThat(response.getHeader("Retry-After")).isEqualTo(status == 503 ? "1" : null);
    }

    @Test
    void tellsNothingOfADefect() {
        fixture.sandbox.on(Run.class, any -> Future.failedFuture(new IllegalStateException("secret")));

        assertThat(fixture.post("/sandbox/runs", HELLO).bodyAsString())
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Internal Server Error\",\"status\":500}");
    }

    @Test
    void cancelsARunThatTakesTooLong() {
        try (SandboxFixture hasty = new SandboxFixture(Map.of("LYCEUM_SANDBOX_REPLY_TIMEOUT", "50ms"))) {
            hasty.sandbox.on(Run.class, any -> Promise.<Outcome>promise().future());

            assertThat(hasty.post("/sandbox/runs", HELLO).statusCode()).isEqualTo(503);

            String id = hasty.sandbox.asked(Run.class).get(0).id();
            Awaitility.await().until(() -> hasty.cancelled.equals(List.of(new Cancellation(id))));
        }
    }

    @Test
    void cancelsARunWhoseCallerGoesAway() {
        fixture.sandbox.on(Run.class, any -> Promise.<Outcome>promise().future());
        try (Conversation client = new Conversation(fixture.gateway)) {
            client.say(request(fixture.token, HELLO.toBuffer().length()) + HELLO.encode());
            Awaitility.await().until(() -> fixture.sandbox.asked().size() == 1);
            assertThat(fixture.cancelled).isEmpty();
        }

        Awaitility.await().until(() -> fixture.cancelled.equals(List.of(new Cancellation(run().id()))));
    }

    @Test
    void beginsNothingForACallerWhoLeavesInMidSentence() {
        try (Conversation client = new Conversation(fixture.gateway)) {
            client.say(request(fixture.token, 1_000).replace("\r\n\r\n", "\r\nExpect: 100-continue\r\n\r\n") + "{");
            client.hear("100 Continue");
        }

        Awaitility.await().until(() -> fixture.cancelled.size() == 1);
        assertThat(fixture.sandbox.asked()).isEmpty();
    }

    @Test
    void cancelsNothingThatWasAnswered() {
        try (Conversation client = new Conversation(fixture.gateway)) {
            client.say(request(fixture.token, HELLO.toBuffer().length()) + HELLO.encode());
            client.hear("peakMemoryBytes");
        }

        Awaitility.await().during(Duration.ofMillis(200)).until(fixture.cancelled::isEmpty);
    }

    @Test
    void givesEachRunAnIdOfItsOwn() {
        JsonArray ids = new JsonArray();
        for (int i = 0; i < 3; i++) {
            ids.add(fixture.post("/sandbox/runs", HELLO).bodyAsJsonObject().getString("id"));
        }

        assertThat(ids).doesNotHaveDuplicates();
        assertThat(fixture.sandbox.asked(Run.class)).extracting(Run::id).isEqualTo(ids.getList());
    }

    private Run run() {
        return fixture.sandbox.asked(Run.class).get(0);
    }

    private static String request(String token, int length) {
        return "POST /sandbox/runs HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAuthorization: Bearer "
                + token + "\r\nContent-Length: " + length + "\r\n\r\n";
    }
}
