package lyceum.gateway.sandbox;

import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import lyceum.gateway.form.Window;
import lyceum.gateway.route.LiveSocket;
import lyceum.gateway.route.Refusal;
import lyceum.gateway.route.StrictObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The client's end of a session: JSON objects in both directions. One of them is taken at a time, and the socket is
 * paused meanwhile. Lives on one context.
 */
public final class SandboxSocket {

    /**
     * Longest message, of the client as of a frame. Some twenty of them may lie in the memory of a paused socket, because
     * Vert.x pauses the connection only then.
     */
    public static final int MESSAGE_BYTES = 256 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(SandboxSocket.class);

    private final ServerWebSocket socket;
    private final LiveSocket life;
    private final Window window;

    private int untaken;

    /** @param over is told once that nothing can be said any more, whoever ended it */
    SandboxSocket(Vertx vertx, ServerWebSocket socket, Runnable over) {
        this.socket = socket;
        this.life = new LiveSocket(vertx, socket, over);
        this.window = new Window(socket, 1);
    }

    /**
     * Listens from now on.
     *
     * @param listener takes a message; what it fails with ends the session
     * @param pingMillis how often the client is asked whether it is there
     */
    void listen(Function<StrictObject, Future<Void>> listener, long pingMillis) {
        socket.textMessageHandler(text -> take(text, listener))
                .binaryMessageHandler(bytes -> refuse(new Refusal(400, "a message is a text")));
        life.watch(pingMillis, () -> untaken > 0, this::breakOff);
    }

    boolean isOver() {
        return life.isOver();
    }

    /** @return done when the network has taken it; fails where the client is gone */
    Future<Void> send(JsonObject message) {
        return life.writeText(message.encode());
    }

    /** Sends the last message of a session that went well. */
    Future<Void> end(JsonObject message) {
        Future<Void> sent = send(message);
        life.close(WebSocketCloseStatus.NORMAL_CLOSURE);
        return sent;
    }

    /** Says why the session cannot go on, and closes it. A defect is logged here, and outside it is a bare 500. */
    void refuse(Throwable why) {
        if (isOver()) {
            return;
        }
        Refusal refusal = Refusal.expected(why).orElseGet(() -> {
            LOG.error("defect in a session", why);
            return new Refusal(500);
        });
        JsonObject message = new JsonObject()
                .put("type", "error")
                .put("status", refusal.status())
                .put("title", refusal.reason());
        refusal.detail().ifPresent(detail -> message.put("detail", detail));
        send(message).onFailure(gone -> LOG.debug("nobody hears why the session ends", gone));
        life.close(closeStatus(refusal.status()));
    }

    /** Numbers of RFC 6455, section 7.4.1, and of IANA's register of its close codes (1013). */
    private static WebSocketCloseStatus closeStatus(int status) {
        return switch (status) {
            case 413 -> WebSocketCloseStatus.MESSAGE_TOO_BIG;
            case 500 -> WebSocketCloseStatus.INTERNAL_SERVER_ERROR;
            case 503 -> WebSocketCloseStatus.TRY_AGAIN_LATER;
            default -> WebSocketCloseStatus.POLICY_VIOLATION;
        };
    }

    private void take(String text, Function<StrictObject, Future<Void>> listener) {
        if (isOver()) {
            return;
        }
        life.heard();
        untaken++;
        window.send(() -> Future.succeededFuture(text.getBytes(StandardCharsets.UTF_8))
                .map(StrictObject::parse)
                .compose(listener)
                .onComplete(taken -> untaken--)
                .onFailure(this::refuse));
    }

    private void breakOff(Refusal why) {
        refuse(inWords(why));
    }

    /** @return why a socket cannot go on, with the limit where that is why */
    static Refusal inWords(Refusal why) {
        return why.status() == 413
                ? new Refusal(413, "the message has more than %d bytes".formatted(MESSAGE_BYTES))
                : why;
    }
}
