package lyceum.launcher;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import lyceum.launcher.ServiceEntry.Running;
import lyceum.platform.Bus;
import lyceum.platform.Loop;
import lyceum.platform.Readiness;
import lyceum.platform.Settings;
import lyceum.platform.cluster.Cluster;
import lyceum.platform.embedded.Tenancy;
import lyceum.platform.management.Announcer;
import lyceum.platform.management.Findings;
import lyceum.platform.management.Lifecycle;
import lyceum.platform.management.ManagementVerticle;
import lyceum.platform.management.Metrics;
import lyceum.platform.tracing.Tracing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running program: services, the stores they stand on, and the operator's port. */
public final class Suite {

    private static final Logger LOG = LoggerFactory.getLogger(Suite.class);

    /**
     * Else each file is looked for beside those of the class path, unpacked to a directory that Vert.x removes as soon as the
     * process is told to end: nothing could be opened any more by what is under way.
     */
    private static final FileSystemOptions FILES_OF_THE_DISK =
            new FileSystemOptions().setClassPathResolvingEnabled(false).setFileCachingEnabled(false);

    /** Of what must be there: longer than the operator's port has, for nobody asks a second time. */
    private static final Duration CHECK_LIMIT = Duration.ofSeconds(15);

    private final Vertx vertx;
    private final Stores stores;
    private final Readiness readiness = new Readiness();
    private final Lifecycle lifecycle = new Lifecycle();
    private final Metrics metrics;
    private final Optional<Tracing> tracing;
    private final ManagementVerticle management;
    /** What was started last comes first. */
    private final Deque<Running> running = new ArrayDeque<>();

    private final Promise<Void> closed = Promise.promise();

    private Suite(Plan plan, Vertx vertx, Stores stores, Metrics metrics, Optional<Tracing> tracing) {
        this.metrics = metrics;
        this.tracing = tracing;
        this.vertx = vertx;
        this.stores = stores;
        this.management = new ManagementVerticle(plan.management(), lifecycle, readiness, metrics, Build.info());
    }

    /**
     * Starts the program, or leaves nothing of it. The calling thread, which must not be an event loop, is blocked while
     * embedded stores start (4 s the first time, 1 s later); everything after that is asynchronous.
     *
     * @param environment settings by key, {@code LYCEUM_…}
     * @param services names of those that are wanted, empty for all; with some of them the process joins a cluster
     * @param progress told what takes time, one line each
     * @return the program once everything serves; failed with {@link Settings.WrongSetting} before anything was started
     */
    public static Future<Suite> start(
            Map<String, String> environment, Set<String> services, Consumer<String> progress) {
        return start(Services.ALL, environment, services, progress);
    }

