package lyceum.gateway.stream;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;
import lyceum.gateway.route.AnyOriginCors;
import lyceum.gateway.route.Dialect;
import lyceum.gateway.route.Operation;
import lyceum.gateway.route.RefusedHandshake;
import lyceum.gateway.route.Routes;
import lyceum.gateway.route.Unmatched;
import lyceum.gateway.route.WebSocketHandshake;

/**
 * Everything that the clients of the PTG Data Store API ask: streams, data, recordings, recipes, sessions. This group
 * gives it what all of it has in common: the dialect, and use from pages of any origin.
 */
public final class StreamRoutes implements Routes {

    private static final String PATHS = "/(?:ping|streams|data|recipes|sessions|sess|recordings|mjpeg)(?:/.*)?";

    private final Set<Operation> sockets;
    private final List<Routes> parts;

    /**
     * @param sockets those of its operations that are WebSockets
     * @param parts the routes of each kind of thing
     */
    public StreamRoutes(Set<Operation> sockets, List<Routes> parts) {
        this.sockets = Set.copyOf(sockets);
        this.parts = List.copyOf(parts);
    }

    @Override
    public void addTo(Router router) {
        router.routeWithRegex(PATHS)
                .handler(new AnyOriginCors())
                .handler(ctx -> refuseSocket(ctx, router))
                .failureHandler(StreamRoutes::allowPages)
                .failureHandler(new RefusedHandshake())
                .failureHandler(Dialect.DETAIL);
        parts.forEach(part -> part.addTo(router));
    }

    /** Otherwise a client that wants a socket where there is none would be answered as if it had not said so. */
    private void refuseSocket(RoutingContext ctx, Router router) {
        boolean isRefused = WebSocketHandshake.isWanted(ctx.request())
                && Operation.at(Unmatched.path(ctx), router).stream().noneMatch(sockets::contains);
        if (isRefused) {
            ctx.fail(Unmatched.NOWHERE);
        } else {
            ctx.next();
        }
    }

    /** Also for what is refused before this group gets to see it. */
    private static void allowPages(RoutingContext ctx) {
        if (!ctx.response().headWritten()) {
            AnyOriginCors.allowPages(ctx.request());
        }
        ctx.next();
    }
}
