package lyceum.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Map;
import lyceum.platform.Settings;
import lyceum.sandbox.Limits;
import lyceum.sandbox.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CeilingsTest {

    private static final Ceilings CEILINGS = new Ceilings(Duration.ofSeconds(10), 1_000, 64, 8_192, 100, 31);

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            10_000 | 10_000 | 1000 | 64 | 8192 |  60 | 40 |  0 | -
            10_001 |      1 |    1 |  0 | 4096 |   0 |  0 |  0 | wallTimeMillis is 10001, not within 0..10000
            1      | 10_001 |    1 |  0 | 4096 |   0 |  0 |  0 | cpuTimeMillis is 10001, not within 0..10000
            0      |      0 |    0 |  0 |    0 |   0 |  0 |  0 | -
            -1     |      1 |    1 |  0 | 4096 |   0 |  0 |  0 | wallTimeMillis is -1, not within 0..10000
            1      |      1 | 1001 |  0 | 4096 |   0 |  0 |  0 | memoryBytes is 1001, not within 0..1000
            1      |      1 |    1 | 65 | 4096 |   0 |  0 |  0 | processes is 65, not within 0..64
            1      |      1 |    1 |  0 | 4095 |   0 |  0 |  0 | fileBytes is 4095, not within 4096..8192
            1      |      1 |    1 |  0 | 4096 | 101 |  0 |  0 | outputBytes is 101, not within 0..100
            1      |      1 |    1 |  0 | 4096 |  60 | 41 |  0 | outputTailBytes is 41, not within 0..40
            1      |      1 |    1 |  0 | 4096 |   0 |  0 | -2 | outputStopBytes is -2, not within -1..9223372036854775807
            """)
    void namesTheLimitThatCannotBe(
            String wall,
            String cpu,
            long memory,
            int processes,
            long files,
            int head,
            int tail,
            long stop,
            String text) {
        Limits limits = new Limits(millis(wall), millis(cpu), memory, processes, files, head, tail, stop);

        assertThat(CEILINGS.complaint(run(limits, 20)).orElse(null)).isEqualTo(text == null ? null : "limits." + text);
    }

    @Test
    void refusesMoreSourceThanItMayHold() {
        assertThat(CEILINGS.complaint(run(limits(1), 21)))
                .contains("files, stdin, arguments and environment is 32, not within 0..31");
    }

    @Test
    void takesWhatTheLanguageHasForWhatIsNotAskedFor() {
        Limits ofLanguage = new Limits(Duration.ofSeconds(5), Duration.ofSeconds(4), 500, 32, 4_096, 10, 20, 30);

        assertThat(CEILINGS.resolve(Limits.OF_LANGUAGE, ofLanguage)).isEqualTo(ofLanguage);
        assertThat(CEILINGS.resolve(limits(7), ofLanguage))
                .isEqualTo(new Limits(Duration.ofMillis(1), Duration.ofMillis(1), 1, 7, 4_096, 10, 20, 30));
    }

    @Test
    void boundWhatTheLanguageHas() {
        Limits much = new Limits(Duration.ofHours(1), Duration.ofHours(1), 1L << 40, 999, 1L << 40, 90, 90, -1);

        assertThat(CEILINGS.resolve(Limits.OF_LANGUAGE, much))
                .isEqualTo(new Limits(Duration.ofSeconds(10), Duration.ofSeconds(10), 1_000, 64, 8_192, 90, 10, -1));
    }

    @Test
    void areThoseOfTheSettings() {
        SandboxConfig config = SandboxConfig.from(
                new Settings(Map.of("LYCEUM_SANDBOX_MEMORY_LIMIT", "2GiB", "LYCEUM_SANDBOX_TIME_LIMIT", "1m")));

        assertThat(config.ceilings().memoryBytes()).isEqualTo(2L << 30);
        assertThat(config.ceilings().time()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.ceilings().processes()).isEqualTo(64);
        assertThat(config.concurrency()).isGreaterThanOrEqualTo(4);
    }

    private static Duration millis(String text) {
        return Duration.ofMillis(Long.parseLong(text.replace("_", "")));
    }

    private static Limits limits(int processes) {
        return new Limits(Duration.ofMillis(1), Duration.ofMillis(1), 1, processes, 4_096, 0, 0, 0);
    }

    private static Run run(Limits limits, int sourceBytes) {
        return Run.ofLesson("id", Buffer.buffer(new byte[sourceBytes]), limits);
    }
}
