package lyceum.grading.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lyceum.grading.RunnerService.Action;
import lyceum.grading.RunnerService.RunnerCall;
import lyceum.grading.internal.GradingConfig.Grading;
import lyceum.platform.Settings;
import lyceum.platform.Settings.WrongSetting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings, and the files with keys that they name. */
class GradingConfigTest {

    private static GradingConfig config(Map<String, String> settings) {
        return GradingConfig.from(new Settings(settings), "postgresql://localhost/x");
    }

    @Test
    void hasADefaultForEverything() {
        GradingConfig config = config(Map.of());

        assertThat(config.homeworkDirectory()).isEmpty();
        assertThat(config.shelfBytes()).isEqualTo(64L << 20);
        assertThat(config.zone()).isEqualTo(ZoneId.of("UTC"));
        assertThat(config.mostPending()).isEqualTo(1);
        assertThat(config.grading())
                .isEqualTo(new Grading(GradingMode.BUILTIN, 2, Duration.ofSeconds(15), List.of(), false));
        assertThat(config.runners())
                .isEqualTo(new RunnersConfig(
                        Optional.empty(),
                        false,
                        true,
                        Optional.empty(),
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(15)));
    }

    @ParameterizedTest
    @CsvSource({
        "LYCEUM_GRADING_LEASE,2s",
        "LYCEUM_GRADING_SHELF_LIMIT,large",
        "LYCEUM_GRADING_MODE,both",
        "LYCEUM_GRADING_SHORT_KEY,maybe",
        "LYCEUM_GRADING_CONCURRENCY,0",
        "LYCEUM_GRADING_MAX_PENDING,0",
        "LYCEUM_GRADING_LEGACY_ENVELOPE,yes"
    })
    void refusesWhatCannotBe(String key, String value) {
        assertThatThrownBy(() -> config(Map.of(key, value)))
                .isInstanceOf(WrongSetting.class)
                .hasMessageContaining(key);
    }

    @Test
    void refusesKeysThatCannotBeReadOrAreShortAndTellsNoneOfThem(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("commKey.txt"), "sixteen bytes 16\n");

        assertThatThrownBy(() -> Keys.read(config(Map.of("LYCEUM_GRADING_KEY_FILE", file.toString()))
                        .runners()))
                .isInstanceOf(WrongSetting.class)
                .hasMessageContaining("LYCEUM_GRADING_KEY_FILE")
                .hasMessageContaining(file.toString())
                .hasMessageNotContaining("sixteen");
        assertThatThrownBy(() -> Keys.read(config(Map.of(
                                "LYCEUM_GRADING_RUNNER_KEYS",
                                directory.resolve("none").toString()))
                        .runners()))
                .isInstanceOf(WrongSetting.class)
                .hasMessageContaining("LYCEUM_GRADING_RUNNER_KEYS");
        assertThat(Keys.read(
                        config(Map.of("LYCEUM_GRADING_KEY_FILE", file.toString(), "LYCEUM_GRADING_SHORT_KEY", "pad"))
                                .runners()))
                .isNotNull();
    }

    @Test
    void takesNoEnvelopeThatItHasNoKeyFor() {
        Envelopes none = Keys.read(config(Map.of()).runners());

        assertThatThrownBy(() -> none.open(new RunnerCall(
                        Action.START,
                        "x",
                        "/handin/start/x/",
                        LegacyEnvelope.CONTENT_TYPE,
                        Buffer.buffer(new byte[32]),
                        "127.0.0.1")))
                .hasMessage("not application/octet-stream");
    }
}
