package lyceum.stream.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import lyceum.platform.Settings;
import lyceum.stream.PushSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The settings of stream-service. */
class StreamConfigTest {

    @Test
    void hasTheLimitsOfTheOriginal() {
        StreamConfig config = from(Map.of());

        assertThat(config.redis().maxEntries()).isEqualTo(1000);
        assertThat(config.limits().messageBytes()).isEqualTo(16_777_216);
        assertThat(config.redis().limit()).isLessThan(Duration.ofSeconds(10));
        assertThat(config.redis().url()).isEqualTo("redis://localhost");
    }

    @ParameterizedTest
    @CsvSource({
        "LYCEUM_STREAM_CONNECTIONS,0",
        "LYCEUM_STREAM_REDIS_TIMEOUT,x",
        "LYCEUM_STREAM_MAX_ENTRIES,0",
        "LYCEUM_STREAM_SESSIONS,0",
        "LYCEUM_STREAM_MESSAGE_LIMIT,0",
        "LYCEUM_STREAM_MESSAGE_LIMIT,513MiB",
        "LYCEUM_STREAM_READ_LIMIT,-1",
        "LYCEUM_STREAM_HELD_LIMIT,much",
        "LYCEUM_STREAM_TAILS,0",
        "LYCEUM_STREAM_RING_LIMIT,x",
        "LYCEUM_STREAM_RINGS_LIMIT,x",
        "LYCEUM_STREAM_POOL,0",
        "LYCEUM_STREAM_DOCUMENTS,0",
        "LYCEUM_STREAM_DOCUMENTS,100001",
        "LYCEUM_STREAM_DOCUMENT_LIMIT,1023",
        "LYCEUM_STREAM_DOCUMENT_LIMIT,5MiB",
        "LYCEUM_STREAM_SAMPLE_RECIPES,maybe",
        "LYCEUM_TIME_ZONE,Atlantis/Nowhere",
        "LYCEUM_STREAM_CONVERTERS,0",
        "LYCEUM_STREAM_CONVERTERS,65",
        "LYCEUM_STREAM_CONVERSIONS,0",
        "LYCEUM_STREAM_CONVERTED_LIMIT,x",
        "LYCEUM_STREAM_CONVERSION_LIMIT,2GiB",
        "LYCEUM_STREAM_PIXELS,0",
        "LYCEUM_RECORDING_FILE_LIMIT,0",
        "LYCEUM_RECORDING_FILE_LIMIT,49GiB",
        "LYCEUM_RECORDING_UPLOADS,1001",
        "LYCEUM_RECORDING_EXPORT,maybe",
        "LYCEUM_RECORDING_EXPORT_PAUSE,soon"
    })
    void refusesAWrongValueByItsKey(String key, String value) {
        assertThatThrownBy(() -> from(Map.of(key, value))).hasMessageContaining(key);
    }

    @Test
    void letsTheLongestMessageAndTheLongestAnswerBeHeld() {
        Budget unfinished = new Budget(from(Map.of()).limits().heldBytes()).part();

        unfinished.take(from(Map.of()).limits().readBytes());
        unfinished.giveBack(from(Map.of()).limits().readBytes());
        unfinished.take(
                from(Map.of()).limits().messageBytes() + (long) PushSession.MESSAGE_ENTRIES * Message.OVERHEAD_BYTES);
    }

    @ParameterizedTest
    @CsvSource({"LYCEUM_STREAM_HELD_LIMIT,23MiB", "LYCEUM_STREAM_MESSAGE_LIMIT,23MiB", "LYCEUM_STREAM_READ_LIMIT,25MiB"
    })
    void refusesLimitsOfWhatCouldNeverBeHeld(String key, String value) {
        assertThatThrownBy(() -> from(Map.of(key, value)))
                .hasMessageContaining(key)
                .hasMessageContaining("LYCEUM_STREAM_HELD_LIMIT");
    }

    private static StreamConfig from(Map<String, String> values) {
        return StreamConfig.from(new Settings(values), "redis://localhost", "postgresql://localhost/lyceum");
    }
}
