package lyceum.gateway.sandbox;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import lyceum.gateway.OnLoop;
import lyceum.gateway.TestGateway;
import org.awaitility.Awaitility;

/** Somebody who talks with a program over a WebSocket. */
final class SandboxVisitor implements AutoCloseable {

    private final WebSocketClient client;
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final Promise<Integer> closed = Promise.promise();

    final WebSocket socket;

    /** Comes with a token in the query, as a page does. */
    SandboxVisitor(Vertx vertx, int port) {
        this(vertx, port, "/sandbox/sessions?token=" + TestGateway.token(vertx, "ada"), null);
    }

    /** @param authorization the header, or null */
    SandboxVisitor(Vertx vertx, int port, String uri, String authorization) {
        client = vertx.createWebSocketClient(
                new WebSocketClientOptions().setMaxFrameSize(1 << 22).setMaxMessageSize(1 << 22));
        WebSocketConnectOptions options =
                new WebSocketConnectOptions().setHost("127.0.0.1").setPort(port).setURI(uri);
        if (authorization != null) {
            options.addHeader("Authorization", authorization);
        }
        ClientWebSocket connecting = client.webSocket();
        connecting
                .textMessageHandler(heard::add)
                .closeHandler(end -> closed.complete((int) connecting.closeStatusCode()));
        socket = OnLoop.await(vertx, () -> connecting.connect(options));
    }

    /** Sends a message, single quotes being double ones. */
    void say(String json) {
        socket.writeTextMessage(json.replace('\'', '"')).await();
    }

    /** @return the message of a number, counted from 0 */
    JsonObject message(int number) {
        Awaitility.await().until(() -> heard.size() > number);
        return new JsonObject(heard.get(number));
    }

    /** @return all that was heard so far */
    List<String> heard() {
        return heard;
    }

    /** @return with which code the other side has closed */
    int closeCode() {
        return closed.future().await();
    }

    @Override
    public void close() {
        client.close().await();
    }
}
