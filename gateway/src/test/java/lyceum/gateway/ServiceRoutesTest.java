package lyceum.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import lyceum.account.Role;
import lyceum.platform.Bus;
import lyceum.platform.management.Announcer;
import lyceum.platform.management.BuildInfo;
import lyceum.platform.management.Lifecycle.Phase;
import lyceum.platform.management.ProcessState;
import lyceum.platform.management.ProcessState.Check;
import lyceum.platform.management.ProcessState.Reading;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the house is, with processes that tell what a test wants. */
class ServiceRoutesTest {

    private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");

    private TestGateway gateway;
    private Bus bus;

    @BeforeEach
    void start() {
        gateway = new TestGateway(Map.of());
        bus = new Bus(gateway.vertx, Duration.ofSeconds(5));
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private static ProcessState state(String instance, String service, boolean ok) {
        return new ProcessState(
                instance,
                "4711@classroom",
                List.of(service),
                new BuildInfo("1.0", "abc", "2026-11-29T01:00:00Z"),
                Phase.SERVING,
                NOON,
                List.of(new Check("http", ok, "port 8080")),
                List.of(new Reading("lyceum.sandbox.waiting", 2)));
    }

    private HttpResponse<Buffer> get(Role... roles) {
        return gateway.get("/services")
                .bearerTokenAuthentication(TestGateway.token(gateway.vertx, "ada", roles))
                .send()
                .await();
    }

    private JsonArray processes() {
        return get(Role.ADMIN).bodyAsJsonObject().getJsonArray("processes");
    }

    @Test
    void tellsWhatEachProcessLastToldOfItself() {
        bus.publish(ProcessState.TOLD, state("b", "sandbox", false));
        bus.publish(ProcessState.TOLD, state("b", "sandbox", true));
        bus.publish(ProcessState.TOLD, state("a", "account", false));
        await().until(() -> processes().size() == 2);

        JsonObject first = processes().getJsonObject(0);
        assertThat(processes().getJsonObject(1).getBoolean("ready")).isTrue();
        assertThat(Instant.parse((String) first.remove("toldAt"))).isBeforeOrEqualTo(Instant.now());
        assertThat(first).isEqualTo(new JsonObject("""
                        {"instance": "a", "process": "4711@classroom", "services": ["account"], "version": "1.0",
                         "commit": "abc", "built": "2026-11-29T01:00:00Z", "phase": "serving", "ready": false,
                         "startedAt": "2026-11-29T12:00:00Z",
                         "checks": [{"name": "http", "ok": false, "text": "port 8080"}],
                         "numbers": [{"name": "lyceum.sandbox.waiting", "value": 2.0}]}"""));
    }

    @Test
    void isForOperators() {
        assertThat(get(Role.TEACHER).statusCode()).isEqualTo(403);
        assertThat(gateway.get("/services").send().await().statusCode()).isEqualTo(401);
        assertThat(get(Role.ADMIN).statusCode()).isEqualTo(200);
    }

    @Test
    void forgetsWhoIsSilent() {
        AtomicReference<Instant> now = new AtomicReference<>(NOON);
        Processes processes = follow(now::get);
        bus.publish(ProcessState.TOLD, state("a", "account", true));
        await().until(() -> processes.present().size() == 1);

        now.set(NOON.plus(Announcer.SILENCE));
        assertThat(processes.present()).hasSize(1);
        now.set(NOON.plus(Announcer.SILENCE).plusMillis(1));
        assertThat(processes.present()).isEmpty();
    }

    @Test
    void remembersNoMoreThanTheLimit() {
        Processes processes = follow(InstantSource.fixed(NOON));
        for (int i = 0; i <= Processes.MOST; i++) {
            bus.publish(ProcessState.TOLD, state("n" + i, "sandbox", true));
        }
        bus.publish(ProcessState.TOLD, state("n0", "account", true));

        await().until(() -> processes.present().get(0).state().services().equals(List.of("account")));
        assertThat(processes.present())
                .hasSize(Processes.MOST)
                .noneMatch(one -> one.state().instance().equals("n" + Processes.MOST));
    }

    private Processes follow(InstantSource clock) {
        return new Processes(clock).follow(bus);
    }
}
