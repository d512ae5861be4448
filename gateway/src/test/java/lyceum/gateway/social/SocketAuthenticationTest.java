package lyceum.gateway.social;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.stream.Stream;
import lyceum.gateway.TestGateway;
import lyceum.gateway.access.JwtSecret;
import lyceum.gateway.access.Tokens;
import lyceum.gateway.live.LiveHandshake;
import lyceum.gateway.route.Refusal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Where sockets have their token. */
@TestInstance(Lifecycle.PER_CLASS)
class SocketAuthenticationTest {

    private final Vertx vertx = Vertx.vertx();
    private String ada;
    private String eve;
    private SocketAuthentication authentication;

    @BeforeAll
    void start() {
        ada = TestGateway.token(vertx, "ada");
        eve = TestGateway.token(vertx, "eve");
        authentication = new SocketAuthentication(
                new Tokens(vertx, JwtSecret.of(TestGateway.SECRET, "test"), Clock.systemUTC()));
    }

    @AfterAll
    void stop() {
        vertx.close().await();
    }

    private static LiveHandshake handshake(String header, String value, String query, Object auth) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        if (header != null) {
            headers.add(header, value);
        }
        MultiMap parameters = MultiMap.caseInsensitiveMultiMap();
        if (query != null) {
            parameters.add("token", query);
        }
        return new LiveHandshake("/", headers, parameters, auth);
    }

    @ParameterizedTest
    @CsvSource({"Authorization,Bearer ada", "Cookie,'authorization=\"Bearer ada\"'", "Cookie,authorization=Bearer ada"})
    void readsItWhereRequestsHaveIt(String header, String value) {
        assertThat(authentication
                        .authenticate(handshake(header, value.replace("ada", ada), null, null))
                        .await())
                .contains("ada");
    }

    @Test
    void readsItFromTheQueryOfAPage() {
        assertThat(authentication.authenticate(handshake(null, null, ada, null)).await())
                .contains("ada");
    }

    @Test
    void readsItFromThePayloadBeforeAllElse() {
        assertThat(authentication
                        .authenticate(
                                handshake("Authorization", "Bearer " + eve, null, new JsonObject().put("token", ada)))
                        .await())
                .contains("ada");
    }

    static Stream<Object> payloadsWithoutAToken() {
        return Stream.of(
                new JsonObject(),
                new JsonObject().put("token", 5),
                new JsonObject().putNull("token"),
                new JsonObject().put("token", ""),
                new JsonArray().add("token"),
                "token");
    }

    @ParameterizedTest
    @MethodSource("payloadsWithoutAToken")
    void readsItElsewhereWhereThePayloadHasNone(Object payload) {
        assertThat(authentication
                        .authenticate(handshake("Authorization", "Bearer " + ada, null, payload))
                        .await())
                .contains("ada");
        assertThatThrownBy(() -> authentication
                        .authenticate(handshake(null, null, null, payload))
                        .await())
                .isInstanceOf(Refusal.class);
    }

    @Test
    void refusesAWrongOne() {
        assertThatThrownBy(() -> authentication
                        .authenticate(handshake(null, null, null, new JsonObject().put("token", ada + "x")))
                        .await())
                .isInstanceOf(Refusal.class);
    }
}
