package lyceum.elicast.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import lyceum.platform.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The settings of elicast-service. */
class ElicastConfigTest {

    @Test
    void hasTheLimitsOfTheOriginal() {
        ElicastConfig config = from(Map.of());

        assertThat(config.codeLimits().wallTime()).isEqualTo(Duration.ofSeconds(300));
        assertThat(config.codeLimits().memoryBytes()).isEqualTo(268_435_456);
        assertThat(config.codeLimits().processes()).isEqualTo(64);
        assertThat(config.codeLimits().outputHeadBytes() + config.codeLimits().outputTailBytes())
                .isEqualTo(1 << 20);
        assertThat(config.draftAge()).isEqualTo(Duration.ofHours(6));
        assertThat(config.database().schema()).isEqualTo("elicast");
    }

    @Test
    void waitsLongerForARunThanItMayTake() {
        ElicastConfig config = from(Map.of("LYCEUM_CODE_TIME_LIMIT", "20s"));

        assertThat(config.runTimeout()).isEqualTo(Duration.ofSeconds(70));
    }

    @Test
    void letsProgramsOfSeveralProcessesUseAllTheirTime() {
        assertThat(from(Map.of()).codeLimits().cpuTime()).isEqualTo(Duration.ofMinutes(10));
        assertThat(from(Map.of("LYCEUM_SANDBOX_TIME_LIMIT", "7m")).codeLimits().cpuTime())
                .isEqualTo(Duration.ofMinutes(7));
        assertThat(from(Map.of("LYCEUM_SANDBOX_TIME_LIMIT", "1m")).codeLimits().cpuTime())
                .isEqualTo(Duration.ofSeconds(300));
    }

    @ParameterizedTest
    @CsvSource({
        "LYCEUM_CODE_TIME_LIMIT,long",
        "LYCEUM_CODE_MEMORY_LIMIT,-1",
        "LYCEUM_SANDBOX_PROCESS_LIMIT,0",
        "LYCEUM_ELICAST_POOL,1",
        "LYCEUM_ELICAST_DRAFT_AGE,x"
    })
    void refusesAWrongValueByItsKey(String key, String value) {
        assertThatThrownBy(() -> from(Map.of(key, value))).hasMessageContaining(key);
    }

    private static ElicastConfig from(Map<String, String> values) {
        return ElicastConfig.from(new Settings(values), "postgresql://x:y@localhost/z");
    }
}
