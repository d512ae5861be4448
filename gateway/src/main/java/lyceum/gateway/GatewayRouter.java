package lyceum.gateway;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** All groups of routes behind one door: each at the root and below {@code /api}, which proxies of old used to strip. */
final class GatewayRouter {

    private GatewayRouter() {}

    static Router of(Vertx vertx, List<Routes> groups) {
        Router root = Router.router(vertx);
        root.route().handler(new RequestIds()).handler(GatewayRouter::readQuery);
        root.route("/api/*").subRouter(router(vertx, groups));
        addTo(root, groups);
        // Behind all groups, so that a dialect of theirs comes first.
        root.route().failureHandler(Dialect.PROBLEM);
        return root;
    }

    /** A query that cannot be decoded is refused here: a handler that stumbles over it later is not always caught. */
    private static void readQuery(RoutingContext ctx) {
        if (ctx.request().query() != null) {
            ctx.queryParams();
        }
        ctx.next();
    }

    private static Router router(Vertx vertx, List<Routes> groups) {
        Router router = Router.router(vertx);
        addTo(router, groups);
        return router;
    }

    private static void addTo(Router router, List<Routes> groups) {
        groups.forEach(group -> group.addTo(router));
        router.route().handler(new Unmatched(router));
    }
}
