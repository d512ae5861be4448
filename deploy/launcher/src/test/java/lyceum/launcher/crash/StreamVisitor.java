package lyceum.launcher.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import lyceum.launcher.wire.Heard;
import lyceum.launcher.wire.Socket;
import lyceum.launcher.wire.Sockets;

/** Somebody with a token who opens sockets at a gateway of this machine, again and again while it does not take them. */
final class StreamVisitor {

    /** Of the programs of these tests: 32 bytes or more. */
    static final String SECRET = "a secret of the tests, 32 bytes or more";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int HOUR = 60;

    private final Sockets sockets;
    private final int port;
    private final String token;

    StreamVisitor(Vertx vertx, int port) {
        sockets = Sockets.of(vertx);
        this.port = port;
        token = token(vertx);
    }

    /** @return a token that every gateway with that secret takes, so that no other service is needed */
    static String token(Vertx vertx) {
        PubSecKeyOptions key = new PubSecKeyOptions().setAlgorithm("HS256").setBuffer(Buffer.buffer(SECRET));
        return JWTAuth.create(vertx, new JWTAuthOptions().addPubSecKey(key))
                .generateToken(new JsonObject().put("sub", "ada"), new JWTOptions().setExpiresInMinutes(HOUR));
    }

    /** Waits until the gateway takes it. */
    Socket open(String target) {
        AtomicReference<Socket> opened = new AtomicReference<>();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> {
            opened.set(tryOpen(target).socket());
            return opened.get() != null;
        });
        return opened.get();
    }

    /** Appends one entry; @return its id */
    String push(String stream, String text) {
        try (Socket socket = open("/data/%s/push?ack=true".formatted(stream))) {
            socket.send(Buffer.buffer(text));
            Optional<Heard> answer = socket.hear(PATIENCE);
            assertThat(answer).as("acknowledgement of " + text).get().isInstanceOf(Heard.Text.class);
            return ((Heard.Text) answer.get()).text();
        }
    }

    /** @return what became of one try; a gateway that is not there counts as 503 */
    Socket.Opening tryOpen(String target) {
        return sockets.opening(port, target, Map.of("Authorization", "Bearer " + token))
                .otherwise(error -> new Socket.Opening(503, error.toString(), null))
                .await();
    }
}
