package lyceum.platform.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import lyceum.platform.Settings;
import lyceum.platform.Settings.WrongSetting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TracesConfigTest {

    @Test
    void isOffUntilACollectorIsNamed() {
        assertThat(config(Map.of()).url()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http://otel:4318, http://otel:4318/v1/traces",
        "http://otel:4318/, http://otel:4318/v1/traces",
        "https://otel.example/of/us, https://otel.example/of/us/v1/traces",
        "https://otel.example/of/us/v1/traces, https://otel.example/of/us/v1/traces"
    })
    void takesABaseOrAWholeUrl(String set, String used) {
        assertThat(config(Map.of("LYCEUM_TRACES_URL", set)).url()).contains(URI.create(used));
    }

    @ParameterizedTest
    @ValueSource(strings = {"otel:4318", "grpc://otel:4317", "http://", "http://a b", "/v1/traces"})
    void refusesWhatIsNoUrlOfHttpAndDoesNotRepeatIt(String set) {
        assertThatThrownBy(() -> config(Map.of("LYCEUM_TRACES_URL", set)))
                .isInstanceOf(WrongSetting.class)
                .hasMessageStartingWith("LYCEUM_TRACES_URL: ")
                .hasMessageNotContaining(set);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "0.25, 0.25", "1.0, 1"})
    void takesAShare(String set, double share) {
        assertThat(config(Map.of("LYCEUM_TRACES_SHARE", set)).share()).isEqualTo(share);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1", "-0.1", "NaN", "1e-3", "50%", ".5"})
    void refusesWhatIsNoShare(String set) {
        assertThatThrownBy(() -> config(Map.of("LYCEUM_TRACES_SHARE", set)))
                .isInstanceOf(WrongSetting.class)
                .hasMessageContaining("LYCEUM_TRACES_SHARE");
    }

    private static TracesConfig config(Map<String, String> settings) {
        return TracesConfig.from(new Settings(settings));
    }
}
