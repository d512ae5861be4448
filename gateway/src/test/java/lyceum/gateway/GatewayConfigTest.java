package lyceum.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lyceum.platform.Profile;
import lyceum.platform.Settings;
import lyceum.platform.Settings.WrongSetting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayConfigTest {

    private static final String SECRET = "é".repeat(16);

    @Test
    void hasADefaultForEverything() {
        assertThat(GatewayConfig.from(new Settings(Map.of())))
                .isEqualTo(new GatewayConfig(
                        "0.0.0.0",
                        8080,
                        Profile.DEV,
                        Optional.empty(),
                        ElicastRoutesConfig.from(new Settings(Map.of())),
                        new SandboxRoutesConfig(
                                24 << 20,
                                20,
                                100,
                                Duration.ofMinutes(25),
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(20)),
                        new StreamRoutesConfig(ZoneId.of("UTC"), 16 << 20, 1 << 30, Duration.ofSeconds(60)),
                        new TrustedProxies(List.of()),
                        Path.of("./data"),
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(26),
                        Duration.ofSeconds(20)));
    }

    @Test
    void readsWhatIsSet() {
        GatewayConfig config = GatewayConfig.from(new Settings(
                Map.of("LYCEUM_PROFILE", "prod", "LYCEUM_JWT_SECRET", SECRET, "LYCEUM_AUTH_ELICAST", "required")));

        assertThat(config.profile()).isEqualTo(Profile.PROD);
        assertThat(config.elicast().admission()).isEqualTo(Admission.REQUIRED);
        assertThat(config.jwtSecret().orElseThrow().key())
                .isEqualTo(JwtSecret.of(SECRET, "").key());
    }

    @Test
    void showsNoSecret() {
        assertThat(TestGateway.config(Map.of()).toString()).doesNotContain(TestGateway.SECRET);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "LYCEUM_PROFILE ; prod ; LYCEUM_JWT_SECRET: required where LYCEUM_PROFILE is prod",
                "LYCEUM_JWT_SECRET ; hush ; LYCEUM_JWT_SECRET: a secret of at least 32 bytes is needed, this one has 4",
                "LYCEUM_HTTP_IDLE_TIMEOUT ; 60s ; LYCEUM_HTTP_IDLE_TIMEOUT: not longer than LYCEUM_CODE_TIME_LIMIT, so runs would be cut",
                "LYCEUM_HTTP_IDLE_TIMEOUT ; 1500s ; LYCEUM_HTTP_IDLE_TIMEOUT: not longer than LYCEUM_SANDBOX_REPLY_TIMEOUT, so runs would be cut",
                "LYCEUM_SANDBOX_BODY_LIMIT ; 2GiB ; LYCEUM_SANDBOX_BODY_LIMIT: more than 1GiB, which no memory holds",
                "LYCEUM_SANDBOX_BATCH_LIMIT ; 201 ; LYCEUM_SANDBOX_BATCH_LIMIT: '201' is not a number 1..200",
                "LYCEUM_TIME_ZONE ; Mars/Base ; LYCEUM_TIME_ZONE: no such time zone",
                "LYCEUM_AUTH_ELICAST ; maybe ; LYCEUM_AUTH_ELICAST: 'maybe' is not a open|required"
            })
    void refusesWhatCannotBe(String key, String value, String message) {
        assertThatThrownBy(() -> GatewayConfig.from(new Settings(Map.of(key, value))))
                .isInstanceOf(WrongSetting.class)
                .hasMessage(message);
    }
}
