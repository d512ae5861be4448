package lyceum.gateway.elicast;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import lyceum.elicast.ElicastService;
import lyceum.elicast.ElicastService.AnswerExercise;
import lyceum.elicast.ElicastService.CancelRun;
import lyceum.elicast.ElicastService.Done;
import lyceum.elicast.ElicastService.RunCode;
import lyceum.elicast.ElicastService.RunResult;
import lyceum.gateway.TestGateway;
import lyceum.gateway.stream.Conversation;
import lyceum.gateway.stream.Scripted;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs and answers over HTTP, with a service that answers as it is told. */
class CodeRoutesTest {

    private TestGateway gateway;
    private Scripted<ElicastService> elicast;

    @BeforeEach
    void start() {
        start(Map.of());
    }

    private void restart(Map<String, String> environment) {
        stop();
        start(environment);
    }

    private void start(Map<String, String> environment) {
        gateway = new TestGateway(environment);
        elicast = new Scripted<>(gateway.vertx, ElicastService.class)
                .on(RunCode.class, new RunResult(3, "a\0\uFFFD", -1))
                .on(AnswerExercise.class, new RunResult(4, "never told", 1))
                .on(CancelRun.class, new Done());
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void tellsHowARunEnded() {
        HttpResponse<Buffer> response = post("/code/run", "code=print(%22%C3%A9%22)%0D%0A");

        assertThat(response.bodyAsJsonObject().encode())
                .isEqualTo("{\"code_run\":{\"id\":3},\"output\":\"a\\u0000\uFFFD\",\"exit_code\":-1}");
        assertThat(elicast.asked(RunCode.class))
                .extracting(RunCode::code)
                .containsExactly(Buffer.buffer("print(\"é\")\r\n"));
    }

    @Test
    void runsAnEmptyProgramButNotAMissingOne() {
        assertThat(post("/code/run", "code=").statusCode()).isEqualTo(200);
        assertThat(post("/code/run", "").bodyAsString()).isEqualTo("400: Bad Request");
    }

    @Test
    void refusesALongProgram() {
        HttpResponse<Buffer> response = post("/code/run", "code=" + "x".repeat((8 << 20) + 1));

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(elicast.asked()).isEmpty();
    }

    @Test
    void runsNothingOfAFormThatIsCutOff() {
        HttpResponse<Buffer> response = gateway.request(HttpMethod.POST, "/code/run")
                .putHeader("Content-Type", "multipart/form-data; boundary=B")
                .sendBuffer(Buffer.buffer(
                        "--B\r\nContent-Disposition: form-data; name=\"code\"\r\n\r\nprint('half of it')\r\n--B"))
                .await();

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.bodyAsString()).isEqualTo("400: Bad Request");
        assertThat(elicast.asked()).isEmpty();
    }

