package lyceum.gateway.live;

import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.socket.engineio.server.EngineIoWebSocket;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A WebSocket as the engine wants to see it. Lives on the context of the engine. */
final class LiveWebSocket extends EngineIoWebSocket {

    /** Engine.IO's own packet for the end, of which the engine takes no notice here. */
    private static final String CLOSE = "1";

    private final EngineQuery query;
    private final FrameOutlet outlet;
    private final Consumer<WebSocketCloseStatus> closer;
    private LiveTimers.Group timers;
    private boolean isOver;

    /** @param closer closes the socket, on whatever thread it is called */
    LiveWebSocket(EngineQuery query, FrameOutlet outlet, Consumer<WebSocketCloseStatus> closer) {
        this.query = query;
        this.outlet = outlet;
        this.closer = closer;
    }

    FrameOutlet outlet() {
        return outlet;
    }

    /** @param group of the connection that it belongs to */
    void timers(LiveTimers.Group group) {
        timers = group;
    }

    LiveTimers.Group timers() {
        return timers;
    }

    boolean isOver() {
        return isOver;
    }

    /** @param message text or bytes that the client has sent */
    void hear(Object message) {
        if (CLOSE.equals(message)) {
            close();
        } else if (!isOver) {
            emit("message", message);
        }
    }

    /** There is no socket any more. */
    void end() {
        if (!isOver) {
            isOver = true;
            emit("close");
        }
    }

    void close(WebSocketCloseStatus status) {
        if (!isOver) {
            closer.accept(status);
            end();
        }
    }

    @Override
    public void close() {
        close(WebSocketCloseStatus.NORMAL_CLOSURE);
    }

    @Override
    public Map<String, String> getQuery() {
        return query.asMap();
    }

    @Override
    public Map<String, List<String>> getConnectionHeaders() {
        return Map.of();
    }

    @Override
    public void write(String message) {
        if (!isOver) {
            outlet.write(TextFrames.of(List.of(message)));
        }
    }

    @Override
    public void write(byte[] message) {
        throw new UnsupportedOperationException("nothing is said in bytes here");
    }
}
