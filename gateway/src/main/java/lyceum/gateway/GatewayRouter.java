package lyceum.gateway;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.util.List;
import lyceum.gateway.route.Dialect;
import lyceum.gateway.route.Routes;
import lyceum.gateway.route.Unmatched;

/** All groups of routes behind one door: each at the root and below {@code /api}, which proxies of old used to strip. */
public final class GatewayRouter {

    /** A query may carry a token, a URL of the original clients is far shorter. */
    static final int REQUEST_LINE_BYTES = 8 * 1024;

    private GatewayRouter() {}

    /** @return all groups, at the root and below {@code /api} */
    public static Router of(Vertx vertx, List<Routes> groups) {
        return of(vertx, groups, router -> {});
    }

    /** @param site what is found at the root only, behind all else */
    public static Router of(Vertx vertx, List<Routes> groups, Routes site) {
        Router root = Router.router(vertx);
        root.route()
                .handler(new RequestIds())
                .handler(new UntoldLengths())
                .handler(new UnreadableRequests(REQUEST_LINE_BYTES));
        groups.forEach(group -> group.addTo(root));
        // One group has the prefix itself as a path, which is none below the prefix.
        root.routeWithRegex("/api").handler(new Unmatched(root));
        root.route("/api/*").subRouter(router(vertx, groups));
        site.addTo(root);
        root.route().handler(new Unmatched(root));
        // Behind all groups, so that a dialect of theirs comes first.
        root.route().failureHandler(new UnknownPaths()).failureHandler(Dialect.PROBLEM);
        return root;
    }

    private static Router router(Vertx vertx, List<Routes> groups) {
        Router router = Router.router(vertx);
        groups.forEach(group -> group.addTo(router));
        router.route().handler(new Unmatched(router));
        return router;
    }
}
