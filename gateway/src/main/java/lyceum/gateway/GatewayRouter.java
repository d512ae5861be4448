package lyceum.gateway;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** All groups of routes behind one door: each at the root and below {@code /api}, which proxies of old used to strip. */
final class GatewayRouter {

    private GatewayRouter() {}

    static Router of(Vertx vertx, List<Routes> groups) {
        return of(vertx, groups, router -> {});
    }

    /** @param site what is found at the root only, behind all else */
    static Router of(Vertx vertx, List<Routes> groups, Routes site) {
        Router root = Router.router(vertx);
        root.route().handler(new RequestIds()).handler(GatewayRouter::readQuery);
        groups.forEach(group -> group.addTo(root));
        // One group has the prefix itself as a path, which is none below the prefix.
        root.routeWithRegex("/api").handler(new Unmatched(root));
        root.route("/api/*").subRouter(router(vertx, groups));
        site.addTo(root);
        root.route().handler(new Unmatched(root));
        // Behind all groups, so that a dialect of theirs comes first.
        root.route().failureHandler(GatewayRouter::fail);
        return root;
    }

    /** A query that cannot be decoded is refused here: a handler that stumbles over it later is not always caught. */
    private static void readQuery(RoutingContext ctx) {
        if (ctx.request().query() != null) {
            ctx.queryParams();
        }
        ctx.next();
    }

    /** What no group gets to see: clients of elicast are told in their dialect all the same. */
    private static void fail(RoutingContext ctx) {
        if (ElicastRoutes.covers(ctx.request().path())) {
            ElicastRoutes.fail(ctx);
        } else {
            Dialect.PROBLEM.handle(ctx);
        }
    }

    private static Router router(Vertx vertx, List<Routes> groups) {
        Router router = Router.router(vertx);
        groups.forEach(group -> group.addTo(router));
        router.route().handler(new Unmatched(router));
        return router;
    }
}
