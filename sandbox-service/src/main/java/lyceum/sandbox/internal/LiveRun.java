package lyceum.sandbox.internal;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Function;
import lyceum.sandbox.Outcome;
import lyceum.sandbox.Run;
import lyceum.sandbox.Run.Priority;
import lyceum.sandbox.SandboxService.Window;
import lyceum.sandbox.Verdict;

/** A run from the moment it is taken until it is over: it waits for its turn, then it runs. Lives on one context. */
final class LiveRun implements FairQueue.Ticket {

    /**
     * What is to be run, and how.
     *
     * @param terminal the window of the terminal that the program gets, or null for pipes
     * @param isOpen whether more input may come than the run has
     * @param isStored whether it waits elsewhere and is taken when there is room, so that no bound of a queue is its
     * @param audience gets what the programs of the task write
     */
    record Order(Run run, Window terminal, boolean isOpen, boolean isStored, Function<Task, Audience> audience) {

        /** A run that somebody waits for. */
        static Order waitedFor(Run run) {
            return new Order(run, null, false, false, Transcripts::new);
        }

        /** A run that was stored. */
        static Order stored(Run run) {
            return new Order(run, null, false, true, Transcripts::new);
        }
    }

    private final Order order;
    private final Promise<Outcome> end = Promise.promise();
    private final long takenNanos = System.nanoTime();
    /** Of the question; its turn comes on that of another one. */
    private final Context asked = Vertx.currentContext();

    private Task task;
    private Execution execution;
    private boolean isCancelled;
    private long queuedMillis;

    LiveRun(Order order) {
        this.order = order;
    }

    /** @return the name of the language, once it is prepared */
    String language() {
        return task.language();
    }

    Context asked() {
        return asked;
    }

    Order order() {
        return order;
    }

    String id() {
        return order.run().id();
    }

    @Override
    public Priority priority() {
        return order.run().priority();
    }

    @Override
    public String caller() {
        return order.run().caller();
    }

    /** @return how it ended, or why it was lost; told after its place is free again */
    Future<Outcome> outcome() {
        return end.future();
    }

    /** @return what runs, or null as long as it waits */
    Execution execution() {
        return execution;
    }

    /** @param translated what to do once its turn comes */
    void prepare(Task translated) {
        task = translated;
    }

    /** @return how it ended, without its being over; fails where it could not begin, or its cell was lost */
    Future<Outcome> start(Vertx vertx, Cells cells) {
        stopWaiting();
        // What a cell throws is a failure too.
        return Future.<Void>succeededFuture()
                .compose(begun -> {
                    execution =
                            new Execution(vertx, cells, task, order.audience().apply(task));
                    return execution.start();
                })
                .map(this::withWait);
    }

    /** Kills it; where it does not run yet, notes that it need not begin. */
    void cancel() {
        isCancelled = true;
        if (execution != null) {
            execution.kill(Verdict.CANCELLED);
        }
    }

    boolean isCancelled() {
        return isCancelled;
    }

    /** Is over. */
    void end(Future<Outcome> how) {
        how.onComplete(end);
    }

    /** @return how a run ended that was cancelled before its turn came */
    Outcome cancelled() {
        stopWaiting();
        return withWait(Outcome.of(Verdict.CANCELLED, Ending.KILLED.code(), Ending.KILLED.signal()));
    }

    private void stopWaiting() {
        queuedMillis = Duration.ofNanos(System.nanoTime() - takenNanos).toMillis();
    }

    private Outcome withWait(Outcome outcome) {
        return new Outcome(
                outcome.verdict(),
                outcome.exitCode(),
                outcome.signal(),
                outcome.stdout(),
                outcome.stderr(),
                outcome.usage(),
                outcome.compilation(),
                outcome.files(),
                queuedMillis);
    }
}
