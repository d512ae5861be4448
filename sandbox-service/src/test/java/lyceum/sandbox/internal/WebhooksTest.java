package lyceum.sandbox.internal;

import static lyceum.sandbox.internal.FakeSandbox.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lyceum.platform.Database;
import lyceum.platform.TestPostgres;
import lyceum.sandbox.Run;
import lyceum.sandbox.SandboxService.Submit;
import lyceum.sandbox.judge0.Attributes;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Submissions with a webhook, from the submit to the delivery, with a real database and a real server. */
class WebhooksTest {

    private final Vertx vertx = Vertx.vertx();
    private final List<FakeSandbox> sandboxes = new ArrayList<>();
    private String url;

    @BeforeEach
    void start() {
        url = TestPostgres.freshDatabase(vertx);
    }

    @AfterEach
    void stop() {
        sandboxes.forEach(FakeSandbox::close);
        vertx.close().await();
    }

    @Test
    void deliversTheOutcome() {
        TestHook hook = new TestHook(vertx, 200);

        submit(sandbox(Map.of()), "print ???\ncomplain oh\nexit 3", hook);

        awaitDelivery("DONE");
        assertThat(hook.calls()).hasSize(1);
        JsonObject body = new JsonObject(hook.calls().get(0).body());
        assertThat(body.fieldNames()).containsExactly("id", "state", "submittedAt", "endedAt", "outcome");
        assertThat(body.getString("id")).isEqualTo("a");
        assertThat(body.getString("state")).isEqualTo("ended");
        JsonObject outcome = body.getJsonObject("outcome");
        assertThat(outcome.getString("verdict")).isEqualTo("runtime_error");
        assertThat(outcome.getInteger("exitCode")).isEqualTo(3);
        assertThat(outcome.getInteger("cpuTimeMillis")).isEqualTo(3);
        assertThat(outcome.getInteger("peakMemoryBytes")).isEqualTo(4_096);
        assertThat(outcome.getString("stdout")).isEqualTo("???\n");
        assertThat(outcome.getString("stderr")).isEqualTo("oh\n");
        assertThat(hook.calls().get(0).headers().contains("Lyceum-Signature")).isFalse();
    }

    @Test
    void deliversToClientsOfJudge0AsTheyKnowIt() {
        TestHook hook = new TestHook(vertx, 200);
        JsonObject attributes = new JsonObject().put("cpu_time_limit", "5.0");
        String note = new Attributes(attributes)
                .expecting(Optional.of(Buffer.buffer("!!!")))
                .note();
        Run plain = run("a", "print ???");
        Run run = new Run(
                plain.id(),
                plain.caller(),
                plain.priority(),
                plain.program(),
                plain.stdin(),
                plain.streams(),
                plain.limits(),
                plain.compileLimits(),
                plain.collect(),
                note);

        sandbox(Map.of())
                .service()
                .submit(Submit.of(List.of(run), "http://127.0.0.1:%d/hook".formatted(hook.port())))
                .await();

        awaitDelivery("DONE");
        TestHook.Call call = hook.calls().get(0);
        assertThat(call.method()).isEqualTo("PUT");
        assertThat(call.headers().get("Content-Type")).isEqualTo("application/json");
        assertThat(call.body().toString())
                .isEqualTo(
                        "{\"stdout\":\"Pz8/Cg==\\n\",\"time\":\"0.003\",\"memory\":4,\"stderr\":null,\"token\":\"a\","
                                + "\"compile_output\":null,\"message\":null,"
                                + "\"status\":{\"id\":4,\"description\":\"Wrong Answer\"}}");
    }

    @Test
    void signsWhatItDelivers() {
        TestHook hook = new TestHook(vertx, 200);

        submit(sandbox(Map.of("LYCEUM_SANDBOX_WEBHOOK_SECRET", "key")), "exit 0", hook);

        awaitDelivery("DONE");
        TestHook.Call call = hook.calls().get(0);
        assertThat(call.headers().get("Lyceum-Signature")).isEqualTo(new Signature("key").of(call.body()));
    }

    @Test
    void triesAgainUntilItIsAnswered() {
        TestHook hook = new TestHook(vertx, 503, 404, 202);

        submit(sandbox(Map.of()), "exit 0", hook);

        Row row = awaitDelivery("DONE");
        assertThat(hook.calls()).hasSize(3);
        assertThat(row.getInteger("delivery_tries")).isEqualTo(3);
        assertThat(row.getString("delivery_note")).isNull();
    }

