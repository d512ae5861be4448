package lyceum.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.util.Map;
import java.util.stream.Stream;
import lyceum.gateway.TestGateway;
import lyceum.platform.TestRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who asks a gateway too often; each test has callers and addresses of its own. */
@TestInstance(Lifecycle.PER_CLASS)
class CallerLimitsTest {

    private static final int BURST = 3;
    private static final int MOST_TRIES = 50;

    private final Vertx vertx = Vertx.vertx();
    private TestGateway gateway;

    @BeforeAll
    void start() {
        gateway = new TestGateway(
                Map.of(
                        "LYCEUM_RATE_CALLER", "1",
                        "LYCEUM_RATE_CALLER_BURST", "" + BURST,
                        "LYCEUM_RATE_ADDRESS", "1",
                        "LYCEUM_RATE_ADDRESS_BURST", "" + BURST,
                        "LYCEUM_TRUSTED_PROXIES", "127.0.0.1"),
                TestRedis.freshDatabase(vertx));
    }

    @AfterAll
    void stop() {
        gateway.close();
        vertx.close().await();
    }

    private HttpResponse<Buffer> ask(String path, String address, String token) {
        HttpRequest<Buffer> request = gateway.get(path).putHeader("X-Forwarded-For", address);
        if (token != null) {
            request.bearerTokenAuthentication(token);
        }
        return request.send().await();
    }

    /** A busy machine may take so long that another permit comes. */
    private HttpResponse<Buffer> exhaust(String path, String address, String token) {
        for (int i = 0; i < MOST_TRIES; i++) {
            HttpResponse<Buffer> answer = ask(path, address, token);
            if (answer.statusCode() == 429) {
                assertThat(i).isGreaterThanOrEqualTo(BURST);
                return answer;
            }
        }
        throw new AssertionError("nobody counts " + path);
    }

    private void assertRefused(String path, String address, String token) {
        assertThat(Stream.generate(() -> ask(path, address, token).statusCode()).limit(BURST))
                .contains(429);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/streams | 10.1.0.1 | application/json | {'detail':'too many requests, please try again later'}",
                "/elicast | 10.1.0.2 | text/plain; charset=utf-8 | too many requests, please try again later",
                "/judge0/about | 10.1.0.3 | application/json; charset=utf-8 | {'error':'too many requests, please try again later'}",
                "/piston/api/v2/runtimes | 10.1.0.4 | application/json; charset=utf-8 | {'message':'too many requests, please try again later'}",
                "/sandbox | 10.1.0.5 | application/problem+json | {'type':'about:blank','title':'Too Many Requests','status':429,'detail':'too many requests, please try again later'}"
            })
    void refusesAnAddressInTheWordsOfTheRoute(String path, String address, String mediaType, String body) {
        HttpResponse<Buffer> refused = exhaust(path, address, null);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.getHeader("Content-Type")).isEqualTo(mediaType);
        assertThat(refused.bodyAsString()).isEqualTo(body.replace('\'', '"'));
        assertThat(refused.getHeader("Retry-After")).isEqualTo("1");
        assertThat(refused.getHeader("RateLimit-Policy")).isEqualTo("\"address\";q=3;w=3");
        assertThat(refused.getHeader("RateLimit")).isEqualTo("\"address\";r=0;t=1");
    }

    @Test
    void refusesACallerWhereverItComesFromAndNobodyElse() {
        String ada = TestGateway.token(vertx, "ada");

        HttpResponse<Buffer> refused = exhaust("/streams", "10.2.0.1", ada);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.getHeader("RateLimit-Policy")).isEqualTo("\"caller\";q=3;w=3");
        assertRefused("/sandbox", "10.2.0.2", ada);
        assertThat(ask("/streams", "10.2.0.1", TestGateway.token(vertx, "eve")).statusCode())
                .isNotEqualTo(429);
        assertThat(ask("/streams", "10.2.0.1", null).statusCode()).isEqualTo(401);
    }

    @Test
    void knowsACallerWhereNoTokenIsNeeded() {
        String bob = TestGateway.token(vertx, "bob");
        exhaust("/elicast", "10.3.0.1", bob);

        assertRefused("/elicast", "10.3.0.1", bob);
        assertThat(ask("/elicast", "10.3.0.1", null).statusCode()).isNotEqualTo(429);
    }

    @Test
    void countsWrongTokensByAddress() {
        assertThat(exhaust("/streams", "10.4.0.1", "wrong").statusCode()).isEqualTo(429);
        assertRefused("/elicast", "10.4.0.1", "another");
    }

    @Test
    void takesANetworkOfIpV6ForOneAddress() {
        exhaust("/streams", "2001:db8:1:2::1", null);

        assertRefused("/streams", "2001:db8:1:2:ffff::9", null);
        assertThat(ask("/streams", "2001:db8:1:3::1", null).statusCode()).isEqualTo(401);
    }

    @Test
    void countsHandshakesOfSocketIoAndOfWebSockets() {
        String handshake = "/socket.io/?EIO=4&transport=polling";
        assertThat(exhaust(handshake, "10.5.0.1", null).statusCode()).isEqualTo(429);
        // Who has a session is not counted: this one is unknown.
        assertThat(ask(handshake + "&sid=x", "10.5.0.1", null).statusCode()).isEqualTo(400);
        String ida = TestGateway.token(vertx, "ida");
        assertThat(exhaust("/sandbox/sessions", "10.5.0.2", ida).statusCode()).isEqualTo(429);
    }

    @Test
    void countsARequestOnceThatTwoRoutesLookAt() {
        String joe = TestGateway.token(vertx, "joe");

        assertThat(exhaust("/recordings/replay", "10.6.0.1", joe).statusCode()).isEqualTo(429);
    }

    @Test
    void tellsWhatDoesNotChangeHoweverOften() {
        for (String path : new String[] {"/docs", "/openapi.yaml", "/asyncapi.yaml"}) {
            for (int i = 0; i < 2 * BURST; i++) {
                assertThat(ask(path, "10.7.0.1", null).statusCode()).isEqualTo(200);
            }
        }
    }

    @Test
    void asksABrowserForNothingFirst() {
        for (int i = 0; i < 2 * BURST; i++) {
            assertThat(gateway.request(HttpMethod.OPTIONS, "/elicast")
                            .putHeader("X-Forwarded-For", "10.8.0.1")
                            .send()
                            .await()
                            .statusCode())
                    .isEqualTo(200);
        }
    }
}
