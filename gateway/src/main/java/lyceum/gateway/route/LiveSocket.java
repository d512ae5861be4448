package lyceum.gateway.route;

import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every WebSocket here has in common: the client is asked whether it is there, it is told why it is left, also when
 * this process stops, and whoever talks with it hears once that it is over. Lives on one context.
 */
public final class LiveSocket {

    private static final Logger LOG = LoggerFactory.getLogger(LiveSocket.class);

    /** RFC 6455, section 5.5, less the two bytes of the number. */
    private static final int REASON_BYTES = 123;

    private final Vertx vertx;
    private final ServerWebSocket socket;
    private final Runnable over;

    private long pings = -1;
    private boolean isAlive = true;
    private boolean isOver;

    /** @param over is told once that nothing can be said any more, whoever ended it */
    public LiveSocket(Vertx vertx, ServerWebSocket socket, Runnable over) {
        this.vertx = vertx;
        this.socket = socket;
        this.over = over;
    }

    /**
     * Keeps an eye on the client from now on.
     *
     * @param pingMillis how often the client is asked whether it is there; one that is silent for so long is not
     * @param isHeld whether what the client says is not read now, so that its answer may be stuck behind that
     * @param broken is told why it cannot go on (408 silence, 413 a message that is too long, 400 what is no WebSocket),
     *     and closes it
     */
    public void watch(long pingMillis, BooleanSupplier isHeld, Consumer<Refusal> broken) {
        socket.pongHandler(pong -> heard())
                .shutdownHandler(stop -> close(WebSocketCloseStatus.ENDPOINT_UNAVAILABLE))
                .exceptionHandler(error -> fail(error, broken))
                .closeHandler(closed -> finish());
        pings = vertx.setPeriodic(pingMillis, tick -> ping(isHeld, broken));
    }

    /** @return whether nothing can be said or heard any more */
    public boolean isOver() {
        return isOver;
    }

    /** The client has given a sign of life. */
    public void heard() {
        isAlive = true;
    }

    /** @return done when the network has taken it; fails where the client is gone */
    Future<Void> write(WebSocketFrame frame) {
        return isOver ? gone() : socket.writeFrame(frame).onFailure(error -> finish());
    }

    /** @return done when the network has taken it; fails where the client is gone */
    public Future<Void> writeText(String message) {
        return isOver ? gone() : socket.writeTextMessage(message).onFailure(error -> finish());
    }

    private static Future<Void> gone() {
        return Future.failedFuture("the client is gone");
    }

    /** Closes it with a status, unless it is over. */
    public void close(WebSocketCloseStatus status) {
        close(status, status.reasonText());
    }

    /** @param reason for people; names in it may be long, and it is cut to what a frame has room for */
    public void close(WebSocketCloseStatus status, String reason) {
        if (isOver) {
            return;
        }
        socket.close((short) status.code(), cut(reason))
                .onFailure(error -> LOG.debug("a client is gone already", error));
        finish();
    }

    private static String cut(String reason) {
        int bytes = 0;
        int end = 0;
        while (end < reason.length()) {
            int next = reason.offsetByCodePoints(end, 1);
            bytes += reason.substring(end, next).getBytes(StandardCharsets.UTF_8).length;
            if (bytes > REASON_BYTES) {
                return reason.substring(0, end);
            }
            end = next;
        }
        return reason;
    }

    private void ping(BooleanSupplier isHeld, Consumer<Refusal> broken) {
        if (!isAlive && !isHeld.getAsBoolean()) {
            broken.accept(new Refusal(408, "a ping was not answered"));
            return;
        }
        isAlive = false;
        write(WebSocketFrame.pingFrame(Buffer.buffer())).onFailure(error -> LOG.debug("a client is gone", error));
    }

    /** What breaks the rules of frames; that a connection broke is told as its end. */
    private void fail(Throwable error, Consumer<Refusal> broken) {
        if (error instanceof CorruptedWebSocketFrameException corrupted) {
            boolean isLong = corrupted.closeStatus().equals(WebSocketCloseStatus.MESSAGE_TOO_BIG);
            broken.accept(isLong ? new Refusal(413) : new Refusal(400, "this is not RFC 6455"));
        } else if (error instanceof IllegalStateException) {
            // Vert.x says so where the frames of one message are too long together.
            broken.accept(new Refusal(413));
        }
    }

    private void finish() {
        if (!isOver) {
            isOver = true;
            vertx.cancelTimer(pings);
            over.run();
        }
    }
}
