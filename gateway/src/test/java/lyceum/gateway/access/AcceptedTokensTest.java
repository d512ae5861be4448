package lyceum.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import lyceum.account.Role;
import lyceum.gateway.TestGateway;
import lyceum.gateway.route.Refusal;
import lyceum.platform.Failure;
import lyceum.platform.LogLines;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of ours and of another issuer, at one door. */
class AcceptedTokensTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final JwtSecret SECRET = JwtSecret.of(TestGateway.SECRET, "test");
    private static final SigningKey KEY = SigningKey.ec("k", "ES256");
    private static final Caller ADA = new Caller("ada", List.of(Role.TEACHER));

    private final Tokens own = new Tokens(VERTX, SECRET, Clock.systemUTC());
    private Future<List<IssuerKey>> keys =
            Future.succeededFuture(List.of(IssuerKey.of(KEY.jwk()).orElseThrow()));

    @AfterAll
    static void stop() {
        VERTX.close().await();
    }

    @Test
    void areOfUsOrOfTheIssuer() {
        TokenVerifier tokens = tokens(true, false);

        assertThat(tokens.verify(Optional.of(own.issue(ADA))).result()).isEqualTo(ADA);
        assertThat(tokens.verify(Optional.of(foreign())).result()).isEqualTo(ADA);
    }

    @Test
    void areOfNobodyElseWhereThereIsNoIssuer() {
        TokenVerifier tokens = tokens(false, false);

        assertThat(tokens.verify(Optional.of(own.issue(ADA))).result()).isEqualTo(ADA);
        assertInvalid(tokens, foreign());
    }

    /** Signed with our secret, and yet of the other issuer: nobody makes such tokens. */
    @ParameterizedTest
    @ValueSource(strings = {"HS384", "HS512"})
    void areOfUsWithOneAlgorithmOnly(String algorithm) {
        String token = JWTAuth.create(
                        VERTX,
                        new JWTAuthOptions()
                                .addPubSecKey(new PubSecKeyOptions()
                                        .setAlgorithm(algorithm)
                                        .setBuffer(TestGateway.SECRET)))
                .generateToken(claims(), new JWTOptions().setAlgorithm(algorithm));

        assertInvalid(tokens(true, false), token);
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "a.b.c", "e30.e30.e30", "eyJhbGciOiJub25lIn0.e30."})
    void areNothingElse(String token) {
        assertInvalid(tokens(true, false), token);
    }

    @Test
    void areStrictAboutTheirForm() {
        assertInvalid(tokens(true, false), own.issue(ADA) + '.');
        assertInvalid(tokens(true, false), own.issue(ADA) + '=');
    }

    @Test
    void areAskedForInOtherWords() {
        assertThatThrownBy(() -> tokens(true, true).verify(Optional.empty()).await())
                .isInstanceOf(Refusal.class)
                .hasMessage("Not authenticated");
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "e30.e30.e30"})
    void areOfSomebodyWithoutRolesWhereAnyIsAccepted(String token) {
        assertThat(tokens(true, true).verify(Optional.of(token)).result()).isEqualTo(new Caller("anon", List.of()));
    }

    @Test
    void areStillOfTheirOwnersWhereAnyIsAccepted() {
        assertThat(tokens(true, true).verify(Optional.of(own.issue(ADA))).result())
                .isEqualTo(ADA);
        assertThat(tokens(true, true).verify(Optional.of(foreign())).result()).isEqualTo(ADA);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void areNotJudgedWhileTheirIssuerIsOutOfReach(boolean isLenient) {
        keys = Future.failedFuture("down");
        try (LogLines log = LogLines.of(IssuerKeys.class)) {
            assertThatThrownBy(() -> tokens(true, isLenient)
                            .verify(Optional.of(foreign()))
                            .await())
                    .isInstanceOf(Failure.class);
            assertThat(log.events()).hasSize(1);
        }
    }

    @Test
    void expireUnlessTheyAreToldNotTo() {
        String old = JWTAuth.create(VERTX, SECRET.options())
                .generateToken(
                        new JsonObject().put("sub", "ptg").put("exp", 1_652_545_719),
                        new JWTOptions().setAlgorithm("HS256").setNoTimestamp(true));

        assertInvalid(own, old);
        assertThat(new Tokens(VERTX, SECRET, Clock.systemUTC(), true, (subject, second) -> false)
                        .verify(Optional.of(old))
                        .result())
                .isEqualTo(new Caller("ptg", List.of()));
    }

    @Test
    void areStillSignedWhereTheyDoNotExpire() {
        Tokens lasting = new Tokens(VERTX, SECRET, Clock.systemUTC(), true, (subject, second) -> false);
        Tokens others =
                new Tokens(VERTX, JwtSecret.of("another secret of thirty-two bytes", "test"), Clock.systemUTC());

        assertInvalid(lasting, others.issue(ADA));
        assertInvalid(
                lasting,
                JWTAuth.create(VERTX, SECRET.options())
                        .generateToken(new JsonObject().put("sub", "a"), new JWTOptions().setAlgorithm("HS256")));
    }

    private AcceptedTokens tokens(boolean withIssuer, boolean isLenient) {
        IssuerConfig config = new IssuerConfig(
                "issuer",
                List.of("lyceum"),
                URI.create("http://unused.example"),
                "roles",
                Duration.ofSeconds(1),
                Duration.ofMinutes(10),
                Duration.ofSeconds(10));
        IssuerKeys found = new IssuerKeys(() -> keys, config.maxAge(), config.minPause(), InstantSource.system());
        Optional<IssuerTokens> foreign = Optional.of(new IssuerTokens(config, found, InstantSource.system()))
                .filter(wanted -> withIssuer);
        return new AcceptedTokens(own, foreign, isLenient);
    }

    private static String foreign() {
        return KEY.sign(VERTX, claims());
    }

    private static JsonObject claims() {
        return new JsonObject()
                .put("iss", "issuer")
                .put("aud", "lyceum")
                .put("sub", "ada")
                .put("exp", Instant.now().getEpochSecond() + 60)
                .put("roles", "teacher");
    }

    private static void assertInvalid(TokenVerifier tokens, String token) {
        assertThatThrownBy(() -> tokens.verify(Optional.of(token)).await())
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.status()).isEqualTo(401))
                .hasMessage("Could not validate credentials");
    }
}
