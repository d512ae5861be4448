package lyceum.platform;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import lyceum.platform.Settings.WrongSetting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuessableSecretTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ssssssssssssssssssssssssssssssss",
                "12121212121212121212121212121212",
                "abcdeabcdeabcdeabcdeabcdeabcdeab",
                "change-me-change-me-change-me-32",
                "please CHANGE_ME before production",
                "a-string-secret-at-least-256-bits-long",
                "your-256-bit-secret-your-256-bit-secret",
                "09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7"
            })
    void isRefusedWithoutBeingShown(String secret) {
        assertThatThrownBy(() -> GuessableSecret.refuse("LYCEUM_X", secret))
                .isInstanceOf(WrongSetting.class)
                .hasMessageStartingWith("LYCEUM_X: is the ")
                .hasMessageNotContaining(secret);
    }

    @Test
    void isNotWhatIsRandomOrASentence() {
        assertThatCode(() -> {
                    GuessableSecret.refuse("LYCEUM_X", "5f2b7d1c9e3a48600b7f4a1d2c8e6935");
                    GuessableSecret.refuse("LYCEUM_X", "eight purple elephants read slowly");
                })
                .doesNotThrowAnyException();
    }
}
