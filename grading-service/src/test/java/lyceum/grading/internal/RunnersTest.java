package lyceum.grading.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lyceum.grading.HandInService;
import lyceum.grading.HandInService.Scored;
import lyceum.grading.HandInState;
import lyceum.grading.RunnerService.Action;
import lyceum.grading.RunnerService.ListWaiting;
import lyceum.grading.RunnerService.RunnerAnswer;
import lyceum.grading.RunnerService.RunnerCall;
import lyceum.grading.RunnerService.Waiting;
import lyceum.platform.Bus;
import lyceum.platform.Failure;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls of outside runners, against the recorded ones, and what two at once come to. */
@TestInstance(Lifecycle.PER_CLASS)
class RunnersTest {

    private static final Duration LEASE = Duration.ofMinutes(15);
    private static final LegacyEnvelope ENVELOPE = new LegacyEnvelope(
            EnvelopeKey.parse("Zq8fT2mWc5RkX0vLb7NyHs4JdGp1EuA9".getBytes(StandardCharsets.US_ASCII), "test", false));

    private static final String SEALING_KEY = "0123456789abcdefghijklmnopqrstuv";
    private static final RunnerKeys KEYS =
            RunnerKeys.parse(("hall-2:" + SEALING_KEY).getBytes(StandardCharsets.US_ASCII), "test");

    private final TestStores stores = new TestStores();
    private final List<Scored> scored = new CopyOnWriteArrayList<>();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final GradingMetrics metrics = new GradingMetrics(registry);
    private Runners runners;

    @BeforeAll
    void start() {
        Bus bus = new Bus(stores.vertx, Duration.ofSeconds(10));
        bus.listen(HandInService.SCORED, scored::add).await();
        runners = new Runners(
                stores.vertx,
                new Envelopes(Optional.of(ENVELOPE), Optional.of(new SealedEnvelope(KEYS, Clock.systemUTC()))),
                new ReplayWindow(new ReplayStore(stores.pool), Duration.ofMinutes(1), 100, Clock.systemUTC()),
                stores.verdicts,
                stores.queue,
                new Announcements(bus, metrics),
                LEASE,
                metrics);
    }

    @AfterAll
    void stop() {
        stores.close();
    }

    @BeforeEach
    void clear() {
        stores.clear();
        scored.clear();
    }

