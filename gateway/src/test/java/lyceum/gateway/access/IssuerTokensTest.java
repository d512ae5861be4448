package lyceum.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import lyceum.account.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of another issuer, by a clock that stands. */
class IssuerTokensTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final long SECOND = NOW.getEpochSecond();
    private static final SigningKey KEY = SigningKey.rsa("k", "RS256");

    private int fetches;
    private final IssuerTokens tokens = tokens("roles");

    @AfterAll
    static void stop() {
        VERTX.close().await();
    }

    private IssuerTokens tokens(String rolesClaim) {
        IssuerConfig config = new IssuerConfig(
                "https://issuer.example/",
                List.of("lyceum", "classroom"),
                URI.create("http://unused.example"),
                rolesClaim,
                Duration.ofSeconds(1),
                Duration.ofMinutes(10),
                Duration.ofSeconds(10));
        IssuerKeys keys = new IssuerKeys(
                () -> {
                    fetches++;
                    return Future.succeededFuture(
                            List.of(IssuerKey.of(KEY.jwk()).orElseThrow()));
                },
                config.maxAge(),
                config.minPause(),
                () -> NOW);
        return new IssuerTokens(config, keys, () -> NOW);
    }

    @Test
    void tellWhoseTheyAre() {
        JsonObject claims = claims().put("roles", JsonArray.of("teacher", "emperor", "admin", "teacher"));

        assertThat(verify(claims)).contains(new Caller("ada", List.of(Role.TEACHER, Role.ADMIN)));
    }

    @Test
    void needNoRoles() {
        assertThat(verify(claims())).contains(new Caller("ada", List.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "realm_access.roles | {\"realm_access\":{\"roles\":[\"teacher\"]}}",
                "https://example.org/roles | {\"https://example.org/roles\":[\"teacher\"]}",
                "a.b | {\"a.b\":\"teacher\",\"a\":{\"b\":\"admin\"}}",
                "scope | {\"scope\":\"openid  teacher,profile\"}",
                "a.b.c | {\"a\":{\"b\":{\"c\":[1,null,\"teacher\"]}}}"
            })
    void tellRolesWhereTheyAreToldTo(String claim, String claims) {
        CompactJws token = parse(KEY.sign(VERTX, claims().mergeIn(new JsonObject(claims))));

        assertThat(tokens(claim).verify(token).result()).contains(new Caller("ada", List.of(Role.TEACHER)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"a\":1}",
                "{\"a\":[]}",
                "{\"a\":{\"b\":1}}",
                "{\"a\":{\"b\":{\"teacher\":true}}}",
                "{\"a\":{}}"
            })
    void tellNoRolesWhereThereAreNone(String claims) {
        CompactJws token = parse(KEY.sign(VERTX, claims().mergeIn(new JsonObject(claims))));

        assertThat(tokens("a.b").verify(token).result()).contains(new Caller("ada", List.of()));
        assertThat(tokens("..").verify(token).result()).contains(new Caller("ada", List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"aud\":[\"other\",\"classroom\"]}",
                "{\"aud\":\"classroom\"}",
                "{\"nbf\":1}",
                "{\"exp\":1e300}",
                "{\"exp\":99999999999999999999999999}",
                "{\"sub\":\"\uAE40 \uD83D\uDE42\"}"
            })
    void areAcceptedWhere(String claims) {
        assertThat(verify(claims().mergeIn(new JsonObject(claims)))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"iss\":\"https://issuer.example\"}",
                "{\"iss\":1}",
                "{\"iss\":null}",
                "{\"aud\":\"other\"}",
                "{\"aud\":[]}",
                "{\"aud\":null}",
                "{\"aud\":[1]}",
                "{\"aud\":{\"lyceum\":1}}",
                "{\"exp\":null}",
                "{\"exp\":\"4949215200\"}",
                "{\"exp\":-1e300}",
                "{\"nbf\":\"1\"}",
                "{\"nbf\":null}",
                "{\"nbf\":1e300}",
                "{\"sub\":null}",
                "{\"sub\":\"\"}",
                "{\"sub\":1}",
                "{\"sub\":\"a\\nb\"}",
                "{\"sub\":\"a\\u0000\"}"
            })
    void areRefusedWhereWithoutAKeyBeingFetched(String claims) {
        assertThat(verify(claims().mergeIn(new JsonObject(claims)))).isEmpty();
        assertThat(fetches).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"iss", "aud", "exp", "sub"})
    void areRefusedWithoutAClaim(String claim) {
        JsonObject claims = claims();
        claims.remove(claim);

        assertThat(verify(claims)).isEmpty();
    }

    @Test
    void areRefusedForASubjectBeyondItsLength() {
        assertThat(verify(claims().put("sub", "x".repeat(255)))).isPresent();
        assertThat(verify(claims().put("sub", "x".repeat(256)))).isEmpty();
    }

    @Test
    void mayBeALittleLateOrEarly() {
        assertThat(verify(claims().put("exp", SECOND - 29))).isPresent();
        assertThat(verify(claims().put("exp", SECOND - 30))).isEmpty();
        assertThat(verify(claims().put("nbf", SECOND + 30))).isPresent();
        assertThat(verify(claims().put("nbf", SECOND + 31))).isEmpty();
    }

    @Test
    void areRefusedWithASignatureOfAnotherKey() {
        SigningKey other = SigningKey.rsa("k", "RS256");

        assertThat(verify(other.sign(VERTX, claims()))).isEmpty();
    }

    @Test
    void areRefusedWithAnotherKeysName() {
        SigningKey other = new SigningKey("other", "RS256", KEY.pair());

        assertThat(verify(other.sign(VERTX, claims()))).isEmpty();
    }

    @Test
    void areRefusedWhereTheyWereAlteredAfterwards() {
        String[] parts = KEY.sign(VERTX, claims()).split("\\.");

        assertThat(verify(parts[0] + '.' + encode(claims().put("sub", "root").encode()) + '.' + parts[2]))
                .isEmpty();
    }

    /** The key is for RS256, and its owner signs with RS512: somebody may have been deceived. */
    @Test
    void areRefusedWithAnotherAlgorithmThanTheKeys() {
        SigningKey other = new SigningKey("k", "RS512", KEY.pair());

        assertThat(verify(other.sign(VERTX, claims()))).isEmpty();
    }

    /** What anybody can compute: the public key, taken for the secret of an HMAC. */
    @ParameterizedTest
    @ValueSource(strings = {"HS256", "hs256", "none", "None", ""})
    void areRefusedWithAnAlgorithmThatNeedsNoPrivateKey(String algorithm) throws GeneralSecurityException {
        byte[] publicKey = KEY.pair().getPublic().getEncoded();
        String signed = encode("{\"alg\":\"%s\",\"kid\":\"k\"}".formatted(algorithm)) + '.' + encode(claims().encode());
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(publicKey, "HmacSHA256"));
        byte[] signature = mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII));

        assertThat(verify(signed + '.' + Base64.getUrlEncoder().withoutPadding().encodeToString(signature)))
                .isEmpty();
        assertThat(fetches).isZero();
    }

    private Optional<Caller> verify(JsonObject claims) {
        return verify(KEY.sign(VERTX, claims));
    }

    private Optional<Caller> verify(String token) {
        return tokens.verify(parse(token)).result();
    }

    private static CompactJws parse(String token) {
        return CompactJws.parse(token).orElseThrow();
    }

    private static JsonObject claims() {
        return new JsonObject()
                .put("iss", "https://issuer.example/")
                .put("aud", "lyceum")
                .put("sub", "ada")
                .put("exp", SECOND + 60);
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Buffer.buffer(text).getBytes());
    }
}
