package lyceum.platform.management;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.tracing.TracingPolicy;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Locale;
import lyceum.platform.Readiness;
import lyceum.platform.management.Lifecycle.Phase;

/**
 * Answers the operator:
 *
 * <ul>
 *   <li>{@code /health/live}: 200 as long as an event loop turns.
 *   <li>{@code /health/started}: 200 once everything has started, 503 before.
 *   <li>{@code /health/ready}: 200 while every check is ok, else 503; 503 while starting and draining too. Each check
 *       with what it found, or its reason.
 *   <li>{@code /metrics}: text for Prometheus, what the checks find among it.
 *   <li>{@code /info}: version, commit and time of the build.
 * </ul>
 */
public final class ManagementVerticle extends VerticleBase {

    /** Kubernetes waits 1 s by default, other probes 5 s; a check that needs longer than this is as good as failed. */
    static final Duration CHECK_LIMIT = Duration.ofSeconds(2);

    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final ManagementConfig config;
    private final Lifecycle lifecycle;
    private final Readiness readiness;
    private final Metrics metrics;
    private final BuildInfo build;
    private final ReadinessMeters readinessMeters;

    private volatile HttpServer server;

    /**
     * @param lifecycle of the process
     * @param readiness its checks
     * @param metrics with which its Vert.x was built
     */
    public ManagementVerticle(
            ManagementConfig config, Lifecycle lifecycle, Readiness readiness, Metrics metrics, BuildInfo build) {
        this.config = config;
        this.lifecycle = lifecycle;
        this.readiness = readiness;
        this.metrics = metrics;
        this.build = build;
        this.readinessMeters = new ReadinessMeters(metrics.registry(), lifecycle);
    }

    @Override
    public Future<?> start() {
        Router router = Router.router(vertx);
        router.get("/health/live").respond(ctx -> Future.succeededFuture(new JsonObject().put("live", true)));
        router.get("/health/started").respond(this::started);
        router.get("/health/ready").respond(this::ready);
        router.get("/metrics").handler(this::metrics);
        router.get("/info").respond(ctx -> Future.succeededFuture(JsonObject.mapFrom(build)));
        // Who looks every few seconds is of no trace.
        server = vertx.createHttpServer(new HttpServerOptions().setTracingPolicy(TracingPolicy.IGNORE))
                .requestHandler(router);
        return server.listen(config.port(), config.host())
                .recover(error -> Future.failedFuture(new IllegalStateException(
                        "cannot listen at %s:%d (LYCEUM_MANAGEMENT_PORT): %s"
                                .formatted(config.host(), config.port(), error.getMessage()),
                        error)));
    }

    /** @return the port that is listened at, once deployed */
    public int port() {
        return server.actualPort();
    }

    private Future<JsonObject> started(RoutingContext ctx) {
        boolean started = lifecycle.phase() != Phase.STARTING;
        return answer(ctx, "started", started);
    }

    private Future<JsonObject> ready(RoutingContext ctx) {
        if (lifecycle.phase() != Phase.SERVING) {
            return answer(ctx, "ready", false);
        }
        return Findings.ask(readiness, CHECK_LIMIT)
                .compose(findings -> answer(ctx, "ready", findings.allOk() && lifecycle.phase() == Phase.SERVING)
                        .map(json -> json.put("checks", findings.json())));
    }

    private Future<JsonObject> answer(RoutingContext ctx, String question, boolean yes) {
        ctx.response().setStatusCode(yes ? 200 : 503);
        String phase = lifecycle.phase().name().toLowerCase(Locale.ROOT);
        return Future.succeededFuture(new JsonObject().put(question, yes).put("phase", phase));
    }

    /** Off the event loop: gauges ask their owners, who may take a while. */
    private void metrics(RoutingContext ctx) {
        Findings.ask(readiness, CHECK_LIMIT)
                .onSuccess(readinessMeters::show)
                .compose(shown -> vertx.executeBlocking(metrics::scrape, false))
                .compose(text -> ctx.response()
                        .putHeader("content-type", PROMETHEUS_TEXT)
                        .end(text))
                .onFailure(ctx::fail);
    }
}
