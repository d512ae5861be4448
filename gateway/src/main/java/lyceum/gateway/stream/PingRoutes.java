package lyceum.gateway.stream;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import lyceum.gateway.access.Access;
import lyceum.gateway.access.PresentedToken;
import lyceum.gateway.route.JsonDocument;
import lyceum.gateway.route.Operation;
import lyceum.gateway.route.Routes;
import lyceum.stream.StreamService.Ping;

/** Whether the server is there, what its errors look like, and what it saw of a token (contract, rows 2 to 4). */
public final class PingRoutes implements Routes {

    private static final Operation PING = Operation.get("/ping");
    private static final Operation ERROR = Operation.get("/ping/error");
    private static final Operation AUTH = Operation.get("/ping/auth");

    /** As the original words it. */
    private static final JsonObject PURPOSEFUL_ERROR = JsonObject.of(
            "detail",
            List.of(JsonObject.of("msg", "This is an error purposefully thrown by the server", "type", "ValueError")));

    private final StreamAccess streams;
    private final Access access;

    public PingRoutes(StreamAccess streams, Access access) {
        this.streams = streams;
        this.access = access;
    }

    @Override
    public void addTo(Router router) {
        PING.onEither(router).handler(access.guard(PING)).handler(this::ping);
        ERROR.onEither(router).handler(access.guard(ERROR)).handler(PingRoutes::fail);
        AUTH.onEither(router).handler(access.guard(AUTH)).handler(PingRoutes::tellToken);
    }

    private void ping(RoutingContext ctx) {
        JsonDocument.send(ctx, streams.service().ping(new Ping()).map(true));
    }

    /** No defect, so nothing of it is logged. */
    private static void fail(RoutingContext ctx) {
        ctx.response().setStatusCode(500);
        JsonDocument.send(ctx, Future.succeededFuture(PURPOSEFUL_ERROR));
    }

    private static void tellToken(RoutingContext ctx) {
        JsonObject seen = new JsonObject()
                .put("query", new StreamQuery(ctx).text("token").orElse(null))
                .put("headers", ctx.request().getHeader("Authorization"))
                .put("cookies", PresentedToken.cookie(ctx.request().getHeader("Cookie")));
        JsonDocument.send(ctx, Future.succeededFuture(seen));
    }
}
