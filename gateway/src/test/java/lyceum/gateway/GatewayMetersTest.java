package lyceum.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import lyceum.gateway.access.AddressFailures;
import lyceum.gateway.grading.HandInFeed;
import lyceum.gateway.media.MediaJobRoutes;
import lyceum.gateway.stream.HeldBytes;
import lyceum.platform.Failure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GatewayMetersTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final GatewayMeters meters = new GatewayMeters(registry);

    @AfterEach
    void leavesNothingBehind() {
        meters.close();
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void tellsHowMuchIsHeldAndWhoFoundNoRoom() {
        HeldBytes held = new HeldBytes(10);
        meters.showRunners(held);

        assertThat(held.take(10)).isTrue();
        assertThat(held.take(1)).isFalse();

        assertThat(registry.get("lyceum.gateway.runners.held").gauge().value()).isEqualTo(10);
        assertThat(registry.get("lyceum.gateway.runners.held.limit").gauge().value())
                .isEqualTo(10);
        assertThat(refused("runners")).isEqualTo(1);
    }

    @Test
    void tellsHowMuchIsHeldOfForms() {
        HeldBytes held = new HeldBytes(10);
        meters.showForms(held);

        assertThat(held.take(10)).isTrue();
        assertThat(held.take(1)).isFalse();

        assertThat(registry.get("lyceum.gateway.forms.held").gauge().value()).isEqualTo(10);
        assertThat(refused("forms")).isEqualTo(1);
    }

    @Test
    void countsLoginsThatWereNotChecked() {
        AddressFailures failures = new AddressFailures(1, Duration.ofMinutes(1), () -> Instant.EPOCH);
        meters.show(failures);

        failures.restOfLimit("192.0.2.1");
        failures.count("192.0.2.1");
        failures.restOfLimit("192.0.2.1");

        assertThat(refused("logins")).isEqualTo(1);
    }

    @Test
    void countsWatchersThatWereSentAway() {
        HandInFeed feed = new HandInFeed(null, 0);

        assertThatThrownBy(() -> feed.add(null)).isInstanceOf(Failure.class);

        assertThat(feed.refused()).isEqualTo(1);
        assertThat(feed.watching()).isZero();
    }

    @Test
    void tellsHowManyMayWatchMediaJobs() {
        meters.show(new MediaJobRoutes(null, null, 7), 7);

        assertThat(registry.get("lyceum.gateway.media.watchers").gauge().value())
                .isZero();
        assertThat(registry.get("lyceum.gateway.media.watchers.limit").gauge().value())
                .isEqualTo(7);
        assertThat(refused("media")).isZero();
    }

    private double refused(String bound) {
        return registry.get("lyceum.gateway.refused")
                .tag("bound", bound)
                .functionCounter()
                .count();
    }
}
