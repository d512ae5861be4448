package lyceum.sandbox.internal;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.sandbox.SandboxService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rules of runs: which are taken, which wait, which are given up. Lives on one context. */
final class Runs implements SandboxService {

    private static final Logger LOG = LoggerFactory.getLogger(Runs.class);

    private final Ceilings ceilings;
    private final int concurrency;
    private final int queueLength;
    private final Vertx vertx;
    private final Ground ground;
    private final Map<String, Running> running = new HashMap<>();
    private final Deque<Waiting> queue = new ArrayDeque<>();

    private record Running(Execution execution, Future<Outcome> outcome) {

        void kill(Verdict reason) {
            execution.kill(reason);
        }
    }

    private record Waiting(Run order, Promise<Outcome> outcome) {

        boolean is(String id) {
            return order.id().equals(id);
        }

        void cancel() {
            Cell.Exit exit = Ending.KILLED;
            outcome.complete(
                    new Outcome(Verdict.CANCELLED, exit.code(), exit.signal(), Buffer.buffer(), 0, false, 0, 0, 0));
        }
    }

    Runs(Vertx vertx, SandboxConfig config, Ground ground) {
        this.ceilings = config.ceilings();
        this.concurrency = config.concurrency();
        this.queueLength = config.queueLength();
        this.vertx = vertx;
        this.ground = ground;
    }

    @Override
    public Future<Outcome> run(Run order) {
        Optional<String> complaint = ceilings.complaint(order);
        if (complaint.isPresent()) {
            return Future.failedFuture(Failure.invalid(complaint.get()));
        }
        if (running.containsKey(order.id()) || queue.stream().anyMatch(waiting -> waiting.is(order.id()))) {
            return Future.failedFuture(new Failure(Kind.CONFLICT, "a run of that id is not over"));
        }
        Run resolved = ceilings.resolve(order);
        return running.size() < concurrency ? execute(resolved) : queue(resolved);
    }

    @Override
    public Future<Isolation> inspect(Inspect question) {
        return Future.succeededFuture(new Isolation(true, ground.text()));
    }

    /** Kills a run, or takes it out of the queue; an id that is not known is of a run that is over. */
    void cancel(Cancellation cancellation) {
        if (running.containsKey(cancellation.id())) {
            running.get(cancellation.id()).kill(Verdict.CANCELLED);
        }
        List<Waiting> cancelled =
                queue.stream().filter(waiting -> waiting.is(cancellation.id())).toList();
        queue.removeAll(cancelled);
        cancelled.forEach(Waiting::cancel);
    }

    /** @return done when every run is over; those that wait are cancelled, those that run are killed */
    Future<Void> close() {
        queue.forEach(Waiting::cancel);
        queue.clear();
        List<Future<Outcome>> ends = new ArrayList<>();
        for (Running each : running.values()) {
            each.kill(Verdict.CANCELLED);
            ends.add(each.outcome());
        }
        return Future.join(ends).recover(lost -> Future.succeededFuture()).mapEmpty();
    }

    private Future<Outcome> queue(Run order) {
        if (queue.size() >= queueLength) {
            return Future.failedFuture(new Failure(Kind.BUSY, "too many runs are waiting already"));
        }
        Waiting waiting = new Waiting(order, Promise.promise());
        queue.add(waiting);
        return waiting.outcome().future();
    }

    private Future<Outcome> execute(Run order) {
        Execution execution = new Execution(vertx, ground, order);
        Future<Outcome> outcome = execution.start().recover(error -> lose(order.id(), error));
        running.put(order.id(), new Running(execution, outcome));
        return outcome.onComplete(over -> next(order.id()));
    }

    /** The program had no fault in it, and the caller shall not think so. */
    private static Future<Outcome> lose(String id, Throwable error) {
        LOG.error("lost the cell of run {}", id, error);
        return Future.failedFuture(new Failure(Kind.UNAVAILABLE, "the sandbox was lost"));
    }

    private void next(String over) {
        running.remove(over);
        Waiting waiting = queue.poll();
        if (waiting != null) {
            execute(waiting.order()).onComplete(waiting.outcome());
        }
    }
}
