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
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lyceum.gateway.TestGateway;
import lyceum.gateway.stream.Conversation;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.sandbox.Outcome;
import lyceum.sandbox.Run;
import lyceum.sandbox.Run.Priority;
import lyceum.sandbox.SandboxService.Accepted;
import lyceum.sandbox.SandboxService.Done;
import lyceum.sandbox.SandboxService.FindSubmissions;
import lyceum.sandbox.SandboxService.Order;
import lyceum.sandbox.SandboxService.RemoveSubmission;
import lyceum.sandbox.SandboxService.SubmissionList;
import lyceum.sandbox.SandboxService.Submit;
import lyceum.sandbox.Submission;
import lyceum.sandbox.Submission.State;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that are fetched later, with a sandbox that answers as it is told. */
class SandboxSubmissionRoutesTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final JsonObject HELLO =
            new JsonObject().put("language", "python3").put("source", "print(1)");

    private static final String BEGUN = """
            {"id":"begun","state":"running","submittedAt":"2026-03-01T12:00:00Z","endedAt":null,"outcome":null}""";

    private SandboxFixture fixture;

    @BeforeEach
    void start() {
        fixture = new SandboxFixture(Map.of("LYCEUM_SANDBOX_BATCH_LIMIT", "3"));
        fixture.sandbox
                .on(
                        Submit.class,
                        order -> Future.succeededFuture(new Accepted(StoredSubmissions.runs(order).stream()
                                .map(Run::id)
                                .toList())))
                .on(FindSubmissions.class, question -> Future.succeededFuture(find(question)));
    }

    /** There are two, and they are Ada's. */
    private static SubmissionList find(FindSubmissions question) {
        return new SubmissionList(Stream.of(
                        submission("begun", State.RUNNING, null),
                        submission("ended", State.ENDED, SandboxFixture.ACCEPTED))
                .filter(each -> question.caller().equals("ada"))
                .filter(each -> question.tokens().contains(each.token()))
                .toList());
    }

    private static Submission submission(String token, State state, Outcome outcome) {
        return new Submission(token, null, state, outcome, NOON, outcome == null ? null : NOON.plusMillis(5));
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/api"})
    void submitsARunThatIsNotWaitedFor(String prefix) {
        HttpResponse<Buffer> response = fixture.post(prefix + "/sandbox/runs?wait=false", HELLO);

        Submit order = fixture.sandbox.asked(Submit.class).get(0);
        Run run = order.orders().get(0).run();
        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.getHeader("Location")).isEqualTo(prefix + "/sandbox/runs/" + run.id());
        assertThat(response.bodyAsJsonObject())
                .isEqualTo(new JsonObject().put("id", run.id()).put("state", "queued"));
        assertThat(run.id()).hasSize(36);
        assertThat(run.caller()).isEqualTo("ada");
        assertThat(run.priority()).isEqualTo(Priority.INTERACTIVE);
        assertThat(run.program().files().get(0).content()).isEqualTo(Buffer.buffer("print(1)"));
        assertThat(order).isEqualTo(Submit.of(List.of(run), ""));
    }

    @Test
    void passesAWebhookOn() {
        fixture.post("/sandbox/runs?wait=false", HELLO.copy().put("webhook", "https://x.example/y"));
        fixture.post("/sandbox/batches", batch(1).put("webhook", "https://x.example/z"));

        assertThat(fixture.sandbox.asked(Submit.class))
                .flatExtracting(Submit::orders)
                .extracting(Order::webhook)
                .containsExactly("https://x.example/y", "https://x.example/z");
    }

    @Test
    void leavesASubmissionAloneWhoseCallerGoesAway() {
        fixture.sandbox.on(Submit.class, any -> Promise.<Accepted>promise().future());
        try (Conversation client = new Conversation(fixture.gateway)) {
            client.say("POST /sandbox/runs?wait=false HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                    + "Authorization: Bearer %s\r\nContent-Length: %d\r\n\r\n%s"
                            .formatted(fixture.token, HELLO.toBuffer().length(), HELLO));
            Awaitility.await().until(() -> fixture.sandbox.asked().size() == 1);
        }

        Awaitility.await().during(Duration.ofMillis(200)).until(fixture.cancelled::isEmpty);
    }

    @Test
    void tellsWhatBecameOfASubmission() {
        JsonObject ended = fixture.get("/sandbox/runs/ended").bodyAsJsonObject();

        assertThat(fixture.get("/sandbox/runs/begun").bodyAsString()).isEqualTo(BEGUN);
        assertThat(ended.getString("state")).isEqualTo("ended");
        assertThat(ended.getString("endedAt")).isEqualTo("2026-03-01T12:00:00.005Z");
        assertThat(ended.getJsonObject("outcome").getString("id")).isEqualTo("ended");
        assertThat(ended.getJsonObject("outcome").getString("verdict")).isEqualTo("accepted");
        assertThat(ended.getJsonObject("outcome").getString("stdout")).isEqualTo("é\0\n");
    }

    @Test
    void doesNotFindWhatIsUnknownOrSomebodyElses() {
        String eve = TestGateway.token(fixture.gateway.vertx, "eve");
        HttpResponse<Buffer> others = fixture.gateway
                .get("/sandbox/runs/ended")
                .bearerTokenAuthentication(eve)
                .send()
                .await();
        JsonObject notFound = SandboxFixture.problem(404, "Not Found", "no such run");

        assertThat(fixture.get("/sandbox/runs/other").bodyAsJsonObject()).isEqualTo(notFound);
        assertThat(others.bodyAsJsonObject()).isEqualTo(notFound);
        assertThat(fixture.sandbox.asked(FindSubmissions.class)).contains(new FindSubmissions("eve", List.of("ended")));
    }

    @Test
    void removesASubmission() {
        fixture.sandbox.on(RemoveSubmission.class, new Done());

        HttpResponse<Buffer> response =
                fixture.request(HttpMethod.DELETE, "/sandbox/runs/ended").send().await();

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.body()).isNull();
        assertThat(fixture.sandbox.asked()).containsExactly(new RemoveSubmission("ada", "ended"));
    }

    @Test
    void removesNothingThatIsNotThere() {
        fixture.sandbox.on(RemoveSubmission.class, any -> Future.failedFuture(Failure.notFound("no such submission")));

        assertThat(fixture.request(HttpMethod.DELETE, "/sandbox/runs/other")
                        .send()
                        .await()
                        .bodyAsJsonObject())
                .isEqualTo(SandboxFixture.problem(404, "Not Found", "no such submission"));
    }

    @Test
    void submitsABatchBehindThoseWhoSitBeforeAScreen() {
        JsonObject batch = batch(3);
        batch.getJsonArray("runs")
                .getJsonObject(1)
                .put("priority", "interactive")
                .put("language", "c");

        HttpResponse<Buffer> response = fixture.post("/sandbox/batches", batch);

        List<Run> runs =
                StoredSubmissions.runs(fixture.sandbox.asked(Submit.class).get(0));
        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.bodyAsJsonObject())
                .isEqualTo(new JsonObject()
                        .put("ids", new JsonArray(runs.stream().map(Run::id).toList())));
        assertThat(runs).extracting(Run::id).doesNotHaveDuplicates();
        assertThat(runs)
                .extracting(Run::priority)
                .containsExactly(Priority.BATCH, Priority.INTERACTIVE, Priority.BATCH);
        assertThat(runs).extracting(run -> run.program().language()).containsExactly("python3", "c", "python3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | runs has 0 items, not 1 to 3",
                "{'runs':[]} | runs has 0 items, not 1 to 3",
                "{'runs':[{'language':'a'},{'language':'a'},{'language':'a'},{'language':'a'}]} | runs has 4 items, not 1 to 3",
                "{'runs':[{'language':'a'},{'langauge':'a'}]} | runs[1].language is missing",
                "{'runs':[{'language':'a','webhook':'http://x'}]} | runs[0].webhook is not known here",
                "{'runs':[{'language':'a','files':[{'content':1}]}]} | runs[0].files[0].content is not a text",
                "{'runs':[{'language':'a'}],'webhook':1} | webhook is not a text",
                "{'runs':[{'language':'a'}],'wait':false} | wait is not known here"
            })
    void refusesABatchThatBreaksARule(String body, String detail) {
        HttpResponse<Buffer> response = fixture.post("/sandbox/batches", Buffer.buffer(body.replace('\'', '"')));

        assertThat(response.bodyAsJsonObject()).isEqualTo(SandboxFixture.problem(400, "Bad Request", detail));
        assertThat(fixture.sandbox.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sandbox/batches", "/sandbox/runs?wait=false"})
    void saysWhatTheSandboxRefuses(String path) {
        fixture.sandbox.on(Submit.class, any -> Future.failedFuture(new Failure(Kind.UNAVAILABLE, "no store")));

        HttpResponse<Buffer> response = fixture.post(path, path.endsWith("s") ? batch(1) : HELLO);

        assertThat(response.getHeader("Retry-After")).isEqualTo("1");
        assertThat(response.bodyAsJsonObject())
                .isEqualTo(SandboxFixture.problem(503, "Service Unavailable", "no store"));
    }

    @Test
    void boundsTheBodyOfABatch() {
        try (SandboxFixture small = new SandboxFixture(Map.of("LYCEUM_SANDBOX_BODY_LIMIT", "20"))) {
            assertThat(small.post("/sandbox/batches", batch(1)).statusCode()).isEqualTo(413);
            assertThat(small.post("/sandbox/runs?wait=false", HELLO).statusCode())
                    .isEqualTo(413);
        }
    }

    @Test
    void tellsOfManyInTheOrderOfTheQuestion() {
        HttpResponse<Buffer> response = fixture.get("/sandbox/batches?ids=begun,other,ended");

        JsonArray runs = response.bodyAsJsonObject().getJsonArray("runs");
        assertThat(response.getHeader("Content-Type")).isEqualTo("application/json");
        assertThat(runs.getJsonObject(0)).isEqualTo(new JsonObject(BEGUN));
        assertThat(runs.getValue(1)).isNull();
        assertThat(runs.getJsonObject(2))
                .isEqualTo(fixture.get("/sandbox/runs/ended").bodyAsJsonObject());
        assertThat(runs).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?ids=", "?ids=,", "?ids=a,,b", "?ids=a,b,", "?ids=a,b,c,d"})
    void refusesAListOfIdsThatIsNone(String query) {
        assertThat(fixture.get("/sandbox/batches" + query).bodyAsJsonObject())
                .isEqualTo(
                        SandboxFixture.problem(400, "Bad Request", "ids are not 1 to 3 ids with commas between them"));
        assertThat(fixture.sandbox.asked()).isEmpty();
    }

    @Test
    void refusesAsAWholeWhereEvenTheFirstOneCannotBeAskedFor() {
        fixture.sandbox.on(
                FindSubmissions.class, any -> Future.failedFuture(new Failure(Kind.UNAVAILABLE, "no store")));

        assertThat(fixture.get("/sandbox/batches?ids=a,b").bodyAsJsonObject())
                .isEqualTo(SandboxFixture.problem(503, "Service Unavailable", "no store"));
    }

    @Test
    void breaksAnAnswerOffThatCannotBeFinished() {
        fixture.sandbox.on(
                FindSubmissions.class,
                question -> question.tokens().contains("lost")
                        ? Future.failedFuture(new Failure(Kind.UNAVAILABLE, "no store"))
                        : Future.succeededFuture(find(question)));
        try (Conversation client = new Conversation(fixture.gateway)) {
            client.say("GET /sandbox/batches?ids=begun,lost HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                    + fixture.token + "\r\n\r\n");

            assertThat(client.everything()).contains("\"begun\"").doesNotContain("]}");
        }
    }

    private static JsonObject batch(int size) {
        List<JsonObject> runs =
                Collections.nCopies(size, HELLO).stream().map(JsonObject::copy).toList();
        return new JsonObject().put("runs", new JsonArray(runs));
    }
}