    private static Stream<JsonObject> scenarios() throws IOException {
        try (InputStream file = RunnersTest.class.getResourceAsStream("/grading/state-machine.json")) {
            return new JsonObject(Buffer.buffer(file.readAllBytes()))
                    .getJsonArray("scenarios").stream().map(JsonObject.class::cast);
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void answersAndStoresAsTheOriginal(JsonObject scenario) {
        String id = stores.handIn("ada");
        stores.force(id, scenario.getString("initial_state"));

        scenario.getJsonArray("steps").stream().map(JsonObject.class::cast).forEach(step -> {
            Action action = Action.valueOf(step.getString("call").toUpperCase(Locale.ROOT));
            JsonObject payload = new JsonObject().put("uuid", id).mergeIn(step.getJsonObject("payload_without_uuid"));
            assertThat(call(action, id, payload)).isEqualTo(step.getString("body"));
            assertStands(stores.find(id), step);
        });

        Double best = stores.scores.ofStudent("ada").await().get(TestStores.HOMEWORK);
        Double expected = scenario.getDouble("final_score_after");
        boolean isForced = scenario.getString("initial_state").equals("Accepted");
        assertThat(best).isEqualTo(isForced ? Double.valueOf(0) : expected);
        assertThat(scored).hasSizeLessThanOrEqualTo(1);
    }

    private static void assertStands(StoredHandIn handIn, JsonObject step) {
        assertThat(handIn.state().wireName()).isEqualTo(step.getString("state"));
        assertThat(handIn.score()).isEqualTo(step.getDouble("base_score"));
        assertThat(TextJson.of(handIn.result())).isEqualTo(step.getValue("result"));
        assertThat(handIn.exitCode()).isEqualTo(step.getInteger("exitcode"));
        assertThat(handIn.stdout()).isEqualTo(step.getString("stdout"));
        assertThat(handIn.stderr()).isEqualTo(step.getString("stderr"));
        Integer partials = handIn.partials() == null ? null : handIn.partials().size();
        assertThat(partials).isEqualTo(step.getInteger("partials"));
    }

    @Test
    void countsWhatRunnersWereTold() {
        String id = stores.handIn("ada");
        double done = calls("start", "done");
        double refused = calls("start", "refused");

        call(Action.START, id, new JsonObject().put("uuid", id));
        call(Action.START, id, new JsonObject().put("uuid", id));
        call(Action.START, id, new JsonObject().put("uuid", "another"));

        assertThat(calls("start", "done") - done).isEqualTo(1);
        assertThat(calls("start", "refused") - refused).isEqualTo(2);
    }

    private double calls(String action, String outcome) {
        return registry.get("lyceum.grading.runner.calls")
                .tags("action", action, "outcome", outcome)
                .counter()
                .count();
    }

    @Test
    void tellsARunnerThatWhatItGradesWasCancelled() {
        String waiting = stores.handIn("ada");
        String id = stores.handIn("ada");
        JsonObject process =
                new JsonObject().put("exitcode", 137).put("stdout", "").put("stderr", "");
        assertThat(call(Action.START, id, new JsonObject().put("uuid", id))).isEqualTo("OK");

        stores.handIns.cancel(waiting, "ada").await();
        stores.handIns.cancel(id, null).await();

        assertThat(call(Action.START, waiting, new JsonObject().put("uuid", waiting)))
                .isEqualTo("submission is not pending");
        assertThat(call(Action.REPORT, id, report(1).put("uuid", id))).isEqualTo("score already reported");
        assertThat(call(Action.PROCLOG, id, process.put("uuid", id))).isEqualTo("OK");
        assertThat(stores.find(id).state()).isEqualTo(HandInState.REJECTED);
        assertThat(stores.find(id).result()).isEqualTo(Verdict.DISCARDED.result());
        assertThat(stores.find(id).exitCode()).isEqualTo(137);
    }

    @Test
    void answersASealedBodyOnceAndItsReplayAsWhatDoesNotOpen() throws GeneralSecurityException {
        String id = stores.handIn("ada");
        SealedRunner runner = new SealedRunner("hall-2", SEALING_KEY);
        String path = "/handin/start/" + id + "/";
        byte[] body = runner.seal("{\"uuid\": \"" + id + "\"}", "POST", path, System.currentTimeMillis());
        RunnerCall call =
                new RunnerCall(Action.START, id, path, SealedEnvelope.CONTENT_TYPE, Buffer.buffer(body), "127.0.0.1");

        RunnerAnswer first = runners.callRunner(call).await();
        RunnerAnswer second = runners.callRunner(call).await();

        assertThat(runner.open(first.body().getBytes(), first.status())).isEqualTo("OK");
        assertThat(second.status()).isEqualTo(400);
        assertThat(text(second)).isEqualTo("decryption failure");
    }

    @Test
    void takesOneOfManyReportsThatComeAtOnce() {
        String id = stores.handIn("ada");

        List<String> answers =
                IntStream.range(0, 20)
                        .mapToObj(i -> send(Action.REPORT, id, report(i).put("uuid", id)))
                        .toList()
                        .stream()
                        .map(answer -> answer.await())
                        .map(RunnersTest::text)
                        .toList();

        assertThat(answers).containsOnlyOnce("OK");
        assertThat(answers.stream().filter("score already reported"::equals)).hasSize(19);
        Awaitility.await().until(() -> scored.size() == 1);
        assertThat(scored.get(0).finalScore()).isEqualTo(stores.find(id).score() * TestStores.SCALE);
    }

    @Test
    void endsOnceWhereManyProcessesAreOverAtOnce() {
        String id = stores.handIn("ada");
        JsonObject process = new JsonObject()
                .put("uuid", id)
                .put("exitcode", 0)
                .put("stdout", "")
                .put("stderr", "");

        IntStream.range(0, 10)
                .mapToObj(i -> send(Action.PROCLOG, id, process))
                .toList()
                .forEach(answer -> assertThat(text(answer.await())).isEqualTo("OK"));

        Awaitility.await().until(() -> !scored.isEmpty());
        assertThat(scored).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'exitcode': '7', 'stdout': null, 'stderr': null}",
                "{'exitcode': true, 'stdout': null, 'stderr': null}",
                "{'exitcode': 1.5, 'stdout': null, 'stderr': null}",
                "{'exitcode': 2147483648, 'stdout': null, 'stderr': null}",
                "{'exitcode': NaN, 'stdout': null, 'stderr': null}",
                "{'exitcode': 0, 'stdout': 5, 'stderr': null}",
                "{'exitcode': 0, 'stdout': null, 'stderr': ['x']}",
                "{'exitcode': 0, 'stderr': null}",
                "{'stdout': null, 'stderr': null}"
            })
    void storesNothingOfAProcessThatCannotBe(String members) {
        String id = stores.handIn("ada");

        String payload = members.replace('\'', '"').replace("{", "{\"uuid\": \"" + id + "\", ");

        assertThat(text(send(Action.PROCLOG, id, payload).await())).isEqualTo("update database failed");
        assertThat(stores.find(id).state().wireName()).isEqualTo("Pending");
        String unknown = payload.replace(id, TestStores.newId());
        String unknownId = new JsonObject(unknown.replace("NaN", "0")).getString("uuid");
        assertThat(text(send(Action.PROCLOG, unknownId, unknown).await())).isEqualTo("requested submission not found");
    }

