package lyceum.launcher.wire;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A WebSocket that keeps what came, in its order, until the test asks for it. */
public final class Socket implements AutoCloseable {

    /** Above all that a server may send. */
    private static final int MESSAGE_BYTES = 64 << 20;

    private static final int MOST_SOCKETS = 10_000;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ClientWebSocket socket;
    private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();

    private Socket(ClientWebSocket socket) {
        this.socket = socket;
        socket.textMessageHandler(text -> heard.add(new Heard.Text(text)))
                .binaryMessageHandler(bytes -> heard.add(new Heard.Bytes(bytes)))
                .closeHandler(closed -> heard.add(ending()));
    }

    /**
     * What became of a handshake.
     *
     * @param status 101 where there is a socket now
     * @param body of a refusal
     * @param socket null where it was refused
     */
    public record Opening(int status, String body, Socket socket) {

        /** @return the socket, or a failure that tells the refusal */
        public Socket accepted() {
            if (socket == null) {
                throw new AssertionError("handshake refused: %d %s".formatted(status, Excerpt.head(body)));
            }
            return socket;
        }
    }

    /** @return a client that compresses nothing */
    public static WebSocketClient client(Vertx vertx) {
        return client(vertx, false);
    }

    /** @param compressing whether {@code permessage-deflate} is offered */
    public static WebSocketClient client(Vertx vertx, boolean compressing) {
        return vertx.createWebSocketClient(new WebSocketClientOptions()
                .setMaxMessageSize(MESSAGE_BYTES)
                .setMaxFrameSize(MESSAGE_BYTES)
                .setMaxConnections(MOST_SOCKETS)
                .setTryUsePerMessageCompression(compressing));
    }

    /** @param target path and query as they go over the wire, at a port of this machine */
    public static Opening open(WebSocketClient client, int port, String target, Map<String, String> headers) {
        return opening(client, port, target, headers).await();
    }

    /** @return the same, not waited for; failed where no answer comes */
    public static Future<Opening> opening(
            WebSocketClient client, int port, String target, Map<String, String> headers) {
        WebSocketConnectOptions options =
                new WebSocketConnectOptions().setHost("127.0.0.1").setPort(port).setURI(target);
        headers.forEach(options::addHeader);
        ClientWebSocket socket = client.webSocket();
        Socket ours = new Socket(socket);
        return socket.connect(options)
                .map(connected -> new Opening(101, "", ours))
                .recover(Socket::refusal)
                .timeout(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static Future<Opening> refusal(Throwable error) {
        if (error instanceof UpgradeRejectedException refused) {
            String body = refused.getBody() == null ? "" : refused.getBody().toString();
            return Future.succeededFuture(new Opening(refused.getStatus(), body, null));
        }
        return Future.failedFuture(error);
    }

    private Heard ending() {
        Short code = socket.closeStatusCode();
        String reason = socket.closeReason();
        return new Heard.Closed(code == null ? Heard.Closed.NO_FRAME : code, reason == null ? "" : reason);
    }

    /** @return done when it was written, as one frame; failed where the other side has closed */
    public Future<Void> send(String text) {
        return socket.writeFinalTextFrame(text);
    }

    /** @return done when it was written, as one frame; failed where the other side has closed */
    public Future<Void> send(Buffer bytes) {
        return socket.writeFinalBinaryFrame(bytes);
    }

    /** @return what comes next; empty where nothing comes for so long */
    public Optional<Heard> hear(Duration patience) {
        try {
            return Optional.ofNullable(heard.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Says goodbye; the answer to it is heard as {@link Heard.Closed}. */
    public void close(int code) {
        // Not waited for: where the other side has gone, there is nobody to tell.
        socket.close((short) code);
    }

    @Override
    public void close() {
        close(1000);
    }
}
