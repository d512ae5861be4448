package lyceum.gateway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import lyceum.gateway.TestGateway;
import lyceum.gateway.access.Caller;
import lyceum.gateway.access.JwtSecret;
import lyceum.gateway.access.Tokens;
import lyceum.gateway.stream.Conversation;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.sandbox.Outcome;
import lyceum.sandbox.Run;
import lyceum.sandbox.Run.Priority;
import lyceum.sandbox.SandboxService.FindSubmissions;
import lyceum.sandbox.SandboxService.ListLanguages;
import lyceum.sandbox.SandboxService.Order;
import lyceum.sandbox.SandboxService.Submit;
import lyceum.sandbox.Verdict;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Judge0's protocol over HTTP, with a sandbox that stores submissions and ends them as it is told. */
class Judge0RoutesTest {

    private static final String SUBMISSIONS = "/judge0/submissions";

    private TestGateway gateway;
    private StoredSubmissions store;
    private String ada;

    @BeforeEach
    void start() {
        gateway = new TestGateway(Map.of());
        store = new StoredSubmissions(gateway.vertx);
        ada = token("ada");
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void givesATokenWithWhichTheOutcomeIsFetched() {
        HttpResponse<Buffer> created = post(SUBMISSIONS, order().put("expected_output", "hello "));
        String token = created.bodyAsJsonObject().getString("token");

        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.bodyAsJsonObject().fieldNames()).containsExactly("token");
        assertThat(created.getHeader("Content-Type")).isEqualTo("application/json; charset=utf-8");
        assertThat(get(SUBMISSIONS + '/' + token).bodyAsJsonObject().getJsonObject("status"))
                .isEqualTo(status(1, "In Queue"));

        store.end(token, SandboxExamples.accepted("hello\n"));

        JsonObject told = get(SUBMISSIONS + '/' + token).bodyAsJsonObject();
        assertThat(told.getString("stdout")).isEqualTo("hello\n");
        assertThat(told.getJsonObject("status")).isEqualTo(status(3, "Accepted"));
    }

    @Test
    void submitsForTheCallerOfTheToken() {
        post(SUBMISSIONS, order().put("callback_url", "https://example.org/hook"));

        Submit submit = store.asked(Submit.class).get(0);
        assertThat(submit.orders()).extracting(Order::webhook).containsExactly("https://example.org/hook");
        assertThat(StoredSubmissions.runs(submit))
                .singleElement()
                .extracting(Run::caller, Run::priority)
                .containsExactly("ada", Priority.BATCH);
    }

