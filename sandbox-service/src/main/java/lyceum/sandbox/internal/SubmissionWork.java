package lyceum.sandbox.internal;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import lyceum.sandbox.Outcome;
import lyceum.sandbox.Run.Priority;
import lyceum.sandbox.SandboxService.Ended;
import lyceum.sandbox.SourceFile;
import lyceum.sandbox.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The work of one instance on what was submitted: takes runs as long as it has room for them, runs them, and writes
 * their outcomes down. Several instances share the work; each run has one owner at a time. Lives on one context.
 */
final class SubmissionWork {

    private static final Logger LOG = LoggerFactory.getLogger(SubmissionWork.class);

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(500);
    /** Who submits wakes every instance; this is for the case that a message is lost. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(8);

    /** With pauses that double, half a minute together: then the lease is over, and another try begins. */
    private static final int MOST_WRITES = 6;

    private final Vertx vertx;
    private final int concurrency;
    private final Runs runs;
    private final SubmissionStore store;
    private final Consumer<Ended> ended;
    private final Rounds rounds;
    private final Precedence precedence = new Precedence();
    /** Each is done when this instance has nothing more to do with the run. */
    private final Map<String, Future<Void>> taken = new HashMap<>();

    private boolean isClosed;

    /**
     * @param concurrency how many it may have taken at once
     * @param ended told of each that has its outcome
     */
    SubmissionWork(Vertx vertx, int concurrency, Runs runs, SubmissionStore store, Consumer<Ended> ended) {
        this.vertx = vertx;
        this.concurrency = concurrency;
        this.runs = runs;
        this.store = store;
        this.ended = ended;
        this.rounds = new Rounds(vertx, "to take submissions", SHORTEST_PAUSE, LONGEST_PAUSE, this::round);
    }

    /** Looks for work now. */
    void wake() {
        rounds.wake();
    }

    /** @return those that this instance has at present */
    Set<String> tokens() {
        return Set.copyOf(taken.keySet());
    }

    /** Kills runs that belong to somebody else, or to nobody, by now. */
    void abandon(Collection<String> tokens) {
        tokens.forEach(runs::cancel);
    }

    /**
     * Takes no more; what is killed from now on can be run by another instance.
     *
     * @return done when nothing is being taken
     */
    Future<Void> close() {
        isClosed = true;
        return rounds.stop();
    }

    /** @return done when all that was taken is written down or given back */
    Future<Void> settled() {
        return Future.join(List.copyOf(taken.values())).otherwiseEmpty().mapEmpty();
    }

    private Future<Boolean> round() {
        List<Priority> order = precedence.order();
        return take(order.get(0))
                .compose(count -> count > 0 ? Future.succeededFuture(count) : take(order.get(1)))
                .map(count -> count > 0);
    }

    private Future<Integer> take(Priority priority) {
        // As in the queue: the last place is not for BATCH, unless it is due.
        boolean isDue = precedence.isBatchDue();
        int kept = priority == Priority.BATCH && concurrency > 1 && !isDue ? 1 : 0;
        int room = concurrency - kept - taken.size();
        if (room <= 0 || isClosed) {
            return Future.succeededFuture(0);
        }
        return store.take(priority, isDue ? 1 : room).map(list -> {
            list.forEach(each -> begin(each, priority));
            if (priority == Priority.BATCH && list.isEmpty()) {
                precedence.began(Priority.BATCH, false);
            }
            return list.size();
        });
    }

    private void begin(TakenRun run, Priority priority) {
        precedence.began(priority, true);
        Future<Void> done = run(run);
        taken.put(run.token(), done);
        done.onComplete(settled -> {
            taken.remove(run.token(), done);
            rounds.wake();
        });
    }

    private Future<Void> run(TakenRun run) {
        return outcome(run)
                .compose(
                        outcome -> isClosed && outcome.verdict() == Verdict.CANCELLED
                                ? write(run, () -> store.giveBack(run, false))
                                : finish(run, outcome),
                        error -> again(run, error))
                .onFailure(error -> LOG.error("submission {} could not be written down", run.token(), error));
    }

    private Future<Outcome> outcome(TakenRun run) {
        return run.run()
                .map(order -> runs.begin(LiveRun.Order.stored(order))
                        .compose(LiveRun::outcome)
                        .map(outcome -> kept(run, outcome)))
                .orElse(Future.succeededFuture(Unreadable.OUTCOME));
    }

    private Future<Void> again(TakenRun run, Throwable error) {
        if (isClosed) {
            return write(run, () -> store.giveBack(run, false));
        }
        if (run.isLastAttempt()) {
            LOG.warn("gave up submission {} after attempt={}: {}", run.token(), run.attempt(), error.getMessage());
            return finish(run, Unreadable.OUTCOME);
        }
        // A sandbox that is broken shall not use up all attempts of all that waits.
        return pause(run.attempt()).compose(over -> write(run, () -> store.giveBack(run, true)));
    }

    private Future<Void> finish(TakenRun run, Outcome outcome) {
        return write(
                run,
                () -> store.finish(run, outcome).onSuccess(isOurs -> {
                    if (isOurs) {
                        ended.accept(new Ended(run.token(), outcome.verdict()));
                    }
                }));
    }

    /** Tries until the database answers. */
    private Future<Void> write(TakenRun run, Supplier<Future<Boolean>> writing) {
        return write(writing, 1)
                .onSuccess(isOurs -> {
                    if (!isOurs) {
                        LOG.info("submission {} was removed, or taken over by another instance", run.token());
                    }
                })
                .mapEmpty();
    }

    private Future<Boolean> write(Supplier<Future<Boolean>> writing, int attempt) {
        return writing.get().recover(error -> {
            if (attempt == MOST_WRITES || isClosed) {
                return Future.failedFuture(error);
            }
            return pause(attempt).compose(over -> write(writing, attempt + 1));
        });
    }

    private Future<Void> pause(int attempt) {
        Promise<Void> pause = Promise.promise();
        vertx.setTimer(SHORTEST_PAUSE.toMillis() << (attempt - 1), over -> pause.complete());
        return pause.future();
    }

    private static Outcome kept(TakenRun run, Outcome outcome) {
        List<SourceFile> files = new ArrayList<>();
        long room = Execution.MOST_COLLECTED_BYTES;
        for (SourceFile file : outcome.files()) {
            if (file.content().length() <= room) {
                room -= file.content().length();
                files.add(file);
            }
        }
        return new Outcome(
                outcome.verdict(),
                outcome.exitCode(),
                outcome.signal(),
                outcome.stdout(),
                outcome.stderr(),
                outcome.usage(),
                outcome.compilation(),
                files,
                run.queuedMillis() + outcome.queuedMillis());
    }
}
