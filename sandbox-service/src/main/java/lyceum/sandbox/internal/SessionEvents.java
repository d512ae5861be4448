package lyceum.sandbox.internal;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.sandbox.Outcome;
import lyceum.sandbox.Outcome.Output;
import lyceum.sandbox.SandboxSession;
import lyceum.sandbox.SandboxSession.SessionEvent;
import lyceum.sandbox.SandboxSession.Stage;
import lyceum.sandbox.SandboxSession.Stream;

/**
 * Tells one reader what a program does. Nothing is kept but what the reader is about to fetch: a program is not read any
 * further until its last piece has been taken. Lives on one context.
 */
final class SessionEvents implements Audience {

    private static final SessionEvent NOTHING = event(SandboxSession.Kind.NOTHING, null, null, Buffer.buffer());

    /** An event, and what is to be told when it has been fetched. */
    private record Told(SessionEvent event, Promise<Void> taken) {}

    private final Vertx vertx;
    private final Duration lease;
    private final Runnable left;
    private final Deque<Told> told = new ArrayDeque<>();
    private final Promise<Void> begun = Promise.promise();

    private Promise<SessionEvent> reader;
    private Future<SessionEvent> end;
    private boolean isDiscarding;
    private long timer = -1;

    /**
     * @param lease how long it lives without being read
     * @param left told when that is over, or when the last event has been read
     */
    SessionEvents(Vertx vertx, Duration lease, Runnable left) {
        this.vertx = vertx;
        this.lease = lease;
        this.left = left;
    }

    /** Begins to wait for the reader. */
    void open() {
        timer = vertx.setTimer(lease.toMillis(), late -> left.run());
    }

    /** @return the next event; CONFLICT where another question waits; after the last one, the failure of a lost run */
    Future<SessionEvent> read() {
        if (reader != null) {
            return Future.failedFuture(new Failure(Kind.CONFLICT, "another question waits for the next event"));
        }
        Promise<SessionEvent> question = Promise.promise();
        reader = question;
        vertx.cancelTimer(timer);
        timer = vertx.setTimer(lease.toMillis() / 2, late -> answer(Future.succeededFuture(NOTHING)));
        tell();
        return question.future();
    }

    /** @return done when the first program has begun; fails where none ever will */
    Future<Void> begun() {
        return begun.future();
    }

    /** Tells of the end, behind everything else. */
    void end(Future<Outcome> how) {
        end = how.map(outcome -> new SessionEvent(SandboxSession.Kind.ENDED, null, null, Buffer.buffer(), outcome));
        begun.tryFail(Sessions.gone());
        tell();
    }

    /** Tells nothing more but the end, so that nothing waits for the reader. */
    void discard() {
        isDiscarding = true;
        told.forEach(piece -> piece.taken().complete());
        told.clear();
    }

    /** Forgets what has not been read, at once. */
    void close() {
        vertx.cancelTimer(timer);
        discard();
    }

    @Override
    public void begin(Stage stage) {
        add(event(SandboxSession.Kind.STARTED, stage, null, Buffer.buffer()));
        begun.tryComplete();
    }

    @Override
    public Future<Void> write(Stage stage, Stream stream, Buffer piece) {
        Future<Void> taken = Future.succeededFuture();
        for (int at = 0; at < piece.length() && !isDiscarding; at += Sessions.PIECE_BYTES) {
            Buffer part = piece.getBuffer(at, Math.min(piece.length(), at + Sessions.PIECE_BYTES));
            taken = add(event(SandboxSession.Kind.WRITTEN, stage, stream, part));
        }
        return taken;
    }

    /** Everything has been told as it came. */
    @Override
    public Output output(Stage stage, Stream stream) {
        return Output.NONE;
    }

    private Future<Void> add(SessionEvent event) {
        Told next = new Told(event, Promise.promise());
        told.add(next);
        tell();
        return next.taken().future();
    }

    private void tell() {
        if (reader == null) {
            return;
        }
        Told next = told.poll();
        if (next != null) {
            answer(Future.succeededFuture(next.event()));
            next.taken().complete();
        } else if (end != null) {
            answer(end);
            vertx.cancelTimer(timer);
            left.run();
        }
    }

    private void answer(Future<SessionEvent> event) {
        Promise<SessionEvent> question = reader;
        reader = null;
        vertx.cancelTimer(timer);
        open();
        event.onComplete(question);
    }

    private static SessionEvent event(SandboxSession.Kind kind, Stage stage, Stream stream, Buffer bytes) {
        return new SessionEvent(kind, stage, stream, bytes, null);
    }
}