    static Future<Suite> start(
            List<ServiceEntry<?>> house,
            Map<String, String> environment,
            Set<String> services,
            Consumer<String> progress) {
        Plan plan;
        Stores stores;
        try {
            plan = Plan.of(house, services, new Settings(environment));
            stores = Stores.start(plan.suite(), plan.stores(), Tenancy.LASTING, progress);
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
        Metrics metrics = new Metrics(Build.info());
        Optional<Tracing> tracing = tracing(plan, metrics);
        Promise<Suite> serving = Promise.promise();
        vertx(plan, metrics, tracing)
                .onSuccess(metrics::watch)
                .onSuccess(vertx -> new Suite(plan, vertx, stores, metrics, tracing).deploy(plan, progress, serving))
                .onFailure(error -> {
                    // Blocks, but there is no Vert.x whose threads it could block.
                    stores.close();
                    tracing.ifPresent(Tracing::close);
                    serving.fail(error);
                });
        return serving.future();
    }

    /** Classes of OpenTelemetry are loaded here, if at all. */
    private static Optional<Tracing> tracing(Plan plan, Metrics metrics) {
        List<String> services = Services.names(plan.services());
        return plan.traces()
                .url()
                .map(url -> Tracing.to(url, plan.traces(), services, Build.info(), metrics.registry()));
    }

    private static Future<Vertx> vertx(Plan plan, Metrics metrics, Optional<Tracing> tracing) {
        VertxOptions options =
                new VertxOptions().setMetricsOptions(metrics.options()).setFileSystemOptions(FILES_OF_THE_DISK);
        VertxBuilder builder = Vertx.builder().with(options).withMetrics(metrics.factory());
        tracing.ifPresent(traced -> builder.withTracer(traced.factory()));
        return plan.cluster()
                .map(cluster -> Cluster.join(builder, options, cluster))
                .orElseGet(() -> Future.succeededFuture(builder.build()));
    }

    private void deploy(Plan plan, Consumer<String> progress, Promise<Suite> serving) {
        Parts parts = new Parts(readiness, metrics.registry(), stores.url(Store.POSTGRES), stores.url(Store.REDIS));
        Bus.measure(vertx, metrics.registry());
        LogQueue.measure(metrics.registry());
        Future<Void> started = vertx.deployVerticle(management)
                .compose(listening -> start(plan, parts, false, progress))
                .compose(all -> start(plan, parts, true, progress));
        started.onSuccess(all -> lifecycle.serve())
                .compose(all -> vertx.deployVerticle(announcer(plan)))
                .onSuccess(told -> serving.complete(this))
                .onFailure(error -> close().onComplete(ended -> serving.fail(error)));
    }

    private Announcer announcer(Plan plan) {
        return new Announcer(Services.names(plan.services()), Build.info(), lifecycle, readiness, metrics.registry());
    }

    /**
     * Starts services side by side: each waits for something of its own. Doors come when all others serve.
     *
     * @return failed when all have come to an end, and one of them did not start
     */
    private Future<Void> start(Plan plan, Parts parts, boolean doors, Consumer<String> progress) {
        List<Future<Running>> starts = new ArrayList<>();
        for (ServiceEntry<?> service : plan.services()) {
            if (service.isDoor() == doors) {
                progress.accept("starting " + service.name());
                starts.add(service.start(vertx, plan.settings(), parts));
            }
        }
        // In their order, whoever was quicker, so that they end in the opposite one.
        return Future.join(starts)
                .onComplete(ended -> starts.stream()
                        .filter(Future::succeeded)
                        .map(Future::result)
                        .forEach(running::push))
                .mapEmpty();
    }

    /** @return what must be there and is not, one line each, when every check has answered or its time is over */
    Future<List<String>> lacks() {
        Promise<List<String>> lacks = Promise.promise();
        // Checks are asked on a context, as the operator's port asks them.
        vertx.runOnContext(asked -> Findings.ask(readiness, CHECK_LIMIT)
                .map(findings -> findings.checks().stream()
                        .filter(check -> !check.ok())
                        .map(check -> check.name() + ": " + check.text())
                        .toList())
                .onComplete(lacks));
        return lacks.future();
    }

    /** @return where clients come to, 0 where no gateway is in this process */
    public int httpPort() {
        return running.stream()
                .flatMapToInt(service -> service.httpPort().stream())
                .findFirst()
                .orElse(0);
    }

    /** @return where the operator comes to */
    public int managementPort() {
        return management.port();
    }

    /** @return where tables are kept, password included; empty where no service needs them */
    public String postgresUrl() {
        return stores.url(Store.POSTGRES);
    }

    /** @return where streams are kept, password included; empty where no service needs them */
    public String redisUrl() {
        return stores.url(Store.REDIS);
    }

    /** @return what everything runs on */
    public Vertx vertx() {
        return vertx;
    }

    /**
     * Drains: readiness goes first, then the services in the opposite order of their start, each at its own pace, then
     * the stores; the operator can ask to the end. What fails is logged and does not keep the rest.
     *
     * @return done when nothing is left; every call gets the same answer
     */
    public Future<Void> close() {
        if (lifecycle.drain()) {
            drain();
        }
        return closed.future();
    }

    private void drain() {
        Future<Void> stopped = Future.succeededFuture();
        for (Running service : running) {
            stopped = stopped.compose(before -> stop(service));
        }
        stopped.compose(all -> vertx.executeBlocking(this::closeStores))
                .onFailure(error -> LOG.error("the stores did not stop in good order", error))
                // Not composed: a future that belongs to a thread of Vert.x never completes once Vert.x is closed.
                .onComplete(done -> vertx.close().onComplete(closed));
    }

    private Void closeStores() {
        stores.close();
        tracing.ifPresent(Tracing::close);
        return null;
    }

    private Future<Void> stop(Running service) {
        return Loop.each(
                service.deploymentIds(),
                deploymentId -> vertx.undeploy(deploymentId).otherwise(error -> {
                    LOG.error("{} did not stop in good order", service.name(), error);
                    return null;
                }));
    }
}
