package lyceum.gateway;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import lyceum.gateway.connection.BodyFault;
import lyceum.gateway.connection.Connections;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All groups of routes behind one door: each at the root and below {@code /api}, which proxies of old used to strip. */
final class GatewayRouter {

    private static final Logger LOG = LoggerFactory.getLogger(GatewayRouter.class);

    private GatewayRouter() {}

    static Router of(Vertx vertx, List<Routes> groups) {
        return of(vertx, groups, router -> {});
    }

    /** @param site what is found at the root only, behind all else */
    static Router of(Vertx vertx, List<Routes> groups, Routes site) {
        Router root = Router.router(vertx);
        root.route().handler(new RequestIds()).handler(GatewayRouter::readQuery).handler(GatewayRouter::refuseBadBody);
        groups.forEach(group -> group.addTo(root));
        // One group has the prefix itself as a path, which is none below the prefix.
        root.routeWithRegex("/api").handler(new Unmatched(root));
        root.route("/api/*").subRouter(router(vertx, groups));
        site.addTo(root);
        root.route().handler(new Unmatched(root));
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

    /** Whatever reads a body waits for it, so this is for all routes. */
    private static void refuseBadBody(RoutingContext ctx) {
        Connections.watch(ctx, fault -> {
            if (ctx.response().ended()) {
                cutOff(ctx);
            } else {
                ctx.addEndHandler(answered -> cutOff(ctx));
                ctx.fail(
                        fault == BodyFault.LATE
                                ? new Refusal(408, "the body did not arrive in time")
                                : new Refusal(400, "the body is not framed as HTTP/1.1 has it"));
            }
        });
        ctx.next();
    }

    /** What a client still sends that was not waited for is not to be read. */
    private static void cutOff(RoutingContext ctx) {
        ctx.request().connection().close().onFailure(gone -> LOG.debug("a client is gone already", gone));
    }

    private static Router router(Vertx vertx, List<Routes> groups) {
        Router router = Router.router(vertx);
        groups.forEach(group -> group.addTo(router));
        router.route().handler(new Unmatched(router));
        return router;
    }
}
