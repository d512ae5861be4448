package lyceum.launcher.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SocketTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int LARGE_BYTES = 3 << 20;

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger frames = new AtomicInteger();

    private int port;

    @BeforeEach
    void serve() {
        HttpServer server = vertx.createHttpServer(new HttpServerOptions().setMaxWebSocketFrameSize(2 * LARGE_BYTES));
        port = server.requestHandler(this::answer)
                .listen(0, "127.0.0.1")
                .await()
                .actualPort();
    }

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    /** Answers a name with what happens then; an asterisk stands in the path to show that it arrives as it is. */
    private void answer(HttpServerRequest request) {
        if (!request.uri().startsWith("/*/") || !"me".equals(request.getHeader("Who"))) {
            request.response().setStatusCode(401).end("who?");
            return;
        }
        request.toWebSocket().onSuccess(socket -> {
            socket.frameHandler(frame -> frames.incrementAndGet());
            act(request.uri().substring("/*/".length()), socket);
        });
    }

    private static void act(String what, ServerWebSocket socket) {
        switch (what) {
            case "speak" -> {
                socket.writeTextMessage("é");
                socket.writeBinaryMessage(Buffer.buffer(new byte[LARGE_BYTES]));
                socket.close((short) 1008, "enough");
            }
            default -> socket.textMessageHandler(socket::writeTextMessage);
        }
    }

    @Test
    void hearsMessagesAndTheEndInTheirOrder() {
        Socket socket = open("/*/speak").accepted();

        assertThat(socket.hear(PATIENCE)).contains(new Heard.Text("é"));
        assertThat(socket.hear(PATIENCE)).contains(new Heard.Bytes(Buffer.buffer(new byte[LARGE_BYTES])));
        assertThat(socket.hear(PATIENCE)).contains(new Heard.Closed(1008, "enough"));
    }

    @Test
    void hearsNothingWhileNothingComes() {
        try (Socket socket = open("/*/listen").accepted()) {
            assertThat(socket.hear(Duration.ofMillis(50))).isEmpty();
            socket.send("a");
            assertThat(socket.hear(PATIENCE)).contains(new Heard.Text("a"));
        }
    }

    @Test
    void sendsAMessageAsOneFrame() {
        try (Socket socket = open("/*/listen").accepted()) {
            socket.send(Buffer.buffer(new byte[LARGE_BYTES]));
            socket.send("end");

            assertThat(socket.hear(PATIENCE)).contains(new Heard.Text("end"));
            assertThat(frames).hasValue(2);
        }
    }

    @Test
    void hearsTheAnswerToItsGoodbye() {
        Socket socket = open("/*/listen").accepted();

        socket.close();

        assertThat(socket.hear(PATIENCE)).contains(new Heard.Closed(1000, ""));
    }

    @Test
    void tellsWhyAHandshakeIsRefused() {
        Socket.Opening opening = Sockets.of(vertx).open(port, "/*/listen", Map.of());

        assertThat(opening).isEqualTo(new Socket.Opening(401, "who?", null));
        assertThatThrownBy(opening::accepted).hasMessageContaining("401");
    }

    private Socket.Opening open(String target) {
        return Sockets.of(vertx).open(port, target, Map.of("Who", "me"));
    }
}
