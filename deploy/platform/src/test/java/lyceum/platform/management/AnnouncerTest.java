package lyceum.platform.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lyceum.platform.Bus;
import lyceum.platform.Readiness;
import lyceum.platform.management.Lifecycle.Phase;
import lyceum.platform.management.ProcessState.Check;
import lyceum.platform.management.ProcessState.Reading;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnnouncerTest {

    private static final BuildInfo BUILD = new BuildInfo("1.2.3", "abc123", "2026-01-02T03:04:05Z");

    private final Vertx vertx = Vertx.vertx();
    private final Bus bus = new Bus(vertx, Duration.ofSeconds(5));
    private final Lifecycle lifecycle = new Lifecycle();
    private final Readiness readiness = new Readiness();
    private final MeterRegistry meters = new SimpleMeterRegistry();

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    /** @return what is told first */
    private ProcessState announce() {
        Promise<ProcessState> heard = Promise.promise();
        bus.listen(ProcessState.TOLD, heard::tryComplete).await();
        vertx.deployVerticle(new Announcer(List.of("sandbox", "gateway"), BUILD, lifecycle, readiness, meters))
                .await();
        return heard.future().timeout(10, TimeUnit.SECONDS).await();
    }

    @Test
    void tellsAtOnceWhatRunsHere() {
        lifecycle.serve();

        ProcessState told = announce();

        assertThat(told.services()).containsExactly("sandbox", "gateway");
        assertThat(told.build()).isEqualTo(BUILD);
        assertThat(told.phase()).isEqualTo(Phase.SERVING);
        assertThat(told.instance()).hasSize(8);
        assertThat(told.process()).startsWith(ProcessHandle.current().pid() + "@");
        assertThat(told.isReady()).isTrue();
    }

    @Test
    void tellsWhatIsMissing() {
        lifecycle.serve();
        readiness.add("database", () -> Future.succeededFuture("PostgreSQL 17"));
        readiness.add("sandbox", () -> Future.failedFuture("no user namespaces here"));

        ProcessState told = announce();

        assertThat(told.checks())
                .containsExactly(
                        new Check("database", true, "PostgreSQL 17"),
                        new Check("sandbox", false, "no user namespaces here"));
        assertThat(told.isReady()).isFalse();
    }

    @Test
    void isNotReadyWhileItStartsOrDrains() {
        assertThat(announce().isReady()).isFalse();
    }

    @Test
    void addsUpTheGaugesOfTheHouse() {
        meters.gauge("lyceum.sandbox.waiting", Tags.of("queue", "a"), 2);
        meters.gauge("lyceum.sandbox.waiting", Tags.of("queue", "b"), 3);
        meters.gauge("lyceum.gone", Double.NaN);
        meters.gauge("jvm.whatever", 7);

        assertThat(announce().numbers())
                .contains(new Reading("lyceum.sandbox.waiting", 5))
                .extracting(Reading::name)
                .containsExactly("heap.limit", "heap.used", "lyceum.sandbox.waiting");
    }

    @Test
    void tellsNoMoreNumbersThanTheLimit() {
        for (int i = 0; i < Announcer.MOST_NUMBERS; i++) {
            int number = i;
            // A number that nobody else holds would be gone with the next collection.
            Gauge.builder("lyceum.number." + i, () -> number).register(meters);
        }

        assertThat(announce().numbers()).hasSize(Announcer.MOST_NUMBERS);
    }
}