    @Test
    void takesAnIntegralNumberAsExitCodeAndWhatNoDatabaseTakesAsText() {
        String id = stores.handIn("ada");

        String payload =
                "{\"uuid\": \"%s\", \"exitcode\": 7.0, \"stdout\": \"a\\u0000b\", \"stderr\": null}".formatted(id);

        assertThat(text(send(Action.PROCLOG, id, payload).await())).isEqualTo("OK");
        assertThat(stores.find(id).exitCode()).isEqualTo(7);
        assertThat(stores.find(id).stdout()).isEqualTo("a\uFFFDb");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "3", "{}", "{\"uuid\": \"x\"", "\uFEFF{\"uuid\": \"x\"}", "{'uuid': 'x'}", ""})
    void refusesWhatIsNoObjectWithAnId(String payload) {
        RunnerAnswer answer = send(Action.START, "x", payload).await();

        assertThat(answer.status()).isEqualTo(400);
        assertThat(text(answer)).isEqualTo("not valid json");
    }

    @Test
    void opensLargeBodiesElsewhere() {
        String id = stores.handIn("ada");
        JsonObject process = new JsonObject()
                .put("uuid", id)
                .put("exitcode", 1)
                .put("stdout", "x".repeat(4 << 20))
                .put("stderr", "");

        assertThat(call(Action.PROCLOG, id, process)).isEqualTo("OK");
        assertThat(stores.find(id).stdout()).hasSize(4 << 20);
    }

    @Test
    void listsWhatWaitsTheOldestFirst() {
        List<String> ids = Stream.of("ada", "bob", "eve").map(stores::handIn).toList();
        call(Action.START, ids.get(1), new JsonObject().put("uuid", ids.get(1)));

        List<Waiting> waiting = runners.listWaiting(new ListWaiting(10)).await().handIns();

        assertThat(waiting).extracting(Waiting::id).containsExactly(ids.get(0), ids.get(2));
        assertThat(waiting.get(0).content()).hasToString("content of " + ids.get(0));
        assertThat(runners.listWaiting(new ListWaiting(1)).await().handIns()).hasSize(1);
        for (int count : new int[] {0, 101}) {
            assertThatThrownBy(() -> runners.listWaiting(new ListWaiting(count)))
                    .isInstanceOfSatisfying(
                            Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.INVALID));
        }
    }

    @Test
    void letsWaitAgainWhatARunnerHasBegunAndNotReported() {
        String id = stores.handIn("ada");
        call(Action.START, id, new JsonObject().put("uuid", id));
        assertThat(stores.queue.reclaim().await()).isZero();

        stores.endLeases();

        assertThat(stores.queue.reclaim().await()).isEqualTo(1);
        assertThat(stores.find(id).state().wireName()).isEqualTo("Pending");
        assertThat(call(Action.REPORT, id, report(3).put("uuid", id))).isEqualTo("OK");
    }

    private static JsonObject report(int score) {
        JsonObject partial = new JsonObject("{\"name\": \"N\", \"typeName\": \"T\", \"weight\": 1, \"time\": null,"
                        + " \"brief\": null, \"detail\": []}")
                .put("score", 50 + score);
        return new JsonObject()
                .put("accepted", true)
                .putNull("result")
                .putNull("compile_error")
                .put("partials", new JsonArray().add(partial));
    }

    private String call(Action action, String id, JsonObject payload) {
        RunnerAnswer answer = send(action, id, payload).await();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.contentType()).isEqualTo("text/html; charset=utf-8");
        return text(answer);
    }

    private Future<RunnerAnswer> send(Action action, String id, JsonObject payload) {
        return send(action, id, payload.encode());
    }

    private Future<RunnerAnswer> send(Action action, String id, String payload) {
        byte[] body = ENVELOPE.seal(payload.getBytes(StandardCharsets.UTF_8));
        return runners.callRunner(new RunnerCall(
                action,
                id,
                "/handin/" + action.name().toLowerCase(Locale.ROOT) + "/" + id + "/",
                LegacyEnvelope.CONTENT_TYPE,
                Buffer.buffer(body),
                "127.0.0.1"));
    }

    private static String text(RunnerAnswer answer) {
        return answer.body().toString();
    }
}
