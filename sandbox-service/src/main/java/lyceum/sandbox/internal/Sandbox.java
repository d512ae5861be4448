package lyceum.sandbox.internal;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import lyceum.platform.Bus;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.sandbox.Outcome;
import lyceum.sandbox.Run;
import lyceum.sandbox.SandboxService;
import lyceum.sandbox.SandboxSession;

/** The service on a machine that can isolate. Lives on one context. */
final class Sandbox implements SandboxService {

    private final Bus bus;
    private final String instance = UUID.randomUUID().toString();
    private final Ground ground;
    private final Languages languages;
    private final RunMetrics metrics;
    private final Runs runs;
    private final Sessions sessions;
    private final Optional<Backlog> backlog;

    /** @param registry gets {@link RunMetrics} */
    Sandbox(Vertx vertx, SandboxConfig config, Ground ground, Languages languages, Bus bus, MeterRegistry registry) {
        this.bus = bus;
        this.ground = ground;
        this.languages = languages;
        this.metrics = new RunMetrics(registry, config);
        this.runs = new Runs(vertx, config, ground.cells(), languages, metrics);
        this.sessions = new Sessions(
                vertx,
                runs,
                instance,
                config.concurrency() + config.queueLength(),
                Math.max(1, config.concurrency() / 2),
                SandboxSession.LEASE);
        SubmissionConfig stored = config.submissions();
        this.backlog = stored.database()
                .map(database -> new SubmissionStore(vertx, database, instance, stored.lease()))
                .map(store -> new Backlog(vertx, bus, config, runs, store, metrics));
    }

    /** @return done when the cluster can reach it; with a database, when that has answered or was given up for now */
    Future<Void> open() {
        return bus.listen(CANCEL, cancellation -> sessions.cancel(cancellation.id()))
                .compose(listening -> bus.serve(SandboxSession.class, sessions, instance))
                .compose(served -> backlog.map(Backlog::start).orElse(Future.succeededFuture()))
                .compose(started -> bus.serve(SandboxService.class, this));
    }

    /** @return done when every run is over; those that were submitted wait for another instance */
    Future<Void> close() {
        return backlog.map(Backlog::close)
                .orElse(Future.succeededFuture())
                .compose(idle -> {
                    sessions.close();
                    return runs.close();
                })
                .compose(over -> backlog.map(Backlog::settled).orElse(Future.succeededFuture()))
                .onComplete(settled -> metrics.close());
    }

    @Override
    public Future<Outcome> run(Run order) {
        return runs.begin(LiveRun.Order.waitedFor(order)).compose(LiveRun::outcome);
    }

    @Override
    public Future<Isolation> inspect(Inspect question) {
        return Future.succeededFuture(new Isolation(true, ground.text()));
    }

    @Override
    public Future<LanguageList> languages(ListLanguages question) {
        return languages.list();
    }

    @Override
    public Future<Accepted> submit(Submit order) {
        return stored(submissions -> submissions.submit(order)).onFailure(metrics::refused);
    }

    @Override
    public Future<SubmissionList> findSubmissions(FindSubmissions question) {
        return stored(submissions -> submissions.find(question));
    }

    @Override
    public Future<Done> removeSubmission(RemoveSubmission order) {
        return stored(submissions -> submissions.remove(order));
    }

    @Override
    public Future<OpenedSession> openSession(OpenSession order) {
        return sessions.open(order);
    }

    private <T> Future<T> stored(Function<Submissions, Future<T>> question) {
        return backlog.map(Backlog::submissions)
                .orElse(Future.failedFuture(new Failure(Kind.UNAVAILABLE, "there is no store for submissions")))
                .compose(question);
    }
}
