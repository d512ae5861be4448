package lyceum.sandbox.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import lyceum.platform.Failure;
import lyceum.sandbox.SandboxService.Done;
import lyceum.sandbox.SandboxService.OpenSession;
import lyceum.sandbox.SandboxService.OpenedSession;
import lyceum.sandbox.SandboxService.Window;
import lyceum.sandbox.SandboxSession;

/** The rules of {@link SandboxSession}: which sessions are open on this instance. Lives on one context. */
final class Sessions implements SandboxSession {

    /** Of one event, and of one writing. */
    static final int PIECE_BYTES = 65_536;

    /** What a terminal can be told (struct winsize of ioctl_tty(2)). */
    private static final int LONGEST_SIDE = 65_535;

    private final Vertx vertx;
    private final Runs runs;
    private final String instance;
    private final int most;
    private final int mostOfCaller;
    private final Duration lease;
    private final Map<String, LiveSession> live = new HashMap<>();

    /**
     * @param instance where it will be served
     * @param most how many may be open, those included whose end nobody has read yet
     * @param mostOfCaller how many of them one caller may have: a prompt that waits for its user holds the place of a run
     * @param lease {@link SandboxSession#LEASE}
     */
    Sessions(Vertx vertx, Runs runs, String instance, int most, int mostOfCaller, Duration lease) {
        this.vertx = vertx;
        this.runs = runs;
        this.instance = instance;
        this.most = most;
        this.mostOfCaller = mostOfCaller;
        this.lease = lease;
    }

    /** @return as {@code SandboxService.openSession} */
    Future<OpenedSession> open(OpenSession order) {
        if (order.terminal() != null && !isPossible(order.terminal())) {
            return Future.failedFuture(impossibleWindow());
        }
        dropAbandoned();
        if (live.size() >= most) {
            return Future.failedFuture(new Failure(Failure.Kind.BUSY, "too many sessions are open"));
        }
        String caller = order.run().caller();
        if (!caller.isEmpty() && openOf(caller) >= mostOfCaller) {
            return Future.failedFuture(new Failure(Failure.Kind.BUSY, "too many sessions of this caller are open"));
        }
        String id = UUID.randomUUID().toString();
        SessionEvents events = new SessionEvents(vertx, lease, () -> leave(id));
        LiveSession session = new LiveSession(events, caller, order.terminal() != null);
        live.put(id, session);
        return runs.begin(new LiveRun.Order(order.run(), order.terminal(), true, false, task -> events))
                .onSuccess(session::attach)
                .onFailure(refused -> live.remove(id))
                .map(run -> new OpenedSession(id, instance));
    }

    /** Whoever had a run cancelled has left, and would take a place until its lease is over. */
    private void dropAbandoned() {
        live.values().removeIf(session -> {
            boolean isDone = session.isDone();
            if (isDone) {
                session.events().close();
            }
            return isDone;
        });
    }

    private long openOf(String caller) {
        return live.values().stream()
                .filter(session -> session.caller().equals(caller))
                .count();
    }

    @Override
    public Future<SessionEvent> readSession(ReadSession question) {
        return in(question.id(), session -> session.events().read());
    }

    @Override
    public Future<Done> writeSession(WriteSession order) {
        return in(order.id(), session -> session.write(order));
    }

    @Override
    public Future<Done> signalSession(SignalSession order) {
        return in(order.id(), session -> session.signal(order.number()));
    }

    @Override
    public Future<Done> resizeSession(ResizeSession order) {
        return isPossible(order.window())
                ? in(order.id(), session -> session.resize(order.window()))
                : Future.failedFuture(impossibleWindow());
    }

    /** Ends the run of a reader who has left, or of whoever else. */
    void cancel(String runId) {
        live.values().stream().filter(session -> session.isOf(runId)).forEach(LiveSession::abandon);
        runs.cancel(runId);
    }

    /** Lets no program wait for its reader any more; the runs are ended by {@link Runs#close}. */
    void close() {
        live.values().forEach(session -> session.events().discard());
    }

    static Failure gone() {
        return Failure.notFound("no such session, or its program is over");
    }

    /** Nobody reads it any more: its program is killed, and forgotten once that is done. */
    private void leave(String id) {
        LiveSession session = live.remove(id);
        session.events().discard();
        if (!session.isOver()) {
            runs.cancel(session.run().id());
        }
    }

    private <T> Future<T> in(String id, Function<LiveSession, Future<T>> question) {
        LiveSession session = live.get(id);
        return session == null ? Future.failedFuture(gone()) : question.apply(session);
    }

    private static boolean isPossible(Window window) {
        return isPossible(window.rows()) && isPossible(window.columns());
    }

    private static boolean isPossible(int side) {
        return side >= 1 && side <= LONGEST_SIDE;
    }

    private static Failure impossibleWindow() {
        return Failure.invalid("rows and columns of a terminal are 1 to " + LONGEST_SIDE);
    }
}
