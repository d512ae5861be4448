package lyceum.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MetersTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Meters meters = new Meters(registry, "lyceum.test.");
    private final AtomicInteger value = new AtomicInteger(3);

    @Test
    void asksForValuesWhenTheyAreWanted() {
        meters.bound("waiting", value::get, 10, "priority", "batch").count("refused", value::get);

        value.set(7);

        assertThat(registry.get("lyceum.test.waiting")
                        .tag("priority", "batch")
                        .gauge()
                        .value())
                .isEqualTo(7);
        assertThat(registry.get("lyceum.test.waiting.limit")
                        .tag("priority", "batch")
                        .gauge()
                        .value())
                .isEqualTo(10);
        assertThat(registry.get("lyceum.test.refused").functionCounter().count())
                .isEqualTo(7);
    }

    @Test
    void leavesNothingBehindForTheNextOne() {
        meters.bound("waiting", value::get, 10).counter("runs").increment();
        meters.timer("time", new Duration[] {Duration.ofSeconds(1)}).record(Duration.ofMillis(5));

        meters.close();

        assertThat(registry.getMeters()).isEmpty();
        assertThat(new Meters(registry, "lyceum.test.").counter("runs").count()).isZero();
    }
}
