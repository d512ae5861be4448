package lyceum.launcher.wire;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A WebSocket that keeps what came, in its order, until the test asks for it. */
public final class Socket implements AutoCloseable {

    private final ClientWebSocket socket;
    private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();

    /** @param socket that is not connected yet */
    Socket(ClientWebSocket socket) {
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
