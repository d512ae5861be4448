package lyceum.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import lyceum.platform.Settings;
import lyceum.platform.Settings.WrongSetting;
import org.junit.jupiter.api.Test;

class SandboxConfigTest {

    private static final String URL = "postgresql://user:password@host:5432/database";

    @Test
    void hasDefaults() {
        SandboxConfig config = SandboxConfig.from(new Settings(Map.of()), URL);

        assertThat(config.concurrency()).isGreaterThanOrEqualTo(4);
        assertThat(config.queueLength()).isEqualTo(100);
        assertThat(config.queueLengthOfCaller()).isEqualTo(50);
        assertThat(config.submissions()).satisfies(submissions -> {
            assertThat(submissions.queueLength()).isEqualTo(10_000);
            assertThat(submissions.queueLengthOfCaller()).isEqualTo(5_000);
            assertThat(submissions.lease()).isEqualTo(Duration.ofSeconds(30));
            assertThat(submissions.resultAge()).isEqualTo(Duration.ofHours(1));
            assertThat(submissions.database()).hasValueSatisfying(database -> {
                assertThat(database.url()).isEqualTo(URL);
                assertThat(database.schema()).isEqualTo("sandbox");
            });
        });
        assertThat(config.submissions().webhooks()).satisfies(webhooks -> {
            assertThat(webhooks.hosts()).isEmpty();
            assertThat(webhooks.secret()).isEmpty();
            assertThat(webhooks.timeout()).isEqualTo(Duration.ofSeconds(5));
        });
    }

    @Test
    void hasNoStoreWithoutADatabase() {
        assertThat(SandboxConfig.from(new Settings(Map.of())).submissions().database())
                .isEmpty();
    }

    @Test
    void leavesEveryCallerAPlaceOfItsOwn() {
        SandboxConfig config = SandboxConfig.from(
                new Settings(Map.of("LYCEUM_SANDBOX_QUEUE", "3", "LYCEUM_SANDBOX_CALLER_QUEUE", "10")));

        assertThat(config.queueLengthOfCaller()).isEqualTo(1);
        assertThat(config.submissions().queueLengthOfCaller()).isEqualTo(1_000);
    }

    @Test
    void refusesAShareThatIsNone() {
        Settings settings = new Settings(Map.of("LYCEUM_SANDBOX_CALLER_QUEUE", "0"));

        assertThatThrownBy(() -> SandboxConfig.from(settings))
                .isInstanceOf(WrongSetting.class)
                .hasMessageStartingWith("LYCEUM_SANDBOX_CALLER_QUEUE");
    }
}