    @Test
    void tellsOfAnAnswerOnlyWhetherItIsRight() {
        HttpResponse<Buffer> response =
                post("/code/answer/12", "ex_id=-3&solve_ots=[%7B%22ts%22:1.50%7D]&code=x&code=second");

        assertThat(response.bodyAsString()).isEqualTo("{\"code_run_exercise\":{\"id\":4},\"exit_code\":1}");
        AnswerExercise asked = elicast.asked(AnswerExercise.class).get(0);
        assertThat(asked)
                .isEqualTo(new AnswerExercise(
                        asked.runId(), 12, -3, "[{\"ts\":1.50}]", Buffer.buffer("x"), "network 127.0.0.1"));
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, 1_234_567_890_123_456_789L, Long.MAX_VALUE})
    void takesAnyExerciseNumberThatCanBeKept(long exercise) {
        post("/code/answer/12", "solve_ots=[]&code=x&ex_id=" + exercise);

        assertThat(elicast.asked(AnswerExercise.class))
                .extracting(AnswerExercise::exerciseId)
                .containsExactly(exercise);
    }

    @ParameterizedTest
    @CsvSource({
        "ex_id=1&solve_ots={},400: Bad Request",
        "ex_id=1&code=x,400: Bad Request",
        "solve_ots=[]&code=x,400: Bad Request",
        "ex_id=1.0&solve_ots=[]&code=x,400: Bad Request",
        "ex_id=&solve_ots=[]&code=x,400: Bad Request",
        "ex_id=9223372036854775808&solve_ots=[]&code=x,400: Bad Request",
        "ex_id=-9223372036854775809&solve_ots=[]&code=x,400: Bad Request",
        "ex_id=12345678901234567890&solve_ots=[]&code=x,400: Bad Request",
        "ex_id=1&solve_ots={}&code=x,solve_ots -- Invliad json format",
        "ex_id=1&solve_ots=[NaN]&code=x,solve_ots -- Invliad json format"
    })
    void refusesAWrongAnswerForm(String form, String text) {
        HttpResponse<Buffer> response = post("/code/answer/12", form);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.bodyAsString()).isEqualTo(text);
        assertThat(elicast.asked()).isEmpty();
    }

    @Test
    void refusesMuchWhileMuchIsUnansweredAndTakesLittleStill() {
        restart(Map.of("LYCEUM_ELICAST_HELD_LIMIT", "256KiB"));
        Promise<RunResult> late = Promise.promise();
        elicast.on(AnswerExercise.class, any -> late.future());
        String much = "ex_id=1&solve_ots=[]&code=" + "x".repeat(256 << 10);
        Future<HttpResponse<Buffer>> held = send("/code/answer/1", much);
        Awaitility.await().until(() -> elicast.asked(AnswerExercise.class).size() == 1);

        HttpResponse<Buffer> refused = post("/code/run", much);

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.getHeader("Retry-After")).isEqualTo("1");
        assertThat(refused.bodyAsString()).isEqualTo("too much is sent at once, please try again");
        assertThat(post("/log/submit", "ticket=x&data=" + "1".repeat(256 << 10)).statusCode())
                .isEqualTo(503);
        assertThat(post("/code/run", "code=" + "x".repeat(16 << 10)).statusCode())
                .isEqualTo(200);
        late.complete(new RunResult(4, "", 0));
        assertThat(held.await().statusCode()).isEqualTo(200);
        assertThat(post("/code/run", much).statusCode()).isEqualTo(200);
    }

    @Test
    void keepsNothingOfAFormThatWasGivenUp() {
        restart(Map.of("LYCEUM_ELICAST_HELD_LIMIT", "256KiB"));
        String much = "code=" + "x".repeat(256 << 10);
        try (Conversation client = new Conversation(gateway)) {
            client.say("POST /code/run HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                    + "Content-Length: 1000000\r\n\r\n" + much);
            Awaitility.await().until(() -> post("/code/run", much).statusCode() == 503);
        }

        Awaitility.await().until(() -> post("/code/run", much).statusCode() == 200);
    }

    @Test
    void asksForAnotherTryWhereTheSandboxIsBusy() {
        elicast.on(RunCode.class, any -> Future.failedFuture(new Failure(Kind.BUSY, "the queue is full")));

        HttpResponse<Buffer> response = post("/code/run", "code=x");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.getHeader("Retry-After")).isEqualTo("1");
        assertThat(response.bodyAsString()).isEqualTo("the queue is full");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/code/run", "/code/answer/1"})
    void cancelsARunWhoseCallerGoesAway(String path) {
        Promise<RunResult> never = Promise.promise();
        elicast.on(RunCode.class, any -> never.future()).on(AnswerExercise.class, any -> never.future());
        String form = "ex_id=1&solve_ots=[]&code=x";

        try (Conversation client = new Conversation(gateway)) {
            client.say(
                    "POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n".formatted(path)
                            + "Content-Length: %d\r\n\r\n%s".formatted(form.length(), form));
            Awaitility.await().until(() -> elicast.asked().size() == 1);
            assertThat(elicast.asked(CancelRun.class)).isEmpty();
        }

        Awaitility.await().until(() -> elicast.asked(CancelRun.class).equals(List.of(new CancelRun(runId()))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/code/run", "/code/answer/1"})
    void cancelsARunThatIsNotAnsweredInTime(String path) {
        Future<RunResult> late = Future.failedFuture(new Failure(Kind.UNAVAILABLE, "no answer in time"));
        elicast.on(RunCode.class, any -> late).on(AnswerExercise.class, any -> late);

        assertThat(post(path, "ex_id=1&solve_ots=[]&code=x").statusCode()).isEqualTo(503);

        Awaitility.await().until(() -> elicast.asked(CancelRun.class).equals(List.of(new CancelRun(runId()))));
    }

    @Test
    void countsAProgramForItsCallerOrForTheNetworkItComesFrom() {
        post("/code/run", "code=x");
        assertThat(elicast.asked(RunCode.class)).extracting(RunCode::caller).containsExactly("network 127.0.0.1");
        restart(Map.of("LYCEUM_AUTH_ELICAST", "required"));
        gateway.request(HttpMethod.POST, "/code/run")
                .putHeader("Authorization", "Bearer " + TestGateway.token(gateway.vertx, "ada"))
                .putHeader("Content-Type", "application/x-www-form-urlencoded")
                .sendBuffer(Buffer.buffer("code=x"))
                .await();

        assertThat(elicast.asked(RunCode.class)).extracting(RunCode::caller).containsExactly("ada");
    }

    @Test
    void cancelsNothingThatWasAnswered() {
        try (Conversation client = new Conversation(gateway)) {
            client.say("POST /code/run HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                    + "Content-Length: 6\r\n\r\ncode=x");
            client.hear("code_run");
        }

        Awaitility.await()
                .during(Duration.ofMillis(200))
                .until(() -> elicast.asked(CancelRun.class).isEmpty());
    }

    private String runId() {
        return elicast.asked().get(0) instanceof RunCode run
                ? run.runId()
                : elicast.asked(AnswerExercise.class).get(0).runId();
    }

    private HttpResponse<Buffer> post(String path, String form) {
        return send(path, form).await();
    }

    private Future<HttpResponse<Buffer>> send(String path, String form) {
        return gateway.request(HttpMethod.POST, path)
                .putHeader("Content-Type", "application/x-www-form-urlencoded")
                .sendBuffer(Buffer.buffer(form));
    }
}
