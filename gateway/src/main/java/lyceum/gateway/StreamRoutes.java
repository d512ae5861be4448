package lyceum.gateway;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;

/**
 * Everything that the clients of the PTG Data Store API ask: streams, data, recordings, recipes, sessions. This group
 * gives it what all of it has in common: the dialect, and use from pages of any origin.
 */
final class StreamRoutes implements Routes {

    private static final String PATHS = "/(?:ping|streams|data|recipes|sessions|sess|recordings|mjpeg)(?:/.*)?";

    private static final Set<Operation> SOCKETS =
            Set.of(StreamPushRoutes.PUSH, StreamPullRoutes.PULL, ReplayRoutes.REPLAY);

    private final List<Routes> parts;

    /** @param parts the routes of each kind of thing */
    StreamRoutes(List<Routes> parts) {
        this.parts = List.copyOf(parts);
    }

    @Override
    public void addTo(Router router) {
        router.routeWithRegex(PATHS)
                .handler(new StreamCors())
                .handler(ctx -> refuseSocket(ctx, router))
                .failureHandler(StreamRoutes::allowPages)
                .failureHandler(new RefusedHandshake())
                .failureHandler(Dialect.DETAIL);
        parts.forEach(part -> part.addTo(router));
    }

    /** Otherwise a client that wants a socket where there is none would be answered as if it had not said so. */
    private static void refuseSocket(RoutingContext ctx, Router router) {
        boolean isRefused = WebSocketHandshake.isWanted(ctx.request())
                && Operation.at(Unmatched.path(ctx), router).stream().noneMatch(SOCKETS::contains);
        if (isRefused) {
            ctx.fail(Unmatched.NOWHERE);
        } else {
            ctx.next();
        }
    }

    /** Also for what is refused before this group gets to see it. */
    private static void allowPages(RoutingContext ctx) {
        if (!ctx.response().headWritten()) {
            StreamCors.allowPages(ctx.request());
        }
        ctx.next();
    }
}
