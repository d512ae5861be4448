package lyceum.sandbox.internal;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import lyceum.platform.Bus;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.sandbox.SandboxService;
import lyceum.sandbox.SandboxService.Ended;

/**
 * All that this instance does with stored runs, once their database answers; the rest of the sandbox does not need it.
 * Lives on one context.
 */
final class Backlog {

    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(16);
    /** A database that is there needs much less; the sandbox starts without one that needs more. */
    private static final Duration START_LIMIT = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final Bus bus;
    private final SubmissionStore store;
    private final Submissions submissions;
    private final SubmissionWork work;
    private final SubmissionUpkeep upkeep;
    private final Webhooks webhooks;
    private final Rounds opening;
    private final Promise<Void> tried = Promise.promise();

    private boolean isOpen;

    Backlog(Vertx vertx, Bus bus, SandboxConfig config, Runs runs, SubmissionStore store, RunMetrics metrics) {
        SubmissionConfig own = config.submissions();
        this.vertx = vertx;
        this.bus = bus;
        this.store = store;
        this.submissions = new Submissions(own, bus, runs, store);
        this.work = new SubmissionWork(vertx, config.concurrency(), runs, store, this::tell);
        this.upkeep = new SubmissionUpkeep(vertx, own, store, work, metrics, this::tell);
        WebhookCall call =
                new WebhookCall(vertx, own.webhooks(), new HttpClientOptions(), WebhookCall.systemNames(vertx));
        this.webhooks = new Webhooks(vertx, own.webhooks(), store.webhooks(), call);
        this.opening =
                new Rounds(vertx, "to open the store for submissions", SHORTEST_PAUSE, LONGEST_PAUSE, this::open);
    }

    /** @return done when it is open, or will be as soon as the database answers */
    Future<Void> start() {
        opening.wake();
        return tried.future()
                .timeout(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .otherwiseEmpty();
    }

    /** @return what can be asked of stored runs, or UNAVAILABLE as long as the database has not answered */
    Future<Submissions> submissions() {
        return isOpen
                ? Future.succeededFuture(submissions)
                : Future.failedFuture(new Failure(Kind.UNAVAILABLE, "the store for submissions does not answer"));
    }

    /**
     * Takes no more; what is killed from now on can be run by another instance.
     *
     * @return done when nothing is being taken
     */
    Future<Void> close() {
        isOpen = false;
        return Future.join(opening.stop(), upkeep.stop(), webhooks.stop(), work.close())
                .mapEmpty();
    }

    /** @return done when all that was taken is written down or given back */
    Future<Void> settled() {
        return work.settled();
    }

    private Future<Boolean> open() {
        return store.prepare(vertx)
                .compose(ready -> bus.listen(Submitted.TOPIC, submitted -> work.wake()))
                .onSuccess(listening -> begin())
                .onComplete(over -> tried.tryComplete())
                .map(false);
    }

    private void begin() {
        isOpen = true;
        opening.stop();
        work.wake();
        upkeep.start();
        webhooks.wake();
    }

    private void tell(Ended ended) {
        bus.publish(SandboxService.ENDED, ended);
        webhooks.wake();
    }
}
