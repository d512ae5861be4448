package lyceum.sandbox.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.platform.Trace;
import lyceum.sandbox.Outcome;
import lyceum.sandbox.Run;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rules of runs: which are taken, which wait, which are given up. Lives on one context. */
final class Runs {

    private static final Logger LOG = LoggerFactory.getLogger(Runs.class);

    /** Of all that do not run yet together, because each is held in memory as it came. */
    private static final long MOST_WAITING_BYTES = 64L << 20;

    private final Vertx vertx;
    private final SandboxConfig config;
    private final Cells cells;
    private final Languages languages;
    private final RunMetrics metrics;
    private final FairQueue<LiveRun> queue;
    /** By id, from the moment their limits are found right; the queue has those that are ready to run. */
    private final Map<String, LiveRun> live = new HashMap<>();

    private boolean isClosed;
    private boolean isStarting;

    Runs(Vertx vertx, SandboxConfig config, Cells cells, Languages languages, RunMetrics metrics) {
        this.vertx = vertx;
        this.config = config;
        this.cells = cells;
        this.languages = languages;
        this.metrics = metrics;
        this.queue = new FairQueue<>(config.concurrency(), config.queueLength(), config.queueLengthOfCaller());
    }

    /** @return the run once it runs or waits for its turn; or what {@code SandboxService.run} refuses */
    Future<LiveRun> begin(LiveRun.Order order) {
        return refusal(order)
                .map(Future::<LiveRun>failedFuture)
                .orElseGet(() -> take(new LiveRun(order)))
                .onFailure(metrics::refused);
    }

    /** @return done where nothing is wrong with a run, else what is */
    Future<Void> check(Run run) {
        return complaint(run)
                .map(Future::<Void>failedFuture)
                .orElseGet(() -> translate(LiveRun.Order.stored(run)).mapEmpty());
    }

    /** Kills a run, or takes it out of the queue; an id that is not known is of a run that is over. */
    void cancel(String id) {
        LiveRun run = live.get(id);
        if (run != null) {
            run.cancel();
            if (queue.remove(run)) {
                endUnbegun(run);
            }
        }
    }

    /** @return done when every run is over; those that wait are cancelled, those that run are killed */
    Future<Void> close() {
        isClosed = true;
        List<LiveRun> all = List.copyOf(live.values());
        // Those that wait go first, or the end of one that runs would let them begin.
        all.stream().filter(run -> run.execution() == null).map(LiveRun::id).forEach(this::cancel);
        all.stream().map(LiveRun::id).forEach(this::cancel);
        return Future.join(all.stream().map(LiveRun::outcome).toList())
                .otherwiseEmpty()
                .mapEmpty();
    }

    private Optional<Failure> refusal(LiveRun.Order order) {
        if (isClosed) {
            return Optional.of(new Failure(Kind.UNAVAILABLE, "this sandbox is being stopped"));
        }
        return complaint(order.run()).or(() -> {
            if (live.containsKey(order.run().id())) {
                return Optional.of(new Failure(Kind.CONFLICT, "a run of that id is not over"));
            }
            // Those that are being translated are not in the queue yet, and must have a bound all the same.
            boolean isFull =
                    live.size() >= config.queueLength() + 2 * config.concurrency() || waitsTooMuchWith(order.run());
            return isFull && !order.isStored()
                    ? Optional.of(busy("too many runs are waiting already"))
                    : Optional.empty();
        });
    }

    private boolean waitsTooMuchWith(Run run) {
        long waiting = live.values().stream()
                .filter(other -> other.execution() == null)
                .mapToLong(other -> Ceilings.bytes(other.order().run()))
                .sum();
        return waiting > 0 && waiting + Ceilings.bytes(run) > MOST_WAITING_BYTES;
    }

    private Optional<Failure> complaint(Run run) {
        return config.ceilings().complaint(run).map(Failure::invalid);
    }

    private Future<Task> translate(LiveRun.Order order) {
        // What it throws is a failure too.
        return Future.<Void>succeededFuture()
                .compose(asked -> languages.translate(order.run(), order.terminal(), order.isOpen()));
    }

    private Future<LiveRun> take(LiveRun run) {
        live.put(run.id(), run);
        return translate(run.order()).compose(task -> admit(run, task)).onFailure(refusal -> {
            live.remove(run.id());
            run.end(Future.failedFuture(refusal));
        });
    }

    private Future<LiveRun> admit(LiveRun run, Task task) {
        if (run.isCancelled()) {
            endUnbegun(run);
            return Future.succeededFuture(run);
        }
        Optional<String> refusal = run.order().isStored() ? Optional.empty() : queue.refusal(run);
        if (refusal.isPresent()) {
            return Future.failedFuture(busy(refusal.get()));
        }
        if (!run.order().isStored()) {
            queue.givesWayTo(run).ifPresent(this::sendAway);
        }
        run.prepare(task);
        queue.add(run);
        startNext();
        return Future.succeededFuture(run);
    }

    private void sendAway(LiveRun run) {
        queue.remove(run);
        live.remove(run.id());
        Failure refusal = busy("too many runs are waiting already");
        metrics.refused(refusal);
        run.end(Future.failedFuture(refusal));
    }

    private void startNext() {
        if (isStarting) {
            return; // one that ended at once; the loop goes on
        }
        isStarting = true;
        for (Optional<LiveRun> next = queue.next(); next.isPresent(); next = queue.next()) {
            start(next.get());
        }
        isStarting = false;
        metrics.show(cells.ready(), queue);
    }

    private void start(LiveRun run) {
        Trace.Step step = Trace.begin(run.asked(), "sandbox run", Map.of("lyceum.language", run.language()));
        Future<Outcome> how = run.start(vertx, cells).recover(error -> lose(run.id(), error));
        how.onComplete(over -> {
            step.end(how, outcome -> Map.of("lyceum.verdict", RunMetrics.name(outcome.verdict())));
            queue.end(run);
            startNext();
            end(run, how);
        });
    }

    private void endUnbegun(LiveRun run) {
        metrics.show(cells.ready(), queue);
        end(run, Future.succeededFuture(run.cancelled()));
    }

    private void end(LiveRun run, Future<Outcome> how) {
        live.remove(run.id());
        metrics.ended(how);
        run.end(how);
    }

    /** The program had no fault in it, and the caller shall not think so. */
    private static Future<Outcome> lose(String id, Throwable error) {
        LOG.error("lost the cell of run {}", id, error);
        return Future.failedFuture(new Failure(Kind.UNAVAILABLE, "the sandbox was lost"));
    }

    private static Failure busy(String text) {
        return new Failure(Kind.BUSY, text);
    }
}
