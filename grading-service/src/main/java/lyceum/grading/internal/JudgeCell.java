package lyceum.grading.internal;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.function.Function;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.platform.Loop;
import lyceum.sandbox.Outcome;
import lyceum.sandbox.Run;
import lyceum.sandbox.SandboxService.OpenSession;
import lyceum.sandbox.SandboxService.OpenedSession;
import lyceum.sandbox.SandboxSession;
import lyceum.sandbox.SandboxSession.ReadSession;
import lyceum.sandbox.SandboxSession.SessionEvent;
import lyceum.sandbox.SandboxSession.SignalSession;
import lyceum.sandbox.SandboxSession.Stream;
import lyceum.sandbox.SandboxSession.WriteSession;

/**
 * One of the two processes that judge a hand-in, in a sandbox of its own: frames go in and come out. It is read until its
 * end, whatever happens, so that nothing of it is left. Lives on one context.
 */
final class JudgeCell {

    private static final int PIECE_BYTES = 65_536;
    private static final int SIGINT = 2;

    private final JudgeSandbox sandbox;
    private final Run run;
    private final JudgeText errors;
    private final Promise<Void> begun = Promise.promise();
    private final Promise<Outcome> end = Promise.promise();
    private final JudgeFrame.Cutter cutter;

    private SandboxSession reading;
    private SandboxSession writing;
    private String session;
    private Future<Void> written = Future.succeededFuture();
    private Future<Void> taken = Future.succeededFuture();
    private boolean isCancelled;

    /**
     * @param taker gets the frames that it sends; it is read no further until what that returns is done, so that nobody can
     *     fill our memory
     */
    JudgeCell(JudgeSandbox sandbox, Run run, int outputBytes, Function<JudgeFrame, Future<Void>> taker) {
        this.sandbox = sandbox;
        this.run = run;
        this.errors = new JudgeText(outputBytes);
        this.cutter = new JudgeFrame.Cutter(frame -> {
            Future<Void> mine = taker.apply(frame);
            taken = taken.compose(before -> mine);
        });
    }

    /** Begins. */
    void open() {
        sandbox.service()
                .openSession(new OpenSession(run, null))
                .compose(this::follow)
                .onFailure(error -> {
                    // It may have begun although nobody told.
                    sandbox.cancel(run.id());
                    begun.tryFail(error);
                    end.tryFail(error);
                });
    }

    /** @return done when it has its place; fails where it never gets one */
    Future<Void> begun() {
        return begun.future();
    }

    /** @return how it ended; fails where it never began, or was lost */
    Future<Outcome> end() {
        return end.future();
    }

    JudgeText errors() {
        return errors;
    }

    /** @return done when there is room for more */
    Future<Void> send(JudgeFrame frame) {
        Buffer bytes = frame.encode();
        for (int at = 0; at < bytes.length(); at += PIECE_BYTES) {
            write(bytes.slice(at, Math.min(bytes.length(), at + PIECE_BYTES)), false);
        }
        return written;
    }

    /** Sends SIGINT. */
    void interrupt() {
        if (session != null) {
            // Whoever is gone does nothing any more.
            writing.signalSession(new SignalSession(session, SIGINT)).otherwiseEmpty();
        }
    }

    /** Tells it that nothing more will come, which is a reason to go. */
    void endInput() {
        write(Buffer.buffer(), true);
    }

    /** Kills it. */
    void cancel() {
        if (!isCancelled && !end.future().isComplete()) {
            isCancelled = true;
            sandbox.cancel(run.id());
        }
    }

    private Future<Void> follow(OpenedSession opened) {
        session = opened.id();
        reading = sandbox.reading(opened.instance());
        writing = sandbox.writing(opened.instance());
        if (isCancelled) {
            // It may have been cancelled before it was known.
            sandbox.cancel(run.id());
        }
        ReadSession question = new ReadSession(session);
        return Loop.whileTrue(() -> reading.readSession(question).compose(this::take));
    }

    private Future<Boolean> take(SessionEvent event) {
        switch (event.kind()) {
            case STARTED -> begun.tryComplete();
            case WRITTEN -> hear(event);
            case ENDED -> {
                begun.tryFail("it was over before it began");
                end.tryComplete(event.outcome());
            }
            case NOTHING -> {}
        }
        Future<Void> room = taken;
        taken = Future.succeededFuture();
        return room.otherwiseEmpty().map(event.kind() != SandboxSession.Kind.ENDED);
    }

    private void hear(SessionEvent event) {
        if (event.stream() == Stream.STDERR) {
            errors.add(event.bytes());
        } else if (!isCancelled && !cutter.take(event.bytes())) {
            cancel();
        }
    }

    private void write(Buffer piece, boolean isLast) {
        written = written.compose(before -> session == null
                        ? Future.failedFuture(new Failure(Kind.UNAVAILABLE, "the cell has not begun"))
                        : writing.writeSession(new WriteSession(session, piece, isLast))
                                .<Void>mapEmpty())
                // Whoever is gone hears nothing; that he is gone is told by his end.
                .otherwiseEmpty();
    }
}
