package lyceum.sandbox.internal;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import lyceum.sandbox.SandboxService.Window;
import lyceum.sandbox.SandboxSession.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A command that runs in a pod, over a WebSocket whose messages begin with the number of a channel
 * (k8s.io/apimachinery, pkg/util/remotecommand). Version 5 differs from version 4 in that it can end the input, which
 * {@link ContainerScript#RUN} does in its own way, as 4 cannot.
 */
final class PodProcess implements ContainerProcess {

    static final String NEWEST_PROTOCOL = "v5.channel.k8s.io";
    static final String OLDEST_PROTOCOL = "v4.channel.k8s.io";

    private static final Logger LOG = LoggerFactory.getLogger(PodProcess.class);
    /** As the server's own; a message in several frames is not understood everywhere. */
    private static final int MESSAGE_BYTES = 32_768;

    private static final byte STDIN = 0;
    private static final byte STDOUT = 1;
    private static final byte STDERR = 2;
    private static final byte STATUS = 3;
    private static final byte RESIZE = 4;

    private final Context context = Vertx.currentContext();
    private final WebSocket socket;
    private final Relay relay;
    private final Promise<Integer> exit = Promise.promise();

    PodProcess(WebSocket socket, Container.Sink sink) {
        this.socket = socket;
        this.relay = new Relay(socket, sink);
    }

    /** Reads from here on. */
    PodProcess begin() {
        socket.binaryMessageHandler(this::take);
        socket.exceptionHandler(this::fail);
        socket.closeHandler(closed -> cut());
        socket.resume();
        return this;
    }

    @Override
    public Future<Void> write(Buffer piece) {
        Future<Void> written = Future.succeededFuture();
        for (int at = 0; at < piece.length(); at += MESSAGE_BYTES) {
            Buffer part = piece.slice(at, Math.min(piece.length(), at + MESSAGE_BYTES));
            Buffer message = Buffer.buffer(part.length() + 1).appendByte(STDIN).appendBuffer(part);
            written = socket.writeBinaryMessage(message);
        }
        return written;
    }

    @Override
    public void resize(Window window) {
        JsonObject size = new JsonObject().put("Width", window.columns()).put("Height", window.rows());
        socket.writeBinaryMessage(Buffer.buffer().appendByte(RESIZE).appendBuffer(size.toBuffer()));
    }

    @Override
    public Future<Integer> exit() {
        return exit.future();
    }

    @Override
    public void close() {
        exit.tryFail("a command was left alone");
        socket.close();
    }

    /** The server begins with an empty message, to show that it is there. */
    private void take(Buffer message) {
        if (message.length() == 0) {
            return;
        }
        Buffer text = message.slice(1, message.length());
        switch (message.getByte(0)) {
            case STDOUT -> relay.tell(Stream.STDOUT, text);
            case STDERR -> relay.tell(Stream.STDERR, text);
            case STATUS -> end(text);
            default -> LOG.debug("a message on channel {}", message.getByte(0));
        }
    }

    /** That the connection is gone is heard again, when it is closed. */
    private void fail(Throwable error) {
        if (!(error instanceof HttpClosedException)) {
            exit.tryFail(error);
            socket.close();
        }
    }

    /** Messages that wait, as long as there is no room for them, may still hold the status. */
    private void cut() {
        Future<Void> told = relay.end();
        told.onComplete(done -> context.runOnContext(later -> {
            if (relay.end() == told) {
                exit.tryFail("the cluster cut off a command");
            } else {
                cut();
            }
        }));
    }

    /** Nothing comes behind the status. */
    private void end(Buffer status) {
        if (status.length() > 0) {
            relay.end()
                    .map(told -> code(status))
                    .onSuccess(exit::tryComplete)
                    .onFailure(exit::tryFail)
                    .onComplete(over -> socket.close());
        }
    }

    /** Of a {@code v1.Status}: a code other than 0 is a failure with a cause {@code ExitCode}. */
    private static int code(Buffer text) {
        JsonObject status = parse(text);
        if ("Success".equals(status.getString("status"))) {
            return 0;
        }
        if ("NonZeroExitCode".equals(status.getString("reason"))) {
            JsonArray causes =
                    status.getJsonObject("details", new JsonObject()).getJsonArray("causes", new JsonArray());
            return causes.stream()
                    .map(JsonObject.class::cast)
                    .filter(cause -> "ExitCode".equals(cause.getString("reason")))
                    .map(cause -> cause.getString("message", ""))
                    .filter(code -> code.matches("\\d{1,3}"))
                    .mapToInt(code -> Integer.parseInt(code) & 0xFF)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("the cluster tells no exit code"));
        }
        throw new IllegalStateException("the cluster could not run a command: " + status.getString("message", ""));
    }

    private static JsonObject parse(Buffer status) {
        try {
            return status.toJsonObject();
        } catch (DecodeException e) {
            throw new IllegalStateException("the cluster tells no status", e);
        }
    }
}
