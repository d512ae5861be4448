package lyceum.launcher.wire;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Opens WebSockets at ports of this machine. */
public final class Sockets {

    /** Above all that a server may send. */
    private static final int MESSAGE_BYTES = 64 << 20;

    private static final int MOST_SOCKETS = 10_000;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Vertx vertx;
    private final WebSocketClient client;

    private Sockets(Vertx vertx) {
        this.vertx = vertx;
        client = vertx.createWebSocketClient(new WebSocketClientOptions()
                .setMaxMessageSize(MESSAGE_BYTES)
                .setMaxFrameSize(MESSAGE_BYTES)
                .setMaxConnections(MOST_SOCKETS));
    }

    /** @return sockets that compress nothing */
    public static Sockets of(Vertx vertx) {
        return new Sockets(vertx);
    }

    /** @param target path and query as they go over the wire */
    public Socket.Opening open(int port, String target, Map<String, String> headers) {
        return opening(port, target, headers).await();
    }

    /** @return the same, not waited for; failed where no answer comes */
    public Future<Socket.Opening> opening(int port, String target, Map<String, String> headers) {
        WebSocketConnectOptions options =
                new WebSocketConnectOptions().setHost("127.0.0.1").setPort(port).setURI(target);
        headers.forEach(options::addHeader);
        ClientWebSocket socket = client.webSocket();
        Socket ours = new Socket(socket);
        return connect(vertx, socket, options)
                .map(connected -> new Socket.Opening(101, "", ours))
                .recover(Sockets::refusal)
                .timeout(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /**
     * Connects on an event loop, so that the handlers of the socket are there before the other side can hang up: on the thread
     * of a test they may come too late.
     */
    public static Future<Void> connect(Vertx vertx, ClientWebSocket socket, WebSocketConnectOptions options) {
        return Future.future(connected -> vertx.runOnContext(
                turn -> socket.connect(options).<Void>mapEmpty().onComplete(connected)));
    }

    private static Future<Socket.Opening> refusal(Throwable error) {
        if (error instanceof UpgradeRejectedException refused) {
            String body = refused.getBody() == null ? "" : refused.getBody().toString();
            return Future.succeededFuture(new Socket.Opening(refused.getStatus(), body, null));
        }
        return Future.failedFuture(error);
    }
}
