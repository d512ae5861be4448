package lyceum.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.jwt.JWTAuth;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import lyceum.account.Role;
import lyceum.gateway.route.Refusal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens as such; another implementation of JWT, that of Vert.x, signs what is to be refused. */
class TokensTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final JwtSecret SECRET = JwtSecret.of("a secret with thirty-two bytes, é!", "test");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2126-11-24T10:00:00.999Z"), ZoneOffset.UTC);
    private static final long NEXT_CENTURY = CLOCK.instant().getEpochSecond();

    private final Tokens tokens = new Tokens(VERTX, SECRET, CLOCK);

    @AfterAll
    static void stop() {
        VERTX.close().await();
    }

    @Test
    void signsNameAndExpiryOnly() {
        String[] parts = tokens.issue(new Caller("ada", List.of())).split("\\.");

        assertThat(new JsonObject(decode(parts[0])))
                .isEqualTo(new JsonObject().put("alg", "HS256").put("typ", "JWT"));
        assertThat(decode(parts[1])).isEqualTo("{\"sub\":\"ada\",\"exp\":%d}", NEXT_CENTURY + 43_200 * 60);
    }

    @Test
    void writesClaimsInAscii() {
        String[] parts = tokens.issue(new Caller("김 \uD83D\uDE42", List.of())).split("\\.");

        assertThat(decode(parts[1])).startsWith("{\"sub\":\"\\uAE40 \\uD83D\\uDE42\",");
    }

    /** Else they have characters in which the two alphabets of base64 differ. */
    @ParameterizedTest
    @ValueSource(strings = {">>>???", "a>>>???", "aa>>>???", "~~~", "a~~~", "aa~~~~", "?o>", "\u007f\u007f\u007f"})
    void writesClaimsThatTheStandardAlphabetOfBase64CanRead(String name) {
        Caller caller = new Caller(name, List.of());
        String token = tokens.issue(caller);

        assertThat(token.split("\\.")[1]).doesNotContain("-", "_");
        assertThat(tokens.verify(Optional.of(token)).result()).isEqualTo(caller);
    }

    @Test
    void knowsItsOwnTokens() {
        Caller caller = new Caller("김", List.of(Role.TEACHER, Role.ADMIN));

        Future<Caller> verified = tokens.verify(Optional.of(tokens.issue(caller)));

        assertThat(verified.isComplete()).isTrue();
        assertThat(verified.result()).isEqualTo(caller);
    }

    @Test
    void knowsATokenThatAnotherProgramSignedWithTheSecret() {
        JsonObject claims = claims().put("roles", List.of("student", "emperor"));

        assertThat(tokens.verify(Optional.of(sign(claims, SECRET))).await())
                .isEqualTo(new Caller("ada", List.of(Role.STUDENT)));
    }

    @Test
    void refusesATokenSignedWithAnotherSecret() {
        assertRefused(sign(claims(), JwtSecret.of("another secret of thirty-two bytes", "test")));
    }

    @Test
    void refusesAnExpiredToken() {
        assertRefused(sign(claims().put("exp", 1_652_545_719), SECRET));
    }

    @Test
    void refusesARevokedToken() {
        Tokens.Revocation revocation = (subject, second) ->
                subject.equals("ada") && second < CLOCK.instant().getEpochSecond() + 1;
        Tokens strict = new Tokens(VERTX, SECRET, CLOCK, false, revocation);
        Tokens later = new Tokens(VERTX, SECRET, Clock.offset(CLOCK, Duration.ofSeconds(1)));
        Caller ada = new Caller("ada", List.of());

        assertRefused(strict, tokens.issue(ada));
        assertThat(strict.verify(Optional.of(later.issue(ada))).result()).isEqualTo(ada);
        assertThat(strict.verify(Optional.of(tokens.issue(new Caller("eve", List.of()))))
                        .succeeded())
                .isTrue();
    }

    /** However late it was issued: what it says had been read before. */
    @Test
    void refusesATokenThatKnowsOfAnEarlierRevocationOnly() {
        Tokens strict = new Tokens(VERTX, SECRET, CLOCK, false, (subject, second) -> second < 10);
        Caller ada = new Caller("ada", List.of());

        assertRefused(strict, tokens.issue(ada, 0));
        assertRefused(strict, tokens.issue(ada, 9));
        assertThat(strict.verify(Optional.of(tokens.issue(ada, 10))).result()).isEqualTo(ada);
    }

    @Test
    void believesWhenATokenOfAnotherProgramSaysThatItWasIssued() {
        Tokens strict = new Tokens(VERTX, SECRET, CLOCK, false, (subject, second) -> second < 1000);

        assertRefused(strict, sign(claims().put("iat", 999), SECRET));
        assertThat(strict.verify(Optional.of(sign(claims().put("iat", 1000), SECRET)))
                        .succeeded())
                .isTrue();
        assertRefused(strict, sign(claims().put("iat", "1000"), SECRET));
    }

    @ParameterizedTest
    @ValueSource(strings = {"exp", "sub"})
    void refusesATokenWithoutAClaim(String claim) {
        JsonObject claims = claims();
        claims.remove(claim);

        assertRefused(sign(claims, SECRET));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"sub\":\"a\",\"exp\":\"x\"}",
                "{\"sub\":\"a\",\"exp\":4949215200,\"roles\":\"admin\"}",
                "{\"sub\":\"a\",\"exp\":4949215200,\"roles\":[null]}"
            })
    void refusesClaimsOfAWrongType(String claims) {
        assertRefused(sign(new JsonObject(claims), SECRET));
    }

    @Test
    void refusesAnUnsignedToken() {
        String header = encode("{\"alg\":\"none\",\"typ\":\"JWT\"}");

        assertRefused(header + '.' + encode(claims().encode()) + '.');
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "a.b", "a.b.c", "..", "e30.e30.e30", "\u0000.é.\uD800"})
    void refusesWhatIsNoToken(String token) {
        assertRefused(token);
    }

    @Test
    void refusesNoTokenInOtherWords() {
        assertThatThrownBy(() -> tokens.verify(Optional.empty()).await()).hasMessage("Not authenticated");
    }

    private void assertRefused(String token) {
        assertRefused(tokens, token);
    }

    private static void assertRefused(Tokens tokens, String token) {
        assertThatThrownBy(() -> tokens.verify(Optional.of(token)).await())
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.status()).isEqualTo(401))
                .hasMessage("Could not validate credentials");
    }

    private static JsonObject claims() {
        return new JsonObject().put("sub", "ada").put("exp", NEXT_CENTURY);
    }

    private static String sign(JsonObject claims, JwtSecret secret) {
        return JWTAuth.create(VERTX, secret.options())
                .generateToken(claims, new JWTOptions().setAlgorithm("HS256").setNoTimestamp(true));
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String text) {
        return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
    }
}