    @Test
    void givesUpAfterThreeTriesAndNotesWhy() {
        TestHook hook = new TestHook(vertx, 500, 500, 302);

        submit(sandbox(Map.of()), "exit 0", hook);

        Row row = awaitDelivery("FAILED");
        assertThat(row.getString("delivery_note")).isEqualTo("it answered 302");
        assertThat(hook.calls()).hasSize(3);
    }

    @Test
    void doesNotTryAgainWhatItMustNotCall() {
        TestHook hook = new TestHook(vertx, 200);
        FakeSandbox first = sandbox(Map.of());
        submit(first, "exit 0", hook);
        awaitDelivery("DONE");
        first.undeploy();
        sql("UPDATE submission SET delivery = 'DUE', delivery_tries = 0, delivery_at = now()");

        // The host is not allowed any more.
        sandbox(Map.of("LYCEUM_SANDBOX_WEBHOOK_HOSTS", ""));

        Row row = awaitDelivery("FAILED");
        assertThat(row.getInteger("delivery_tries")).isEqualTo(1);
        assertThat(row.getString("delivery_note")).isEqualTo("webhook is not at a public address");
        assertThat(hook.calls()).hasSize(1);
    }

    @Test
    void givesUpOnWhoDoesNotAnswerInTime() {
        TestHook hook = new TestHook(vertx, new HttpServerOptions(), request -> {}).listen();

        submit(sandbox(Map.of("LYCEUM_SANDBOX_WEBHOOK_TIMEOUT", "100ms")), "exit 0", hook);

        awaitDelivery("FAILED");
        assertThat(hook.calls()).hasSize(3);
    }

    @Test
    void deliversWhatAnotherInstanceDiedOver() {
        FakeSandbox first = sandbox(Map.of());
        TestHook hook = new TestHook(vertx, 200);
        submit(first, "exit 0", hook);
        awaitDelivery("DONE");
        first.undeploy();
        // It had begun to call, and did not live to see the answer.
        sql("UPDATE submission SET delivery = 'DUE', delivery_tries = 2, delivery_at = now() + interval '300 ms'");

        sandbox(Map.of());

        assertThat(awaitDelivery("DONE").getInteger("delivery_tries")).isEqualTo(3);
        assertThat(hook.calls()).hasSize(2);
    }

    @Test
    void doesNotCallAFourthTime() {
        FakeSandbox first = sandbox(Map.of());
        TestHook hook = new TestHook(vertx, 200);
        submit(first, "exit 0", hook);
        awaitDelivery("DONE");
        sql("UPDATE submission SET delivery = 'DUE', delivery_tries = 3, delivery_at = now()");

        Row row = awaitDelivery("FAILED");

        assertThat(row.getString("delivery_note")).isEqualTo("the last call was not seen to its end");
        assertThat(hook.calls()).hasSize(1);
    }

    @Test
    void deliversEachOfABatch() {
        TestHook hook = new TestHook(vertx, 200);
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            runs.add(run("r" + i, "exit 0"));
        }

        sandbox(Map.of())
                .service()
                .submit(Submit.of(runs, "http://127.0.0.1:%d/".formatted(hook.port())))
                .await();

        Awaitility.await().until(() -> hook.calls().size() == 10);
        assertThat(hook.calls())
                .extracting(call -> new JsonObject(call.body()).getString("id"))
                .doesNotHaveDuplicates();
    }

    private FakeSandbox sandbox(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "LYCEUM_SANDBOX_WEBHOOK_HOSTS", "127.0.0.1",
                "LYCEUM_SANDBOX_WEBHOOK_PAUSE", "50ms"));
        all.putAll(settings);
        FakeSandbox made = new FakeSandbox(all, url);
        sandboxes.add(made);
        return made;
    }

    private static void submit(FakeSandbox sandbox, String script, TestHook hook) {
        submit(sandbox, script, "http://127.0.0.1:%d/hook".formatted(hook.port()));
    }

    private static void submit(FakeSandbox sandbox, String script, String webhook) {
        sandbox.service().submit(Submit.of(List.of(run("a", script)), webhook)).await();
    }

    private Row awaitDelivery(String state) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> sql("SELECT 1 FROM submission WHERE delivery = '%s'".formatted(state))
                                .size()
                        == 1);
        return sql("SELECT * FROM submission").get(0);
    }

    private List<Row> sql(String statement) {
        List<Row> rows = new ArrayList<>();
        new Database(url, "sandbox", 1)
                .open(vertx)
                .query(statement)
                .execute()
                .await()
                .forEach(rows::add);
        return rows;
    }
}
