package lyceum.gateway.stream;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import lyceum.gateway.OnLoop;
import lyceum.gateway.TestGateway;
import org.awaitility.Awaitility;

/** Somebody who pushes or pulls over a WebSocket. */
public final class StreamVisitor implements AutoCloseable {

    private static final int LONGEST = 64 << 20;
    /** A server that does not read, as some tests have it, does not see that its visitor leaves. */
    private static final int CLOSING_SECONDS = 1;

    private final WebSocketClient client;
    private final List<Object> heard = new CopyOnWriteArrayList<>();
    private final Promise<Void> closed = Promise.promise();

    public final WebSocket socket;

    /** Comes with a token in the query, as a page does. */
    public StreamVisitor(TestGateway gateway, String path) {
        this(gateway, path, "ada");
    }

    public StreamVisitor(TestGateway gateway, String path, String user) {
        this(gateway.vertx, gateway.port(), path, user);
    }

    public StreamVisitor(Vertx vertx, int port, String path) {
        this(vertx, port, path, "ada");
    }

    private StreamVisitor(Vertx vertx, int port, String path, String user) {
        client = vertx.createWebSocketClient(new WebSocketClientOptions()
                .setMaxFrameSize(LONGEST)
                .setMaxMessageSize(LONGEST)
                .setClosingTimeout(CLOSING_SECONDS));
        String token = (path.contains("?") ? "&" : "?") + "token=" + TestGateway.token(vertx, user);
        ClientWebSocket connecting = client.webSocket();
        connecting
                .textMessageHandler(heard::add)
                .binaryMessageHandler(heard::add)
                .closeHandler(end -> closed.complete());
        socket = OnLoop.await(vertx, () -> connecting.connect(port, "127.0.0.1", path + token));
    }

    /** @return done when the network has taken it */
    Future<Void> say(String text) {
        return socket.writeTextMessage(text.replace('\'', '"'));
    }

    /** @return done when the network has taken it */
    Future<Void> say(Buffer bytes) {
        return socket.writeBinaryMessage(bytes);
    }

    /** @return the texts and buffers that were heard, so many at least */
    List<Object> heard(int count) {
        Awaitility.await().until(() -> heard.size() >= count);
        return heard;
    }

    /** @return all that was heard so far */
    List<Object> heard() {
        return heard;
    }

    /** @return number and reason with which the other side has closed */
    String closing() {
        closed.future().await();
        return socket.closeStatusCode() + " " + socket.closeReason();
    }

    /** @return the same where it takes seconds at most */
    String closingSoon() {
        Awaitility.await().until(() -> closed.future().isComplete());
        return closing();
    }

    @Override
    public void close() {
        client.close().await();
    }
}
