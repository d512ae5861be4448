package lyceum.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lyceum.gateway.access.AddressRange;
import lyceum.gateway.access.Admission;
import lyceum.gateway.access.IssuerConfig;
import lyceum.gateway.access.JwtSecret;
import lyceum.gateway.access.LimitsConfig;
import lyceum.gateway.access.TokenConfig;
import lyceum.gateway.access.TokenConfig.SecureCookie;
import lyceum.gateway.access.TrustedProxies;
import lyceum.gateway.connection.ConnectionConfig;
import lyceum.gateway.elicast.ElicastRoutesConfig;
import lyceum.gateway.grading.GradingRoutesConfig;
import lyceum.gateway.grading.LegacyRunnersConfig;
import lyceum.gateway.live.LiveConfig;
import lyceum.gateway.rate.Rate;
import lyceum.gateway.rate.RateConfig;
import lyceum.gateway.sandbox.SandboxRoutesConfig;
import lyceum.gateway.social.SocialConfig;
import lyceum.gateway.social.SocialLimits;
import lyceum.gateway.stream.StreamRoutesConfig;
import lyceum.gateway.stream.StreamSocketsConfig;
import lyceum.gateway.stream.StreamSocketsConfig.Pace;
import lyceum.gateway.video.LiveVideoConfig;
import lyceum.platform.Profile;
import lyceum.platform.Settings;
import lyceum.platform.Settings.WrongSetting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayConfigTest {

    /** 32 bytes, not as many characters. */
    private static final String SECRET = "é, deux, trois, quatre, cinq,é";

    @Test
    void hasADefaultForEverything() {
        assertThat(GatewayConfig.from(new Settings(Map.of()), "redis://r"))
                .isEqualTo(new GatewayConfig(
                        "0.0.0.0",
                        8080,
                        Optional.empty(),
                        new TokenConfig(
                                Profile.DEV,
                                SecureCookie.AUTO,
                                100,
                                Duration.ofMinutes(15),
                                false,
                                false,
                                Optional.empty()),
                        Optional.empty(),
                        ElicastRoutesConfig.from(new Settings(Map.of())),
                        new SandboxRoutesConfig(
                                24 << 20,
                                20,
                                100,
                                Duration.ofMinutes(25),
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(20)),
                        new StreamRoutesConfig(
                                ZoneId.of("UTC"),
                                16 << 20,
                                1 << 30,
                                1 << 20,
                                Duration.ofSeconds(60),
                                Duration.ofMinutes(5),
                                Admission.REQUIRED,
                                2L << 30,
                                500),
                        new StreamSocketsConfig(
                                5000,
                                16 << 20,
                                32 << 20,
                                Duration.ofSeconds(60),
                                new Pace(Duration.ofSeconds(20), Duration.ofSeconds(5), Duration.ofMinutes(5))),
                        LiveConfig.from(new Settings(Map.of())),
                        LiveVideoConfig.from(new Settings(Map.of()), false),
                        1_000,
                        new SocialConfig(Admission.OPEN, new SocialLimits(200, 2_000, 200, 100, 50, 10_000, 4 << 20)),
                        new GradingRoutesConfig(
                                256 << 10,
                                4 << 20,
                                32 << 20,
                                10_000,
                                new LegacyRunnersConfig(
                                        List.of(
                                                AddressRange.parse("0.0.0.0/0").orElseThrow(),
                                                AddressRange.parse("::/0").orElseThrow()),
                                        600,
                                        Duration.ofMinutes(1))),
                        Optional.empty(),
                        true,
                        new TrustedProxies(List.of()),
                        Path.of("./data"),
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(26),
                        new LimitsConfig(
                                512,
                                new ConnectionConfig(
                                        30_000, Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofMinutes(2)),
                                new RateConfig(new Rate(0, 200), new Rate(0, 2_000)),
                                "redis://r"),
                        Duration.ofSeconds(20)));
    }

    @Test
    void readsWhatIsSet() {
        GatewayConfig config = GatewayConfig.from(
                new Settings(Map.of(
                        "LYCEUM_PROFILE", "prod", "LYCEUM_JWT_SECRET", SECRET, "LYCEUM_AUTH_ELICAST", "required")),
                "");

        assertThat(config.tokens().profile()).isEqualTo(Profile.PROD);
        assertThat(config.elicast().admission()).isEqualTo(Admission.REQUIRED);
        assertThat(config.jwtSecret().orElseThrow().key())
                .isEqualTo(JwtSecret.of(SECRET, "").key());
    }

    @Test
    void countsCallersInProductionUnlessToldOtherwise() {
        assertThat(TestGateway.config(Map.of("LYCEUM_PROFILE", "prod")).limits().rates())
                .isEqualTo(new RateConfig(new Rate(50, 200), new Rate(500, 2_000)));
        assertThat(TestGateway.config(
                                Map.of("LYCEUM_PROFILE", "prod", "LYCEUM_RATE_CALLER", "0", "LYCEUM_RATE_ADDRESS", "0"))
                        .limits()
                        .rates()
                        .isUnlimited())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "dev, auto, false, false",
        "dev, auto, true, true",
        "dev, always, false, true",
        "dev, never, true, false",
        "prod, auto, false, true",
        "prod, auto, true, true",
        "prod, always, false, true",
        "prod, never, true, false"
    })
    void makesTheCookieSecureInProductionAndByTlsUnlessToldOtherwise(
            String profile, String secure, boolean isByTls, boolean isSecure) {
        GatewayConfig config = TestGateway.config(Map.of("LYCEUM_PROFILE", profile, "LYCEUM_COOKIE_SECURE", secure));

        assertThat(config.tokens().isCookieSecure(isByTls)).isEqualTo(isSecure);
    }

    @Test
    void refusesASecretThatOthersKnowInProduction() {
        Map<String, String> known = Map.of("LYCEUM_JWT_SECRET", "change-me-change-me-change-me-change-me");

        assertThat(TestGateway.config(known).jwtSecret()).isPresent();
        assertThatThrownBy(() -> TestGateway.config(
                        Map.of("LYCEUM_PROFILE", "prod", "LYCEUM_JWT_SECRET", known.get("LYCEUM_JWT_SECRET"))))
                .isInstanceOf(WrongSetting.class)
                .hasMessageStartingWith("LYCEUM_JWT_SECRET: is the placeholder of an example");
    }

    @ParameterizedTest
    @CsvSource({"LYCEUM_TLS_CERTIFICATE, LYCEUM_TLS_KEY", "LYCEUM_TLS_KEY, LYCEUM_TLS_CERTIFICATE"})
    void refusesHalfOfACertificate(String set, String missing) {
        assertThatThrownBy(() -> TestGateway.config(Map.of(set, "/a/file")))
                .isInstanceOf(WrongSetting.class)
                .hasMessage("%s: needed together with %s".formatted(missing, set));
    }

    @Test
    void refusesRtmpOverTlsWithoutACertificate() {
        assertThatThrownBy(() -> TestGateway.config(Map.of("LYCEUM_RTMPS_PORT", "0")))
                .isInstanceOf(WrongSetting.class)
                .hasMessage("LYCEUM_RTMPS_PORT: needs LYCEUM_TLS_CERTIFICATE");
    }

    @Test
    void knowsWhoseTokensAreAcceptedBesideOurs() {
        GatewayConfig config = TestGateway.config(Map.of(
                "LYCEUM_JWT_ISSUER", "https://issuer.example/",
                "LYCEUM_JWT_AUDIENCE", "lyceum, classroom",
                "LYCEUM_JWKS_URL", "https://issuer.example/keys"));

        assertThat(config.tokens().issuer())
                .contains(new IssuerConfig(
                        "https://issuer.example/",
                        List.of("lyceum", "classroom"),
                        URI.create("https://issuer.example/keys"),
                        "roles",
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(10),
                        Duration.ofSeconds(10)));
    }

    @ParameterizedTest
    @CsvSource({
        "LYCEUM_JWT_ISSUER,https://issuer.example/,LYCEUM_JWT_AUDIENCE",
        "LYCEUM_JWT_AUDIENCE,lyceum,LYCEUM_JWT_ISSUER",
        "LYCEUM_JWKS_URL,https://issuer.example/keys,LYCEUM_JWT_ISSUER"
    })
    void needsAllOfAnIssuer(String key, String value, String missing) {
        assertThatThrownBy(() -> TestGateway.config(Map.of(key, value)))
                .hasMessage(missing + ": LYCEUM_JWT_ISSUER, LYCEUM_JWT_AUDIENCE and LYCEUM_JWKS_URL need each other");
    }

    @ParameterizedTest
    @ValueSource(strings = {"issuer.example/keys", "file:///keys", "https:///keys", "https://a b/", "ftp://x/y"})
    void needsAUrlForTheKeysOfAnIssuer(String url) {
        assertThatThrownBy(() -> TestGateway.config(
                        Map.of("LYCEUM_JWT_ISSUER", "x", "LYCEUM_JWT_AUDIENCE", "y", "LYCEUM_JWKS_URL", url)))
                .hasMessage("LYCEUM_JWKS_URL: '%s' is not a URL of http or https".formatted(url));
    }

    @Test
    void acceptsInvalidTokensInDevelopmentOnly() {
        assertThat(TestGateway.config(Map.of("LYCEUM_AUTH_LENIENT", "true"))
                        .tokens()
                        .isLenient())
                .isTrue();
        assertThatThrownBy(() -> TestGateway.config(Map.of("LYCEUM_AUTH_LENIENT", "true", "LYCEUM_PROFILE", "prod")))
                .isInstanceOf(WrongSetting.class)
                .hasMessage("LYCEUM_AUTH_LENIENT: not where LYCEUM_PROFILE is prod");
    }

    @ParameterizedTest
    @CsvSource({
        "LYCEUM_JWT_IGNORE_EXPIRY,true,LYCEUM_JWT_IGNORE_EXPIRY is set: whoever has a token of ours has it for ever",
        "LYCEUM_AUTH_LENIENT,true,LYCEUM_AUTH_LENIENT is set: whoever brings any token at all is let in",
        "LYCEUM_JWKS_URL,http://issuer/keys,the keys of LYCEUM_JWT_ISSUER come without TLS: whoever is on the way can sign tokens",
        "LYCEUM_JWKS_URL,https://issuer/keys,"
    })
    void warnsOfWhatMakesTokensWeak(String key, String value, String warning) {
        Map<String, String> settings = key.equals("LYCEUM_JWKS_URL")
                ? Map.of("LYCEUM_JWT_ISSUER", "x", "LYCEUM_JWT_AUDIENCE", "y", key, value)
                : Map.of(key, value);

        assertThat(TestGateway.config(settings).tokens().warnings())
                .isEqualTo(warning == null ? List.of() : List.of(warning));
        assertThat(TestGateway.config(Map.of()).tokens().warnings()).isEmpty();
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
                "LYCEUM_COOKIE_SECURE ; true ; LYCEUM_COOKIE_SECURE: 'true' is not a auto|always|never",
                "LYCEUM_LOGIN_ADDRESS_FAILURES ; -1 ; LYCEUM_LOGIN_ADDRESS_FAILURES: '-1' is not a number 0..1000000",
                "LYCEUM_LOGIN_WINDOW ; 0m ; LYCEUM_LOGIN_WINDOW: '0m' is not a duration",
                "LYCEUM_TIME_ZONE ; Mars/Base ; LYCEUM_TIME_ZONE: 'Mars/Base' is not a time zone",
                "LYCEUM_STREAM_DOCUMENT_LIMIT ; 5MiB ; LYCEUM_STREAM_DOCUMENT_LIMIT: more than 4MiB",
                "LYCEUM_AUTH_SOCIAL ; maybe ; LYCEUM_AUTH_SOCIAL: 'maybe' is not a open|required",
                "LYCEUM_SOCIAL_NAME_LIMIT ; 5001 ; LYCEUM_SOCIAL_NAME_LIMIT: '5001' is not a number 1..5000",
                "LYCEUM_SOCIAL_COMMENT_LIMIT ; 20001 ; LYCEUM_SOCIAL_COMMENT_LIMIT: '20001' is not a number 0..20000",
                "LYCEUM_SOCIAL_BURST ; 0 ; LYCEUM_SOCIAL_BURST: '0' is not a number 1..1000000",
                "LYCEUM_STATIC_DIR ; /nowhere/at/all ; LYCEUM_STATIC_DIR: '/nowhere/at/all' is not a readable directory",
                "LYCEUM_ROUTE_CONCURRENCY ; 0 ; LYCEUM_ROUTE_CONCURRENCY: '0' is not a number 1..1000000",
                "LYCEUM_CONNECTIONS ; 0 ; LYCEUM_CONNECTIONS: '0' is not a number 1..1000000",
                "LYCEUM_MEDIA_WATCHERS ; 0 ; LYCEUM_MEDIA_WATCHERS: '0' is not a number 1..1000000",
                "LYCEUM_HTTP_HEAD_LIMIT ; 0s ; LYCEUM_HTTP_HEAD_LIMIT: '0s' is not a duration",
                "LYCEUM_HTTP_STALL_LIMIT ; never ; LYCEUM_HTTP_STALL_LIMIT: 'never' is not a duration",
                "LYCEUM_HTTP_KEEP_ALIVE ; 0s ; LYCEUM_HTTP_KEEP_ALIVE: '0s' is not a duration",
                "LYCEUM_RATE_CALLER ; -1 ; LYCEUM_RATE_CALLER: '-1' is not a number 0..1000000",
                "LYCEUM_RATE_ADDRESS ; x ; LYCEUM_RATE_ADDRESS: 'x' is not a number 0..1000000",
                "LYCEUM_RATE_CALLER_BURST ; 0 ; LYCEUM_RATE_CALLER_BURST: '0' is not a number 1..1000000",
                "LYCEUM_RATE_ADDRESS_BURST ; 0 ; LYCEUM_RATE_ADDRESS_BURST: '0' is not a number 1..1000000",
                "LYCEUM_AUTH_ELICAST ; maybe ; LYCEUM_AUTH_ELICAST: 'maybe' is not a open|required"
            })
    void refusesWhatCannotBe(String key, String value, String message) {
        assertThatThrownBy(() -> GatewayConfig.from(new Settings(Map.of(key, value)), ""))
                .isInstanceOf(WrongSetting.class)
                .hasMessage(message);
    }
}
