package lyceum.gateway.live;

import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the messages of a client together out of its frames, up to a limit that is narrower than that of the server. Lives
 * on the context where the socket has arrived.
 */
final class MessageReader {

    private static final Logger LOG = LoggerFactory.getLogger(MessageReader.class);

    /** Some clients do not answer that, and would not notice until the connection ends. */
    private static final long GOODBYE_MILLIS = 1000;

    private final Vertx vertx;
    private final ServerWebSocket socket;
    private final FrameOutlet outlet;
    private final int limitBytes;
    private Consumer<Object> message;
    private Runnable over;
    private Buffer begun;
    private boolean isText;
    private boolean isOver;

    MessageReader(Vertx vertx, ServerWebSocket socket, FrameOutlet outlet, int limitBytes) {
        this.vertx = vertx;
        this.socket = socket;
        this.outlet = outlet;
        this.limitBytes = limitBytes;
    }

    /**
     * @param message gets what the client says, text or bytes
     * @param over is told once that it says nothing more, whoever ended it
     */
    void read(Consumer<Object> message, Runnable over) {
        this.message = message;
        this.over = over;
        socket.frameHandler(this::read)
                .exceptionHandler(this::fail)
                .closeHandler(closed -> finish())
                .shutdownHandler(stop -> close(WebSocketCloseStatus.ENDPOINT_UNAVAILABLE));
    }

    void close(WebSocketCloseStatus status) {
        if (!isOver) {
            vertx.setTimer(GOODBYE_MILLIS, late -> outlet.hangUp());
            socket.close((short) status.code(), status.reasonText())
                    .onFailure(error -> LOG.debug("a client is gone already", error));
            finish();
        }
    }

    private void read(WebSocketFrame frame) {
        if (isOver || !(frame.isText() || frame.isBinary() || frame.isContinuation())) {
            return;
        }
        if (!frame.isContinuation()) {
            begun = Buffer.buffer();
            isText = frame.isText();
        }
        Buffer part = frame.binaryData();
        if (begun.length() + part.length() > limitBytes) {
            close(WebSocketCloseStatus.MESSAGE_TOO_BIG);
            return;
        }
        begun.appendBuffer(part);
        if (frame.isFinal()) {
            Buffer whole = begun;
            begun = null;
            message.accept(isText ? whole.toString() : whole.getBytes());
        }
    }

    /** What breaks the rules of frames; that a connection broke is told as its end. */
    private void fail(Throwable error) {
        if (error instanceof CorruptedWebSocketFrameException corrupted) {
            close(corrupted.closeStatus());
        }
    }

    private void finish() {
        if (!isOver) {
            isOver = true;
            begun = null;
            over.run();
        }
    }
}
