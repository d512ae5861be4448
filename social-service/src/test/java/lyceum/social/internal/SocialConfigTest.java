package lyceum.social.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import lyceum.platform.Database;
import lyceum.platform.Settings;
import lyceum.platform.Settings.WrongSetting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The settings of social-service. */
class SocialConfigTest {

    private static final String URL = "postgresql://x:y@localhost/z";

    @Test
    void countsAsTheOriginalDidUnlessToldOtherwise() {
        assertThat(from(Map.of()))
                .isEqualTo(new SocialConfig(
                        new Database(URL, "social", 8),
                        ZoneId.of("UTC"),
                        1000,
                        16 * 1024 * 1024,
                        Duration.ofMinutes(2),
                        Duration.ofSeconds(10)));
    }

    @Test
    void takesWhatItIsTold() {
        SocialConfig config = from(Map.of("LYCEUM_SOCIAL_TIME_ZONE", "Europe/Berlin"));

        assertThat(config.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "LYCEUM_SOCIAL_POOL ; 0 ; LYCEUM_SOCIAL_POOL: '0' is not a number 1..200",
                "LYCEUM_SOCIAL_TIME_ZONE ; Berlin ; LYCEUM_SOCIAL_TIME_ZONE: 'Berlin' is not a time zone",
                "LYCEUM_SOCIAL_CLASSES ; 0 ; LYCEUM_SOCIAL_CLASSES: '0' is not a number 1..1000000",
                "LYCEUM_SOCIAL_HELD_LIMIT ; x ; LYCEUM_SOCIAL_HELD_LIMIT: 'x' is not a size",
                "LYCEUM_SOCIAL_HELD_LIMIT ; 1KiB ; LYCEUM_SOCIAL_HELD_LIMIT: below 1MiB, which is too little",
                "LYCEUM_SOCIAL_TURNS_KEPT ; 0s ; LYCEUM_SOCIAL_TURNS_KEPT: '0s' is not a duration",
                "LYCEUM_SOCIAL_TURNS_KEPT ; 59s ; LYCEUM_SOCIAL_TURNS_KEPT: below 1m, while a gateway may still follow a class that it has no part in"
            })
    void refusesWhatCannotBe(String key, String value, String message) {
        assertThatThrownBy(() -> from(Map.of(key, value)))
                .isInstanceOf(WrongSetting.class)
                .hasMessage(message);
    }

    private static SocialConfig from(Map<String, String> values) {
        return SocialConfig.from(new Settings(values), URL);
    }
}
