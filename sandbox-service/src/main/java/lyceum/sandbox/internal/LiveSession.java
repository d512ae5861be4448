package lyceum.sandbox.internal;

import io.vertx.core.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.sandbox.SandboxService.Done;
import lyceum.sandbox.SandboxService.Window;
import lyceum.sandbox.SandboxSession.WriteSession;

/**
 * One run that somebody talks to. What is said before its first program begins waits for that, also while the run waits
 * for its turn. Lives on one context.
 */
final class LiveSession {

    /** So much may wait to be done; a caller that waits for its answers has one. */
    static final int MOST_UNANSWERED = 16;

    private static final int LAST_SIGNAL = 64;

    private final SessionEvents events;
    private final String caller;
    private final boolean hasTerminal;

    private LiveRun run;
    private int unanswered;
    private boolean isInputEnded;
    private boolean isAbandoned;

    LiveSession(SessionEvents events, String caller, boolean hasTerminal) {
        this.caller = caller;
        this.events = events;
        this.hasTerminal = hasTerminal;
    }

    /** Talks with a run from now on. */
    void attach(LiveRun begun) {
        run = begun;
        events.open();
        run.outcome().onComplete(over -> events.end(run.outcome()));
    }

    String caller() {
        return caller;
    }

    SessionEvents events() {
        return events;
    }

    LiveRun run() {
        return run;
    }

    boolean isOf(String runId) {
        return run != null && run.id().equals(runId);
    }

    boolean isOver() {
        return run.outcome().isComplete();
    }

    /** Its reader has left, and its run is to be cancelled: the end of that waits for nobody. */
    void abandon() {
        isAbandoned = true;
        events.discard();
    }

    /** @return whether all is over, also for its reader */
    boolean isDone() {
        return isAbandoned && isOver();
    }

    /** @return as {@code SandboxSession.writeSession}; CONFLICT behind the end of the input */
    Future<Done> write(WriteSession order) {
        if (order.bytes().length() > Sessions.PIECE_BYTES) {
            return Future.failedFuture(Failure.invalid("more than 64 KiB at once"));
        }
        return say(() -> {
            if (isInputEnded) {
                return Future.failedFuture(new Failure(Kind.CONFLICT, "the input has ended already"));
            }
            isInputEnded = order.end();
            return run.execution().write(order.bytes(), order.end());
        });
    }

    /** @return as {@code SandboxSession.signalSession} */
    Future<Done> signal(int number) {
        return number < 1 || number > LAST_SIGNAL
                ? Future.failedFuture(Failure.invalid("signals are 1 to " + LAST_SIGNAL))
                : tell(cell -> cell.signal(number));
    }

    /** @return as {@code SandboxSession.resizeSession} */
    Future<Done> resize(Window window) {
        return hasTerminal
                ? tell(cell -> cell.resize(window))
                : Future.failedFuture(Failure.invalid("the program has no terminal"));
    }

    private Future<Done> tell(Consumer<Cell> message) {
        return say(() -> {
            message.accept(run.execution().cell());
            return Future.succeededFuture();
        });
    }

    private Future<Done> say(Supplier<Future<Void>> saying) {
        if (isOver()) {
            return Future.failedFuture(Sessions.gone());
        }
        if (unanswered == MOST_UNANSWERED) {
            return Future.failedFuture(new Failure(Kind.BUSY, "too much is unanswered"));
        }
        unanswered++;
        return events.begun()
                .compose(begun -> isOver() ? Future.failedFuture(Sessions.gone()) : saying.get())
                // A program that ends meanwhile hears it no more, which is not worth a line in the log.
                .recover(error -> Future.failedFuture(error instanceof Failure ? error : Sessions.gone()))
                .onComplete(said -> unanswered--)
                .map(said -> new Done());
    }
}
