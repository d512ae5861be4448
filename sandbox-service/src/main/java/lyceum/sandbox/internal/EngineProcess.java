package lyceum.sandbox.internal;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.function.Consumer;
import lyceum.sandbox.SandboxService.Window;
import lyceum.sandbox.SandboxSession.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A command that an engine runs in a container: an "exec instance" with a stream of its own. */
final class EngineProcess implements ContainerProcess {

    private static final Logger LOG = LoggerFactory.getLogger(EngineProcess.class);
    private static final int MOST_QUESTIONS = 20;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final EngineApi api;
    private final Polling polling;
    private final String id;
    private final Buffer first;
    private final NetSocket socket;
    private final Relay relay;
    private final Consumer<Buffer> frames;
    private final Promise<Integer> exit = Promise.promise();

    /**
     * @param id of the instance
     * @param stream to and from it, which rests
     */
    record Talk(String id, EngineUpgrade.Connection stream, boolean isTerminal) {}

    EngineProcess(Vertx vertx, EngineApi api, Talk talk, Container.Sink sink) {
        this.api = api;
        this.polling = new Polling(vertx, MOST_QUESTIONS, PAUSE);
        this.id = talk.id();
        this.first = talk.stream().first();
        this.socket = talk.stream().socket();
        this.relay = new Relay(socket, sink);
        this.frames =
                talk.isTerminal() ? piece -> relay.tell(Stream.STDOUT, piece) : new EngineFrames(relay::tell)::take;
    }

    /** Reads from here on, what has come already first. */
    EngineProcess begin() {
        socket.handler(this::take);
        socket.endHandler(ended -> end());
        socket.exceptionHandler(error -> LOG.debug("the stream of command {} broke", id, error));
        socket.closeHandler(closed -> {});
        take(first);
        socket.resume();
        return this;
    }

    @Override
    public Future<Void> write(Buffer piece) {
        return socket.write(piece);
    }

    @Override
    public void resize(Window window) {
        api.post("/exec/%s/resize?h=%d&w=%d".formatted(id, window.rows(), window.columns()), null)
                .onFailure(error -> LOG.debug("cannot resize the terminal of command {}", id, error));
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

    private void take(Buffer bytes) {
        try {
            frames.accept(bytes);
        } catch (IllegalStateException e) {
            exit.tryFail(e);
            socket.close();
        }
    }

    /** The stream may end a little before the engine knows how the command did. */
    private void end() {
        relay.end()
                .compose(told -> polling.until(EngineProcess::isOver, () -> api.get("/exec/" + id + "/json")))
                .map(EngineProcess::code)
                .onSuccess(exit::tryComplete)
                .onFailure(exit::tryFail);
    }

    private static boolean isOver(JsonObject command) {
        return !command.getBoolean("Running", true) && command.getInteger("ExitCode") != null;
    }

    private static int code(JsonObject command) {
        if (!isOver(command)) {
            throw new IllegalStateException("the engine cut the connection to a command that runs");
        }
        return command.getInteger("ExitCode") & 0xFF;
    }
}
