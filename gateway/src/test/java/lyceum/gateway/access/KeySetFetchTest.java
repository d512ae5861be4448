package lyceum.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Key sets over HTTP, from a server that may do anything. */
class KeySetFetchTest {

    private static final Duration TIMEOUT = Duration.ofMillis(500);
    private static final SigningKey KEY = SigningKey.ec("k", "ES256");

    private final Vertx vertx = Vertx.vertx();
    private HttpServer server;
    private volatile Handler<HttpServerRequest> answer;
    private volatile boolean isClosed;

    @BeforeEach
    void start() {
        server = vertx.createHttpServer()
                .requestHandler(request -> {
                    request.connection().closeHandler(closed -> isClosed = true);
                    answer.handle(request);
                })
                .listen(0, "127.0.0.1")
                .await();
    }

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void leavesOutWhatCannotBeUsed() {
        JsonObject unknown = new JsonObject().put("kty", "OKP").put("crv", "Ed25519");
        answerWith(set(unknown, "no object", KEY.jwk()));

        assertThat(fetch()).extracting(IssuerKey::id).containsExactly(Optional.of("k"));
    }

    @Test
    void asksForJsonAtThePath() {
        answer = request -> request.response()
                .setStatusCode(
                        request.uri().equals("/realms/x/keys?y=1")
                                        && request.getHeader("Accept").equals("application/json")
                                ? 200
                                : 400)
                .end(set(KEY.jwk()));

        assertThat(fetch()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 301, 401, 404, 500})
    void failsWithAnotherStatus(int status) {
        answer = request -> request.response()
                .setStatusCode(status)
                .putHeader("Location", "/elsewhere")
                .end();

        assertThatThrownBy(this::fetch).hasMessage("status " + status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{}", "{\"keys\":{}}", "{\"keys\":[]}", "{\"keys\":[1]}"})
    void failsWithWhatIsNoKeySet(String body) {
        answerWith(body);

        assertThatThrownBy(this::fetch).isInstanceOf(RuntimeException.class);
    }

    @Test
    void failsWithTooManyKeys() {
        answerWith(set(Collections.nCopies(KeySetFetch.MOST_KEYS, KEY.jwk()).toArray()));
        assertThat(fetch()).hasSize(KeySetFetch.MOST_KEYS);

        answerWith(set(Collections.nCopies(KeySetFetch.MOST_KEYS + 1, KEY.jwk()).toArray()));
        assertThatThrownBy(this::fetch).hasMessage("no set of at most 100 keys");
    }

    @Test
    void failsWithABodyBeyondTheLimitAndReadsNoMoreOfIt() {
        answer = request -> {
            HttpServerResponse response = request.response().setChunked(true);
            vertx.setPeriodic(1, timer -> {
                if (response.closed()) {
                    vertx.cancelTimer(timer);
                } else {
                    response.write(Buffer.buffer(new byte[16 * 1024]));
                }
            });
        };

        assertThatThrownBy(this::fetch).hasMessage("more than %d bytes".formatted(KeySetFetch.BODY_LIMIT_BYTES));
        Awaitility.await().until(() -> isClosed);
    }

    @Test
    void failsWhereNothingComes() {
        answer = request -> {};

        assertThatThrownBy(this::fetch).isInstanceOf(TimeoutException.class);
        Awaitility.await().until(() -> isClosed);
    }

    @Test
    void failsWhereTheBodyDoesNotEnd() {
        answer = request -> request.response().setChunked(true).write("{\"keys\":");

        assertThatThrownBy(this::fetch).isInstanceOf(TimeoutException.class);
        Awaitility.await().until(() -> isClosed);
    }

    @Test
    void failsWhereTheConnectionBreaks() {
        answer = request -> request.response()
                .setChunked(true)
                .write("{\"keys\":")
                .onSuccess(written -> request.connection().close());

        assertThatThrownBy(this::fetch).isInstanceOf(Exception.class);
    }

    @Test
    void failsWhereNobodyListens() {
        server.close().await();

        assertThatThrownBy(this::fetch).hasMessageContaining("refused");
    }

    private List<IssuerKey> fetch() {
        URI url = URI.create("http://127.0.0.1:%d/realms/x/keys?y=1".formatted(server.actualPort()));
        return new KeySetFetch(vertx, url, TIMEOUT).keys().await();
    }

    private void answerWith(String body) {
        answer = request -> request.response().end(body);
    }

    private static String set(Object... keys) {
        return new JsonObject().put("keys", new JsonArray(List.of(keys))).encode();
    }
}
