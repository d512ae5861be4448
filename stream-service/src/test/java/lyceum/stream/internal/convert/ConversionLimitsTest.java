package lyceum.stream.internal.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import lyceum.platform.Settings;
import lyceum.platform.Settings.WrongSetting;
import org.junit.jupiter.api.Test;

class ConversionLimitsTest {

    @Test
    void areEnoughForFourThousandColumnsWhereNothingIsSet() {
        assertThat(TestLimits.USUAL).isEqualTo(new ConversionLimits(8 << 20, 64 << 20));
    }

    @Test
    void areAsTheyAreSet() {
        Settings settings =
                new Settings(Map.of("LYCEUM_STREAM_PIXELS", "100", "LYCEUM_STREAM_CONVERSION_LIMIT", "1KiB"));

        assertThat(ConversionLimits.from(settings)).isEqualTo(new ConversionLimits(100, 1024));
    }

    @Test
    void refuseWhatNoArrayHolds() {
        Settings settings = new Settings(Map.of("LYCEUM_STREAM_CONVERSION_LIMIT", "2GiB"));

        assertThatThrownBy(() -> ConversionLimits.from(settings))
                .isInstanceOf(WrongSetting.class)
                .hasMessageStartingWith("LYCEUM_STREAM_CONVERSION_LIMIT");
    }
}
