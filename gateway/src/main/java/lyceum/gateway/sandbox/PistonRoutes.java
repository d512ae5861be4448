package lyceum.gateway.sandbox;

import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import lyceum.gateway.access.Access;
import lyceum.gateway.access.Caller;
import lyceum.gateway.piston.JobJson;
import lyceum.gateway.piston.Runtimes;
import lyceum.gateway.route.AnyOriginCors;
import lyceum.gateway.route.Dialect;
import lyceum.gateway.route.JsonAnswer;
import lyceum.gateway.route.JsonBody;
import lyceum.gateway.route.Operation;
import lyceum.gateway.route.Refusal;
import lyceum.gateway.route.Routes;
import lyceum.gateway.route.WebSocketHandshake;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;

/** Speaks to clients of Piston v2, which only change the address that they ask. */
public final class PistonRoutes implements Routes {

    private static final String PATHS = "/piston(?:/.*)?";

    private static final Operation RUNTIMES = Operation.get("/piston/api/v2/runtimes");
    private static final Operation EXECUTE = Operation.post("/piston/api/v2/execute");
    private static final Operation CONNECT = Operation.get("/piston/api/v2/connect");
    private static final Operation PACKAGES = Operation.get("/piston/api/v2/packages");
    private static final Operation INSTALL = Operation.post("/piston/api/v2/packages");
    private static final Operation UNINSTALL = Operation.delete("/piston/api/v2/packages");

    private final PistonSandbox sandbox;
    private final Access access;
    private final long bodyLimitBytes;
    private final int connectionLimit;
    private final long pingMillis;
    private final AtomicInteger open = new AtomicInteger();

    /**
     * @param bodyLimitBytes of one job
     * @param connectionLimit interactive jobs at once
     * @param pingInterval how often the client of one is asked whether it is there
     */
    public PistonRoutes(
            PistonSandbox sandbox, Access access, long bodyLimitBytes, int connectionLimit, Duration pingInterval) {
        this.sandbox = sandbox;
        this.access = access;
        this.bodyLimitBytes = bodyLimitBytes;
        this.connectionLimit = connectionLimit;
        this.pingMillis = pingInterval.toMillis();
    }

    @Override
    public void addTo(Router router) {
        router.routeWithRegex(PATHS).handler(new AnyOriginCors()).failureHandler(Dialect.PISTON);
        RUNTIMES.onEither(router).handler(access.guard(RUNTIMES)).handler(this::listRuntimes);
        PACKAGES.onEither(router).handler(access.guard(PACKAGES)).handler(this::listPackages);
        EXECUTE.onEither(router)
                .handler(access.guard(EXECUTE))
                .handler(PistonRoutes::askForJson)
                .handler(JsonBody.reader(bodyLimitBytes))
                .handler(ctx -> JsonAnswer.send(ctx, execute(ctx)));
        CONNECT.onEither(router).handler(access.guard(CONNECT)).handler(this::connect);
        INSTALL.onEither(router).handler(access.guard(INSTALL)).handler(PistonRoutes::refuseChange);
        UNINSTALL.onEither(router).handler(access.guard(UNINSTALL)).handler(PistonRoutes::refuseChange);
    }

    private void listRuntimes(RoutingContext ctx) {
        JsonAnswer.send(ctx, sandbox.runtimes().map(Runtimes::json).map(JsonAnswer::ok));
    }

    private void listPackages(RoutingContext ctx) {
        JsonAnswer.send(ctx, sandbox.runtimes().map(Runtimes::packages).map(JsonAnswer::ok));
    }

    private static void askForJson(RoutingContext ctx) {
        String type = ctx.request().getHeader("Content-Type");
        if (type == null || !type.startsWith("application/json")) {
            throw new Refusal(415, "requests must be of type application/json");
        }
        ctx.next();
    }

    private Future<JsonAnswer> execute(RoutingContext ctx) {
        return sandbox.job(JsonBody.of(ctx))
                .compose(job -> sandbox.run(job.run(newRun(ctx), caller(ctx)))
                        .map(outcome -> JsonAnswer.ok(JobJson.of(job.runtime(), outcome))));
    }

    /** @return the id of a run that is killed when its caller goes away */
    private String newRun(RoutingContext ctx) {
        String id = UUID.randomUUID().toString();
        ctx.response().closeHandler(gone -> {
            if (!ctx.response().ended()) {
                sandbox.cancel(id);
            }
        });
        return id;
    }

    private void connect(RoutingContext ctx) {
        WebSocketHandshake.require(ctx.request());
        if (open.get() >= connectionLimit) {
            throw new Failure(Kind.BUSY, "too many connections are open");
        }
        String caller = caller(ctx);
        open.incrementAndGet();
        ctx.request()
                .toWebSocket()
                .onSuccess(socket -> {
                    Runnable over = access.holdWhileValid(ctx, socket);
                    new PistonConnection(ctx.vertx(), sandbox, socket, caller, () -> {
                                over.run();
                                open.decrementAndGet();
                            })
                            .start(pingMillis);
                })
                .onFailure(error -> open.decrementAndGet())
                .onFailure(ctx::fail);
    }

    private static void refuseChange(RoutingContext ctx) {
        throw new Refusal(403, "languages are installed on the machine, not by its clients");
    }

    private static String caller(RoutingContext ctx) {
        return Caller.of(ctx).orElseThrow().subject();
    }
}
