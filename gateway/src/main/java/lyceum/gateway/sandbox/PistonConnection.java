package lyceum.gateway.sandbox;

import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.UUID;
import lyceum.gateway.piston.Job;
import lyceum.gateway.piston.Signals;
import lyceum.gateway.piston.WatchedJob;
import lyceum.gateway.route.LiveSocket;
import lyceum.gateway.route.Refusal;
import lyceum.platform.Failure;
import lyceum.platform.Loop;
import lyceum.sandbox.SandboxSession.Kind;
import lyceum.sandbox.SandboxSession.SessionEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client of Piston that watches its job and talks to it (readme of Piston, "Interactive execution endpoint"). The next
 * event is asked for when the last one is on its way, and nothing more is heard until the program has taken what was said;
 * so neither side can fill this one's memory.
 */
final class PistonConnection {

    private static final Logger LOG = LoggerFactory.getLogger(PistonConnection.class);

    private static final long INIT_LIMIT_MILLIS = 1_000;

    private final Vertx vertx;
    private final PistonSandbox sandbox;
    private final ServerWebSocket socket;
    private final String caller;
    private final LiveSocket life;
    private final Runnable over;
    private final String runId = UUID.randomUUID().toString();
    private final WatchedJob story = new WatchedJob();

    private long initTimer = -1;
    private boolean isInitialized;
    private boolean isRunWanted;
    private boolean isHeld;
    private boolean isClosed;
    private PistonSession session;

    /** @param over told once, when the client is gone */
    PistonConnection(Vertx vertx, PistonSandbox sandbox, ServerWebSocket socket, String caller, Runnable over) {
        this.vertx = vertx;
        this.sandbox = sandbox;
        this.socket = socket;
        this.caller = caller;
        this.over = over;
        this.life = new LiveSocket(vertx, socket, this::leave);
    }

    /** @param pingMillis how often the client is asked whether it is there; one that is silent for so long is not */
    void start(long pingMillis) {
        initTimer = vertx.setTimer(INIT_LIMIT_MILLIS, late -> close(Closing.INITIALIZATION_TIMEOUT));
        socket.textMessageHandler(this::hear).binaryMessageHandler(bytes -> hear(bytes.toString()));
        life.watch(pingMillis, () -> isHeld, why -> fail(SandboxSocket.inWords(why)));
    }

    private void leave() {
        over.run();
        end();
    }

    /** Why a connection is closed: code and reason. */
    private enum Closing {
        ALREADY_INITIALIZED(4000, "Already Initialized"),
        INITIALIZATION_TIMEOUT(4001, "Initialization Timeout"),
        NOTIFIED_ERROR(4002, "Notified Error"),
        NOT_YET_INITIALIZED(4003, "Not yet initialized"),
        ONLY_STDIN(4004, "Can only write to stdin"),
        INVALID_SIGNAL(4005, "Invalid signal"),
        JOB_COMPLETED(4999, "Job Completed");

        private final WebSocketCloseStatus status;

        Closing(int code, String reason) {
            this.status = new WebSocketCloseStatus(code, reason);
        }
    }

    /** What has no known type is passed over. */
    private void hear(String text) {
        if (isClosed) {
            return;
        }
        life.heard();
        JsonObject message;
        try {
            message = new JsonObject(text);
        } catch (DecodeException e) {
            fail(new Refusal(400, "the message is not a JSON object"));
            return;
        }
        switch (text(message, "type")) {
            case "init" -> initialize(message);
            case "data" -> passOn(message);
            case "signal" -> signal(message);
            default -> LOG.debug("a message of an unknown type");
        }
    }

    private void initialize(JsonObject message) {
        if (isInitialized) {
            close(Closing.ALREADY_INITIALIZED);
            return;
        }
        isInitialized = true;
        vertx.cancelTimer(initTimer);
        hold();
        sandbox.job(message).compose(this::begin).onFailure(this::fail);
    }

    private Future<Void> begin(Job job) {
        if (isClosed) {
            return Future.succeededFuture();
        }
        isRunWanted = true;
        return sandbox.watch(job.watched(runId, caller))
                .compose(opened -> opened(opened, job))
                .compose(said -> Loop.whileTrue(() -> session.next().compose(this::tell)))
                .onSuccess(over -> close(Closing.JOB_COMPLETED));
    }

    private Future<Void> opened(PistonSession opened, Job job) {
        session = opened;
        if (isClosed) {
            // Its id was not known to anybody when the client went away.
            sandbox.cancel(runId);
        }
        goOn();
        return say(WatchedJob.runtime(job.runtime()));
    }

    /** @return whether there is more to come, when all that was to be said has been written */
    private Future<Boolean> tell(SessionEvent event) {
        boolean isOver = event.kind() == Kind.ENDED;
        isRunWanted = isRunWanted && !isOver;
        Future<Void> said = Future.succeededFuture();
        for (JsonObject message : story.tell(event)) {
            said = say(message);
        }
        return said.map(!isOver);
    }

    private Future<Void> say(JsonObject message) {
        return life.writeText(message.encode());
    }

    private void passOn(JsonObject message) {
        if (!isInitialized) {
            close(Closing.NOT_YET_INITIALIZED);
        } else if (!text(message, "stream").equals("stdin")) {
            close(Closing.ONLY_STDIN);
        } else {
            take(session.write(Buffer.buffer(text(message, "data"))));
        }
    }

    private void signal(JsonObject message) {
        Optional<Integer> number = Signals.number(text(message, "signal"));
        if (!isInitialized) {
            close(Closing.NOT_YET_INITIALIZED);
        } else if (number.isEmpty()) {
            close(Closing.INVALID_SIGNAL);
        } else {
            take(session.signal(number.get()));
        }
    }

    /** Hears the next message when this one has arrived. */
    private void take(Future<Void> sent) {
        hold();
        sent.onSuccess(taken -> goOn()).onFailure(this::fail);
    }

    private void hold() {
        isHeld = true;
        socket.pause();
    }

    private void goOn() {
        isHeld = false;
        socket.resume();
    }

    /** @return a member; what is no text is an empty one */
    private static String text(JsonObject message, String name) {
        return message.getValue(name) instanceof String text ? text : "";
    }

    private void fail(Throwable error) {
        if (isClosed) {
            LOG.debug("nobody is there to be told", error);
            return;
        }
        end();
        say(new JsonObject().put("type", "error").put("message", words(error)))
                .onFailure(gone -> LOG.debug("nobody hears why a job ends", gone));
        hangUp(Closing.NOTIFIED_ERROR);
    }

    private static String words(Throwable error) {
        if (error instanceof Refusal refusal) {
            return refusal.detail().orElse(refusal.reason());
        }
        if (error instanceof Failure) {
            return error.getMessage();
        }
        LOG.error("defect in a watched job", error);
        return "internal error";
    }

    private void close(Closing closing) {
        if (isClosed) {
            return;
        }
        end();
        hangUp(closing);
    }

    private void hangUp(Closing closing) {
        // Else the client's own closing would not be heard.
        socket.resume();
        life.close(closing.status);
    }

    private void end() {
        isClosed = true;
        vertx.cancelTimer(initTimer);
        if (isRunWanted) {
            isRunWanted = false;
            sandbox.cancel(runId);
        }
    }
}
