package lyceum.account.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import lyceum.platform.Database;
import lyceum.platform.Profile;
import lyceum.platform.Settings;
import lyceum.platform.Settings.WrongSetting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The settings of account-service. */
class AccountConfigTest {

    private static final String URL = "postgresql://x:y@localhost/z";

    @Test
    void hashesAsOwaspRecommends() {
        assertThat(from(Map.of()))
                .isEqualTo(new AccountConfig(
                        new Database(URL, "account", 4),
                        Profile.DEV,
                        new HashCost(19_456, 2, 1),
                        2,
                        100,
                        new LoginLimit(10, Duration.ofMinutes(15)),
                        Optional.empty(),
                        Duration.ofSeconds(10)));
    }

    @Test
    void knowsWhoIsCreatedFirst() {
        assertThat(from(Map.of("LYCEUM_ADMIN_USER", "root", "LYCEUM_ADMIN_PASSWORD_FILE", "/run/secrets/root"))
                        .first())
                .contains(new FirstAccount(AccountName.of("root"), Path.of("/run/secrets/root")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "LYCEUM_ADMIN_USER ; root ; LYCEUM_ADMIN_USER: needs LYCEUM_ADMIN_PASSWORD_FILE, too",
                "LYCEUM_ADMIN_PASSWORD_FILE ; /x ; LYCEUM_ADMIN_PASSWORD_FILE: needs LYCEUM_ADMIN_USER, too",
                "LYCEUM_PASSWORD_MEMORY ; 7167 ; LYCEUM_PASSWORD_MEMORY: '7167' is not a number 7168..1048576",
                "LYCEUM_PASSWORD_MEMORY ; 17919 ; LYCEUM_PASSWORD_MEMORY: times LYCEUM_PASSWORD_ITERATIONS below 35840, which is too little",
                "LYCEUM_PASSWORD_ITERATIONS ; 1 ; LYCEUM_PASSWORD_MEMORY: times LYCEUM_PASSWORD_ITERATIONS below 35840, which is too little",
                "LYCEUM_PASSWORD_THREADS ; 0 ; LYCEUM_PASSWORD_THREADS: '0' is not a number 1..64",
                "LYCEUM_PASSWORD_QUEUE ; -1 ; LYCEUM_PASSWORD_QUEUE: '-1' is not a number 0..10000",
                "LYCEUM_LOGIN_FAILURES ; 0 ; LYCEUM_LOGIN_FAILURES: '0' is not a number 1..1000000",
                "LYCEUM_LOGIN_WINDOW ; 0s ; LYCEUM_LOGIN_WINDOW: '0s' is not a duration",
                "LYCEUM_ACCOUNT_POOL ; 0 ; LYCEUM_ACCOUNT_POOL: '0' is not a number 1..200"
            })
    void refusesWhatCannotBe(String key, String value, String message) {
        assertThatThrownBy(() -> from(Map.of(key, value)))
                .isInstanceOf(WrongSetting.class)
                .hasMessage(message);
    }

    @Test
    void refusesANameThatCannotBe() {
        assertThatThrownBy(() -> from(Map.of("LYCEUM_ADMIN_USER", "a/b", "LYCEUM_ADMIN_PASSWORD_FILE", "x")))
                .hasMessage("LYCEUM_ADMIN_USER: 'a/b' cannot be a name");
    }

    private static AccountConfig from(Map<String, String> values) {
        return AccountConfig.from(new Settings(values), URL);
    }
}