    @Test
    void keepsSubmissionsFromOtherCallers() {
        String path = SUBMISSIONS + '/' + created();
        ada = token("eve");

        assertThat(get(path).statusCode()).isEqualTo(404);
        assertThat(get(path).bodyAsString()).isEqualTo("{\"error\":\"Not Found\"}");
        assertThat(send(HttpMethod.DELETE, path).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/judge0/submissions", "/judge0/submissions/", "/api/judge0/submissions"})
    void acceptsASlashAtTheEndOfAPath(String path) {
        assertThat(post(path, order()).statusCode()).isEqualTo(201);
    }

    @Test
    void acceptsTheTokenOfJudge0sClients() {
        HttpResponse<Buffer> response = gateway.get("/judge0/about")
                .putHeader("X-Auth-Token", ada)
                .send()
                .await();

        assertThat(response.statusCode()).isEqualTo(200);
    }

    @Test
    void waitsForTheEndWhereItIsAskedTo() {
        Future<HttpResponse<Buffer>> answer =
                request(HttpMethod.POST, SUBMISSIONS + "?wait=true").sendJsonObject(order());
        Awaitility.await().until(() -> store.tokens().size() == 1);

        store.end(store.tokens().get(0), SandboxExamples.accepted("hello\n"));

        assertThat(answer.await().statusCode()).isEqualTo(201);
        assertThat(answer.await().bodyAsJsonObject().encode())
                .isEqualTo(
                        "{\"stdout\":\"hello\\n\",\"time\":\"0.012\",\"memory\":9000,\"stderr\":null,\"token\":\"%s\","
                                        .formatted(store.tokens().get(0))
                                + "\"compile_output\":null,\"message\":null,\"status\":{\"id\":3,\"description\":\"Accepted\"}}");
        assertThat(StoredSubmissions.runs(store.asked(Submit.class).get(0))
                        .get(0)
                        .priority())
                .isEqualTo(Priority.INTERACTIVE);
    }

    @Test
    void tellsHowFarASubmissionIsWhenTheTimeToWaitIsOver() {
        restart(Map.of(
                "LYCEUM_CODE_TIME_LIMIT", "1ms",
                "LYCEUM_SANDBOX_REPLY_TIMEOUT", "1ms",
                "LYCEUM_HTTP_IDLE_TIMEOUT", "400ms"));

        HttpResponse<Buffer> response = post(SUBMISSIONS + "?wait=true&fields=status_id", order());

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.bodyAsString()).isEqualTo("{\"status_id\":1}");
    }

    @Test
    void stopsLookingWhereTheClientIsGone() {
        try (Conversation client = new Conversation(gateway)) {
            String body = order().encode();
            client.say("POST /judge0/submissions?wait=true HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n"
                            .formatted(ada)
                    + "Content-Length: %d\r\n\r\n%s".formatted(body.length(), body));
            Awaitility.await().until(() -> store.looks() > 1);
        }

        AtomicInteger looks = new AtomicInteger();
        Awaitility.await()
                .pollInterval(Duration.ofMillis(1_500))
                .until(() -> looks.getAndSet(store.looks()) == store.looks());
    }

    @Test
    void tellsOfTextsThatAreNoneByTheirToken() {
        Outcome outcome = SandboxExamples.outcome(
                Verdict.ACCEPTED, 0, 0, Buffer.buffer(new byte[] {(byte) 0xFE}), Buffer.buffer());
        store.endAllWith(outcome);

        JsonObject waited = post(SUBMISSIONS + "?wait=true", order()).bodyAsJsonObject();
        String path = SUBMISSIONS + '/' + waited.getString("token");

        String text = "some attributes for this submission cannot be converted to UTF-8,"
                + " use base64_encoded=true query parameter";
        assertThat(waited.getString("error")).isEqualTo(text);
        assertThat(get(path).statusCode()).isEqualTo(400);
        assertThat(get(path).bodyAsString()).isEqualTo("{\"error\":\"%s\"}".formatted(text));
        assertThat(get(path + "?base64_encoded=true").bodyAsJsonObject().getString("stdout"))
                .isEqualTo("/g==\n");
        assertThat(get("/judge0/submissions/batch?tokens=" + waited.getString("token"))
                        .bodyAsJsonObject()
                        .getString("error"))
                .isEqualTo("some attributes for one or more submissions cannot be converted to UTF-8,"
                        + " use base64_encoded=true query parameter");
    }

    @Test
    void readsBase64WhereItIsAskedTo() {
        JsonObject order = order().put("source_code", "cHJpbnQoMSk=").put("stdin", "/w==");

        assertThat(post(SUBMISSIONS + "?base64_encoded=true", order).statusCode())
                .isEqualTo(201);

        Run run = StoredSubmissions.runs(store.asked(Submit.class).get(0)).get(0);
        assertThat(run.program().files().get(0).content()).isEqualTo(Buffer.buffer("print(1)"));
        assertThat(run.stdin().getBytes()).containsExactly(0xFF);
    }

    @Test
    void saysWhatIsWrongWithASubmission() {
        HttpResponse<Buffer> response = post(SUBMISSIONS, order().put("wall_time_limit", 100_000));

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.bodyAsString()).isEqualTo("{\"wall_time_limit\":[\"must be less than or equal to 20\"]}");
        assertThat(post(SUBMISSIONS, new JsonObject()).bodyAsString())
                .isEqualTo("{\"source_code\":[\"can't be blank\"],"
                        + "\"language_id\":[\"can't be blank\",\"language with id  doesn't exist\"]}");
        assertThat(store.asked(Submit.class)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "1", "{", "source_code=x"})
    void refusesABodyThatIsNoObject(String body) {
        HttpResponse<Buffer> response = request(HttpMethod.POST, SUBMISSIONS)
                .sendBuffer(Buffer.buffer(body))
                .await();

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.bodyAsString()).isEqualTo("{\"error\":\"the body is not a JSON object\"}");
    }

    @Test
    void refusesALongBody() {
        HttpResponse<Buffer> response = post(SUBMISSIONS, order().put("stdin", "x".repeat(8 << 20)));

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.bodyAsString()).isEqualTo("{\"error\":\"Request Entity Too Large\"}");
    }

    @Test
    void refusesUnknownFields() {
        String path = SUBMISSIONS + '/' + created();

        for (HttpResponse<Buffer> response : List.of(
                get(path + "?fields=a,stdout,b"),
                send(HttpMethod.DELETE, path + "?fields=a,b"),
                get("/judge0/submissions/batch?tokens=x&fields=a,b"),
                post(SUBMISSIONS + "?fields=a,b", order()))) {
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(response.bodyAsString()).isEqualTo("{\"error\":\"invalid fields: [a, b]\"}");
        }
    }

    @Test
    void saysThatTheQueueIsFull() {
        store.refuse(new Failure(Kind.BUSY, "too many submissions are waiting already"));

        for (HttpResponse<Buffer> response : List.of(
                post(SUBMISSIONS, order()),
                post(SUBMISSIONS + "?wait=true", order()),
                post("/judge0/submissions/batch", batch(order())))) {
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.getHeader("Retry-After")).isEqualTo("1");
            assertThat(response.bodyAsString()).isEqualTo("{\"error\":\"queue is full\"}");
        }
    }

    @Test
    void passesOnWhatTheSandboxRefuses() {
        store.refuse(new Failure(Kind.INVALID, "limits.memoryBytes is too much"));

        assertThat(post(SUBMISSIONS, order()).statusCode()).isEqualTo(400);
        assertThat(post(SUBMISSIONS, order()).bodyAsString())
                .isEqualTo("{\"error\":\"limits.memoryBytes is too much\"}");
    }

    @Test
    void createsABatchOfWhatIsRight() {
        HttpResponse<Buffer> response = post(
                "/judge0/submissions/batch",
                batch(order(), order().put("language_id", 123_456_789), order().put("source_code", ""), order()));

        JsonArray rows = response.bodyAsJsonArray();
        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(rows.getJsonObject(1).encode())
                .isEqualTo("{\"language_id\":[\"language with id 123456789 doesn't exist\"]}");
        assertThat(rows.getJsonObject(2).encode()).isEqualTo("{\"source_code\":[\"can't be blank\"]}");
        assertThat(store.tokens())
                .containsExactly(
                        rows.getJsonObject(0).getString("token"),
                        rows.getJsonObject(3).getString("token"));
        assertThat(store.asked(Submit.class)).hasSize(1);
    }

    @Test
    void submitsABatchAtOnceWhereverItsOutcomesAreWanted() {
        post(
                "/judge0/submissions/batch",
                batch(
                        order().put("callback_url", "http://a.org/"),
                        order(),
                        order().put("callback_url", "http://b.org/")));

        assertThat(store.asked(Submit.class))
                .singleElement()
                .satisfies(submit -> assertThat(submit.orders())
                        .extracting(Order::webhook)
                        .containsExactly("http://a.org/", "", "http://b.org/"));
    }

    @Test
    void createsNothingOfABatchThatIsAllWrong() {
        HttpResponse<Buffer> response = post(
                "/judge0/submissions/batch",
                new JsonObject()
                        .put("submissions", new JsonArray().add(1).add(new JsonObject().put("language_id", 71))));

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.bodyAsJsonArray()).hasSize(2);
        assertThat(store.asked(Submit.class)).isEmpty();
    }

    /** Whom the sandbox may call is nothing the gateway knows. */
    @Test
    void tellsOfCallbacksThatTheSandboxRefusesAsOfAnyWrongAttribute() {
        store.on(Submit.class, order -> Future.failedFuture(Failure.invalid("webhook is not at a public address")));
        JsonObject called = order().put("callback_url", "http://10.0.0.1/x");

        HttpResponse<Buffer> one = post(SUBMISSIONS, called);
        HttpResponse<Buffer> several = post("/judge0/submissions/batch", batch(order(), called, new JsonObject()));

        assertThat(one.statusCode()).isEqualTo(422);
        assertThat(one.bodyAsString()).isEqualTo("{\"callback_url\":[\"is not at a public address\"]}");
        assertThat(several.statusCode()).isEqualTo(422);
        assertThat(several.bodyAsJsonArray().getJsonObject(0).encode())
                .isEqualTo("{\"base\":[\"was not created, for a callback_url was refused\"]}");
        assertThat(several.bodyAsJsonArray().getJsonObject(1)).isEqualTo(one.bodyAsJsonObject());
        assertThat(several.bodyAsJsonArray().getJsonObject(2).getJsonArray("source_code"))
                .containsExactly("can't be blank");
    }

    @Test
    void limitsTheSizeOfABatch() {
        JsonObject[] orders = IntStream.range(0, 21).mapToObj(i -> order()).toArray(JsonObject[]::new);
        String most = "{\"error\":\"number of submissions in a batch should be less than or equal to 20\"}";
        String least = "{\"error\":\"there should be at least one submission in a batch\"}";

        assertBad(post("/judge0/submissions/batch", batch(orders)), most);
        assertBad(post("/judge0/submissions/batch", batch()), least);
        assertBad(post("/judge0/submissions/batch", new JsonObject().put("submissions", "x")), least);
        assertBad(get("/judge0/submissions/batch?tokens=" + "x,".repeat(21)), most);
        assertBad(get("/judge0/submissions/batch?tokens=,"), least);
        assertBad(get("/judge0/submissions/batch"), least);
        assertThat(post("/judge0/submissions/batch", batch(Arrays.copyOf(orders, 20)))
                        .statusCode())
                .isEqualTo(201);
    }

    private static void assertBad(HttpResponse<Buffer> response, String body) {
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.bodyAsString()).isEqualTo(body);
    }

    @Test
    void fetchesABatchInTheOrderOfItsTokens() {
        String one = created();
        String two = created();
        store.end(two, SandboxExamples.accepted("2"));
        String expected =
                "{\"submissions\":[{\"stdout\":\"2\",\"token\":\"%s\"},null,{\"stdout\":null,\"token\":\"%s\"}]}"
                        .formatted(two, one);
        String tokens = String.join(",", two, "unknown", one);

        assertThat(get("/judge0/submissions/batch?fields=token,stdout&tokens=" + tokens)
                        .bodyAsString())
                .isEqualTo(expected);
        assertThat(request(HttpMethod.GET, "/judge0/submissions/batch?fields=token,stdout")
                        .putHeader("tokens", tokens)
                        .send()
                        .await()
                        .bodyAsString())
                .isEqualTo(expected);
    }

    @Test
    void fetchesTheSubmissionsOfABatchOneAfterTheOther() {
        String one = created();
        String two = created();

        get("/judge0/submissions/batch?tokens=" + String.join(",", one, two));

        assertThat(store.asked(FindSubmissions.class))
                .extracting(FindSubmissions::tokens)
                .containsExactly(List.of(one), List.of(two));
    }

    @Test
    void forgetsASubmissionAndTellsItALastTimeInBase64() {
        String token = created();
        String path = SUBMISSIONS + '/' + token;
        store.end(token, SandboxExamples.accepted("hello"));

        HttpResponse<Buffer> response = send(HttpMethod.DELETE, path + "?fields=stdout,token");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.bodyAsJsonObject())
                .isEqualTo(new JsonObject().put("stdout", "aGVsbG8=\n").put("token", token));
        assertThat(get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void forgetsNothingThatIsNotOver() {
        String path = SUBMISSIONS + '/' + created();

        assertBad(
                send(HttpMethod.DELETE, path),
                "{\"error\":\"submission cannot be deleted because its status is 1 (In Queue)\"}");
        assertThat(get(path).statusCode()).isEqualTo(200);
    }

    @Test
    void listsLanguages() {
        assertThat(get("/judge0/languages").bodyAsJsonArray())
                .contains(new JsonObject().put("id", 71).put("name", "Python (3.11.2)"));
        assertThat(get("/judge0/languages/all").bodyAsJsonArray())
                .contains(new JsonObject().put("id", 73).put("name", "Rust").put("is_archived", true));
        assertThat(get("/judge0/languages/71").bodyAsJsonObject().getString("source_file"))
                .isEqualTo("main.py");
        assertThat(get("/judge0/languages/1000").statusCode()).isEqualTo(404);
    }

    @Test
    void saysThatTheSandboxIsAway() {
        store.on(ListLanguages.class, any -> Future.failedFuture(new Failure(Kind.UNAVAILABLE, "not now")));

        assertThat(get("/judge0/languages").statusCode()).isEqualTo(503);
        assertThat(post(SUBMISSIONS, order()).bodyAsString()).isEqualTo("{\"error\":\"not now\"}");
    }

    @Test
    void listsStatuses() {
        JsonArray statuses = get("/judge0/statuses").bodyAsJsonArray();

        assertThat(statuses).hasSize(14).contains(status(1, "In Queue"), status(14, "Exec Format Error"));
        assertThat(statuses.getJsonObject(6)).isEqualTo(status(7, "Runtime Error (SIGSEGV)"));
    }

    @Test
    void tellsWhatItIsAndWhatItAllows() {
        JsonObject configuration = get("/judge0/config_info").bodyAsJsonObject();

        assertThat(get("/judge0/about").bodyAsString())
                .isEqualTo("{\"version\":\"1.13.1\",\"homepage\":\"/docs\",\"source_code\":null,"
                        + "\"maintainer\":\"Lyceum\"}");
        assertThat(configuration.getMap())
                .containsEntry("cpu_time_limit", 5.0)
                .containsEntry("max_cpu_time_limit", 15.0)
                .containsEntry("memory_limit", 128_000)
                .containsEntry("max_max_processes_and_or_threads", 64)
                .containsEntry("max_max_file_size", 4_096)
                .containsEntry("max_number_of_runs", 1)
                .containsEntry("allow_enable_network", false)
                .containsEntry("max_submission_batch_size", 20);
    }

    @Test
    void letsPagesOfOtherOriginsAsk() {
        HttpResponse<Buffer> preflight = gateway.request(HttpMethod.OPTIONS, SUBMISSIONS)
                .putHeader("Origin", "https://ide.example.org")
                .putHeader("Access-Control-Request-Method", "POST")
                .putHeader("Access-Control-Request-Headers", "x-auth-token,content-type")
                .send()
                .await();

        assertThat(preflight.statusCode()).isEqualTo(200);
        assertThat(preflight.getHeader("Access-Control-Allow-Headers")).isEqualTo("x-auth-token,content-type");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/judge0/nothing,404,{\"error\":\"Not Found\"}",
        "GET,/judge0/submissions,405,{\"error\":\"Method Not Allowed\"}"
    })
    void wordsWhatIsNotThere(HttpMethod method, String path, int status, String body) {
        HttpResponse<Buffer> response = send(method, path);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.bodyAsString()).isEqualTo(body);
    }

    @Test
    void readsNoBodyOfSomebodyUnknown() {
        try (Conversation client = new Conversation(gateway)) {
            client.say("POST /judge0/submissions HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{");
            client.hear("{\"error\":\"Not authenticated\"}");
        }
    }

    private void restart(Map<String, String> environment) {
        gateway.close();
        gateway = new TestGateway(environment);
        store = new StoredSubmissions(gateway.vertx);
    }

    private String token(String subject) {
        return new Tokens(gateway.vertx, JwtSecret.of(TestGateway.SECRET, "test"), Clock.systemUTC())
                .issue(new Caller(subject, List.of()));
    }

    private String created() {
        return post(SUBMISSIONS, order()).bodyAsJsonObject().getString("token");
    }

    private static JsonObject order() {
        return new JsonObject().put("source_code", "print(1)").put("language_id", 71);
    }

    private static JsonObject batch(JsonObject... orders) {
        return new JsonObject().put("submissions", new JsonArray(List.of(orders)));
    }

    private static JsonObject status(int id, String description) {
        return new JsonObject().put("id", id).put("description", description);
    }

    private HttpResponse<Buffer> get(String path) {
        return send(HttpMethod.GET, path);
    }

    private HttpResponse<Buffer> send(HttpMethod method, String path) {
        return request(method, path).send().await();
    }

    private HttpResponse<Buffer> post(String path, JsonObject body) {
        return request(HttpMethod.POST, path).sendJsonObject(body).await();
    }

    private HttpRequest<Buffer> request(HttpMethod method, String path) {
        return gateway.request(method, path).bearerTokenAuthentication(ada);
    }
}
