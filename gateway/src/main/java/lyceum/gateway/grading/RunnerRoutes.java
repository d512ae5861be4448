package lyceum.gateway.grading;

import io.netty.util.NetUtil;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import lyceum.gateway.access.Access;
import lyceum.gateway.access.AddressRange;
import lyceum.gateway.route.Dialect;
import lyceum.gateway.route.JsonAnswer;
import lyceum.gateway.route.Operation;
import lyceum.gateway.route.PageQuery;
import lyceum.gateway.route.Refusal;
import lyceum.gateway.route.Routes;
import lyceum.grading.RunnerService;
import lyceum.grading.RunnerService.Action;
import lyceum.grading.RunnerService.ListWaiting;
import lyceum.grading.RunnerService.RunnerAnswer;
import lyceum.grading.RunnerService.RunnerCall;
import lyceum.grading.RunnerService.Waiting;

/** What runners ask (contracts/grading.md, section 1): the calls of the original, and which hand-ins wait. */
public final class RunnerRoutes implements Routes {

    /** Ten times what the longer one of an upload and an output may have. */
    private static final long BODY_LIMIT_BYTES = 10_485_760;

    private static final int USUAL_COUNT = 20;
    private static final String PATHS = "/(?:handin|myip)(?:/.*)?";
    private static final String WITHOUT_SLASH = "/handin/(?:start|report|proclog)/[^/]+";
    private static final Operation MY_IP = Operation.get("/myip/");
    private static final Operation MY_IP_HEAD = Operation.head("/myip/");
    private static final Operation WAITING = Operation.get("/grading/runner/waiting");

    private final GradingAccess grading;
    private final Access access;
    private final RunnerBodies bodies;
    private final LegacyRunners legacy;
    private final Map<Action, Operation> calls = new EnumMap<>(Action.class);

    /**
     * @param bodies that are read
     * @param legacy says from whom the original's envelope is taken
     */
    public RunnerRoutes(GradingAccess grading, Access access, RunnerBodies bodies, LegacyRunners legacy) {
        this.grading = grading;
        this.access = access;
        this.bodies = bodies;
        this.legacy = legacy;
        for (Action action : Action.values()) {
            calls.put(action, Operation.post("/handin/" + action.name().toLowerCase(Locale.ROOT) + "/{id}/"));
        }
    }

    @Override
    public void addTo(Router router) {
        router.routeWithRegex(PATHS).failureHandler(Dialect.PLAIN);
        router.routeWithRegex(WITHOUT_SLASH).handler(ctx -> redirect(ctx, List.of(HttpMethod.POST)));
        router.routeWithRegex("/myip").handler(ctx -> redirect(ctx, List.of(HttpMethod.GET, HttpMethod.HEAD)));
        calls.forEach((action, operation) ->
                operation.on(router).handler(access.guard(operation)).handler(ctx -> call(ctx, action)));
        for (Operation operation : List.of(MY_IP, MY_IP_HEAD)) {
            operation.on(router).handler(access.guard(operation)).handler(RunnerRoutes::tellAddress);
        }
        WAITING.on(router).handler(access.guard(WAITING)).handler(this::listWaiting);
    }

    private static void redirect(RoutingContext ctx, List<HttpMethod> methods) {
        if (!methods.contains(ctx.request().method()) || hasSlashInside(ctx)) {
            ctx.next();
            return;
        }
        String query = ctx.request().query();
        ctx.response()
                .setStatusCode(301)
                .putHeader("Location", ctx.request().path() + '/' + (query == null ? "" : '?' + query))
                .putHeader("Content-Type", "text/html; charset=utf-8")
                .end();
    }

    /** The original decodes a path before it looks for its parts. */
    private static boolean hasSlashInside(RoutingContext ctx) {
        return ctx.request().path().toLowerCase(Locale.ROOT).contains("%2f");
    }

    private void call(RoutingContext ctx, Action action) {
        if (hasSlashInside(ctx)) {
            throw new Refusal(404);
        }
        boolean isLegacy = LegacyRunners.isLegacy(ctx.request());
        Optional<RunnerAnswer> refusal = isLegacy ? legacy.refusal(ctx.request()) : Optional.empty();
        if (refusal.isPresent()) {
            send(ctx, refusal.get());
            return;
        }
        String id = ctx.pathParam("id");
        String type = ctx.request().getHeader("Content-Type");
        Function<Buffer, Future<RunnerAnswer>> ask = body -> grading.runners()
                .callRunner(new RunnerCall(
                        action,
                        id,
                        path(ctx),
                        type,
                        body,
                        ctx.request().remoteAddress().hostAddress()));
        answer(ctx, type, ask)
                .onSuccess(answer -> {
                    if (isLegacy) {
                        legacy.answered(ctx.request(), answer);
                    }
                    send(ctx, answer);
                })
                .onFailure(ctx::fail);
    }

    /** What is in no envelope is answered whatever it is, so nothing of it is kept. */
    private Future<RunnerAnswer> answer(RoutingContext ctx, String type, Function<Buffer, Future<RunnerAnswer>> ask) {
        if (isLegacyOrSealed(type)) {
            return bodies.use(ctx, BODY_LIMIT_BYTES, ask);
        }
        ctx.request().resume();
        return ask.apply(Buffer.buffer());
    }

    private static boolean isLegacyOrSealed(String type) {
        return RunnerService.LEGACY_ENVELOPE.equals(type) || RunnerService.SEALED_ENVELOPE.equals(type);
    }

    private static void send(RoutingContext ctx, RunnerAnswer answer) {
        ctx.response()
                .setStatusCode(answer.status())
                .putHeader("Content-Type", answer.contentType())
                .end(answer.body());
    }

    /** @return the path as runners build it, below their base URL */
    private static String path(RoutingContext ctx) {
        String path = ctx.request().path();
        return path.substring(path.indexOf("/handin/"));
    }

    /** The peer of the connection, as the original has it: whoever asks wants to know how it is seen from here. */
    private static void tellAddress(RoutingContext ctx) {
        String written = ctx.request().remoteAddress().hostAddress();
        // Java writes out the zeros of IPv6.
        String address =
                AddressRange.address(written).map(NetUtil::toAddressString).orElse(written);
        ctx.response().putHeader("Content-Type", "text/plain");
        if (ctx.request().method().equals(HttpMethod.HEAD)) {
            ctx.response()
                    .putHeader("Content-Length", Integer.toString(address.length()))
                    .end();
        } else {
            ctx.response().end(address);
        }
    }

    private void listWaiting(RoutingContext ctx) {
        int count = PageQuery.number(ctx, "count", USUAL_COUNT);
        JsonAnswer.send(
                ctx,
                grading.runners()
                        .listWaiting(new ListWaiting(count))
                        .map(list -> JsonAnswer.list("handIns", list.handIns(), RunnerRoutes::json)));
    }

    private static JsonObject json(Waiting waiting) {
        JsonObject json = new JsonObject()
                .put("id", waiting.id())
                .put("homework", waiting.homework())
                .put("package", waiting.codePackage())
                .put("createdAt", waiting.createdAt().toString())
                .put("attempt", waiting.attempt());
        return waiting.fileName() == null
                ? json.put("text", waiting.content().toString())
                : json.put("fileName", waiting.fileName())
                        .put(
                                "archive",
                                // What JSON of Vert.x makes of bytes is base64 for addresses.
                                Base64.getEncoder()
                                        .encodeToString(waiting.content().getBytes()));
    }
}
