package lyceum.gateway.sandbox;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import lyceum.gateway.route.Refusal;
import lyceum.gateway.route.StrictObject;
import lyceum.platform.Loop;
import lyceum.sandbox.Outcome;
import lyceum.sandbox.Run;
import lyceum.sandbox.Run.Priority;
import lyceum.sandbox.SandboxService.OpenSession;
import lyceum.sandbox.SandboxService.OpenedSession;
import lyceum.sandbox.SandboxService.Window;
import lyceum.sandbox.SandboxSession;
import lyceum.sandbox.SandboxSession.ReadSession;
import lyceum.sandbox.SandboxSession.SessionEvent;
import lyceum.sandbox.SandboxSession.Stage;
import lyceum.sandbox.json.OutcomeJson;

/**
 * One interactive run: the first message of the client starts it, then what it says goes to the program and what the
 * program writes comes back, until one side ends. A client that leaves ends the program. Lives on one context.
 */
final class SandboxTalk {

    private final Vertx vertx;
    private final SandboxAccess sandbox;
    private final SandboxRoutesConfig config;
    private final String caller;
    private final String runId = UUID.randomUUID().toString();

    private SandboxSocket socket;
    private long startTimer = -1;
    private SandboxInput input;
    private SandboxOutput output;
    private SandboxSession session;
    private ReadSession question;
    private boolean isRunning;

    /** @param caller who talks */
    SandboxTalk(Vertx vertx, SandboxAccess sandbox, SandboxRoutesConfig config, String caller) {
        this.vertx = vertx;
        this.sandbox = sandbox;
        this.config = config;
        this.caller = caller;
    }

    /** @param over is told once that it is over, whoever ended it */
    void begin(ServerWebSocket webSocket, Runnable over) {
        socket = new SandboxSocket(vertx, webSocket, () -> {
            leave();
            over.run();
        });
        startTimer = vertx.setTimer(
                config.startLimit().toMillis(), late -> socket.refuse(new Refusal(408, "nothing was started")));
        socket.listen(this::hear, config.pingInterval().toMillis());
    }

    private Future<Void> hear(StrictObject message) {
        return input == null ? start(message) : input.take(message);
    }

    private Future<Void> start(StrictObject message) {
        if (!message.text("type").equals("start")) {
            throw message.notOneOf("type", List.of("start"));
        }
        Run run = new SandboxRunForm(message).read(runId, caller, Priority.INTERACTIVE);
        Window terminal = message.object("terminal").map(SandboxTalk::terminal).orElse(null);
        output = new SandboxOutput(message.flagOr("binary", false));
        message.end();
        vertx.cancelTimer(startTimer);
        isRunning = true;
        return sandbox.patient().openSession(new OpenSession(run, terminal)).compose(this::attach);
    }

    private static Window terminal(StrictObject form) {
        Window window = SandboxInput.window(form);
        form.end();
        return window;
    }

    private Future<Void> attach(OpenedSession opened) {
        if (socket.isOver()) {
            // It may have been cancelled before it was known.
            sandbox.cancel().accept(runId);
            return Future.succeededFuture();
        }
        input = new SandboxInput(sandbox.writing().apply(opened.instance()), opened.id());
        session = sandbox.reading().apply(opened.instance());
        question = new ReadSession(opened.id());
        Loop.whileTrue(this::tellNext).onFailure(socket::refuse);
        return Future.succeededFuture();
    }

    /** @return whether there is more to tell; the next event is asked for when the client has taken the last one */
    private Future<Boolean> tellNext() {
        return socket.isOver()
                ? Future.succeededFuture(false)
                : session.readSession(question).compose(this::tell);
    }

    private Future<Boolean> tell(SessionEvent event) {
        return switch (event.kind()) {
            case STARTED -> socket.send(started(event.stage())).map(true);
            case WRITTEN -> send(output.messages(event)).map(true);
            case NOTHING -> Future.succeededFuture(true);
            case ENDED ->
                send(output.rest()).compose(told -> end(event.outcome())).map(false);
        };
    }

    private Future<Void> send(List<JsonObject> messages) {
        Future<Void> sent = Future.succeededFuture();
        for (JsonObject message : messages) {
            sent = sent.compose(before -> socket.send(message));
        }
        return sent;
    }

    private Future<Void> end(Outcome outcome) {
        isRunning = false;
        return socket.end(new JsonObject().put("type", "ended").mergeIn(OutcomeJson.ending(runId, outcome)));
    }

    private static JsonObject started(Stage stage) {
        return new JsonObject().put("type", "started").put("stage", stage.name().toLowerCase(Locale.ROOT));
    }

    private void leave() {
        vertx.cancelTimer(startTimer);
        if (isRunning) {
            isRunning = false;
            sandbox.cancel().accept(runId);
        }
    }
}
