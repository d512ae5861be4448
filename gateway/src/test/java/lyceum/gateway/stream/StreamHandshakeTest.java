package lyceum.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import lyceum.gateway.TestGateway;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.stream.StreamService.OpenPull;
import lyceum.stream.StreamService.OpenPush;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How WebSockets of streams begin, or do not. */
class StreamHandshakeTest {

    private StreamSocketsFixture fixture;

    @BeforeEach
    void start() {
        fixture = new StreamSocketsFixture("LYCEUM_STREAM_SOCKETS", "2");
        new ScriptedPull(fixture.pull);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private HttpRequest<Buffer> handshake(String path) {
        return fixture.gateway
                .request(HttpMethod.GET, path)
                .putHeader("Upgrade", "websocket")
                .putHeader("Connection", "Upgrade")
                .putHeader("Sec-WebSocket-Version", "13")
                .putHeader("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
    }

    private HttpResponse<Buffer> withToken(String path) {
        return handshake(path)
                .bearerTokenAuthentication(TestGateway.token(fixture.gateway.vertx, "ada"))
                .send()
                .await();
    }

    @ParameterizedTest
    @CsvSource({
        "/data/p/push,,Not authenticated",
        "/data/p/pull,,Not authenticated",
        "/data/p/push?token=garbage,,Could not validate credentials",
        "/data/p/pull,Basic x,Not authenticated",
        "/data/p/push?ack=maybe,,Not authenticated"
    })
    void turnsAwayWhoeverHasNoToken(String path, String authorization, String detail) {
        HttpRequest<Buffer> request = handshake(path);
        if (authorization != null) {
            request.putHeader("Authorization", authorization);
        }

        HttpResponse<Buffer> response = request.send().await();

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.getHeader("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(response.bodyAsJsonObject()).isEqualTo(new JsonObject().put("detail", detail));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/data/p/push?ack=maybe | query ack: value could not be parsed to a boolean",
                "/data/p/push?batch= | query batch: value could not be parsed to a boolean",
                "/data/p/push?parse_meta=2 | query parse_meta: value could not be parsed to a boolean",
                "/data/a+b/push | path ids: several streams take batches only",
                "/data/a+b/push?batch=off | path ids: several streams take batches only",
                "/data/a+/push?batch=1 | path ids: the name of a stream has 1 to 1024 bytes",
                "/data/recipe:id/push | path ids: recipe:id names no stream",
                "/data/p/pull?count=abc | query count: value is not a valid integer",
                "/data/p/pull?count=0 | query count: ensure this value is greater than or equal to 1",
                "/data/p/pull?latest=maybe | query latest: value could not be parsed to a boolean",
                "/data/p/pull?onebyone=x | query onebyone: value could not be parsed to a boolean",
                "/data/p/pull?ack=x | query ack: value could not be parsed to a boolean",
                "/data/p/pull?timeout=1.5 | query timeout: value is not a valid integer",
                "/data/p/pull?timeout=-1 | query timeout: ensure this value is greater than or equal to 0",
                "/data/p/pull?rate_limit=x | query rate_limit: value is not a valid float",
                "/data/p/pull?rate_limit=-1 | query rate_limit: ensure this value is greater than or equal to 0",
                "/data/p/pull?rate_limit=nan | query rate_limit: value is not a valid float",
                "/data/a++b/pull | path ids: the name of a stream has 1 to 1024 bytes",
                "/data/a+../push?batch=1 | path ids: .. names no stream",
                "/data/XMETA:p/pull | path ids: XMETA:p names no stream",
                "/data/p/push/ | Not Found",
                "/data/p/pull/ | Not Found",
                "/data/p/nope | Not Found",
                "/data/a/b/push | Not Found",
                "/data/a%2Fb/push | Not Found",
                "/data/a%2Fb/pull | Not Found",
                "/data/a+b%2Fc/pull | Not Found",
                "/streams/p/push | Not Found"
            })
    void refusesWhatIsWrongWithABare403(String path, String phrase) {
        HttpResponse<Buffer> response = withToken(path);

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).isNull();
        assertThat(response.statusMessage()).isEqualTo(phrase);
        assertThat(fixture.service.asked()).isEmpty();
    }

    @Test
    void refusesWhatTheServiceFindsWrong() {
        fixture.service.on(OpenPull.class, order -> Future.failedFuture(Failure.invalid("'é\r\n' is no position")));

        HttpResponse<Buffer> response = withToken("/data/p/pull?last_entry_id=x");

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).isNull();
        assertThat(response.statusMessage()).isEqualTo("'???' is no position");
        assertHasRoom();
    }

    @Test
    void tellsNothingOfADefect() {
        fixture.service.on(OpenPush.class, order -> Future.failedFuture(new IllegalStateException("secret")));

        HttpResponse<Buffer> response = withToken("/data/p/push");

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.bodyAsString()).contains("InternalServerError").doesNotContain("secret");
        assertHasRoom();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/data/p/push", "/data/p/pull"})
    void asksForAWebSocketWhereThereIsNone(String path) {
        HttpResponse<Buffer> response = fixture.gateway
                .get(path)
                .bearerTokenAuthentication(TestGateway.token(fixture.gateway.vertx, "ada"))
                .send()
                .await();

        assertThat(response.statusCode()).isEqualTo(426);
        assertThat(response.bodyAsJsonObject())
                .isEqualTo(new JsonObject().put("detail", "this is a WebSocket of version 13"));
    }

    @ParameterizedTest
    @CsvSource({"BUSY", "UNAVAILABLE"})
    void saysOverTheSocketThatThereIsNoSessionForNow(Kind kind) {
        Failure failure = new Failure(kind, "please try again");
        fixture.service
                .on(OpenPull.class, order -> Future.failedFuture(failure))
                .on(OpenPush.class, order -> Future.failedFuture(failure));
        for (String path : new String[] {"/data/p/pull", "/data/p/pull?output=jpg", "/data/p/push"}) {
            try (StreamVisitor visitor = fixture.visit(path)) {
                assertThat(visitor.closing()).isEqualTo("1013 please try again");
            }
        }
    }

    @Test
    void hasRoomForAFewOnly() {
        try (StreamVisitor first = fixture.visit("/data/p/push");
                StreamVisitor second = fixture.visit("/data/p/pull");
                StreamVisitor third = fixture.visit("/data/p/pull");
                StreamVisitor fourth = fixture.visit("/data/p/push")) {
            assertThat(third.closing()).isEqualTo("1013 too many sockets are open, please try again");
            assertThat(fourth.closing()).isEqualTo("1013 too many sockets are open, please try again");
            assertThat(first.socket.isClosed()).isFalse();
            assertThat(second.socket.isClosed()).isFalse();
        }

        assertHasRoom();
    }

    private void assertHasRoom() {
        fixture.service.on(
                OpenPush.class, new lyceum.stream.StreamService.OpenedSession("7", StreamSocketsFixture.INSTANCE));
        Awaitility.await().untilAsserted(() -> {
            try (StreamVisitor first = fixture.visit("/data/p/push?ack=1");
                    StreamVisitor second = fixture.visit("/data/p/push?ack=1")) {
                first.say(Buffer.buffer("x"));
                second.say(Buffer.buffer("x"));
                assertThat(first.heard(1)).hasSize(1);
                assertThat(second.heard(1)).hasSize(1);
            }
        });
    }
}
