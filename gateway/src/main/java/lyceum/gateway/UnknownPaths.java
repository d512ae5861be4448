package lyceum.gateway;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import lyceum.gateway.route.AnyOriginCors;
import lyceum.gateway.route.Dialect;
import lyceum.gateway.route.RefusedHandshake;
import lyceum.gateway.route.Unmatched;
import lyceum.gateway.route.WebSocketHandshake;

/**
 * How it is told that nobody has a path, where no group has said so. Below {@code /api} the social contract wants a plain
 * text (section 5). At the root the stream contract wants its {@code detail}, use from pages of any origin, and a bare 403
 * for a WebSocket (sections 2.2, 2.3, 3.1).
 */
final class UnknownPaths implements Handler<RoutingContext> {

    private final AnyOriginCors cors = new AnyOriginCors();
    private final RefusedHandshake handshakes = new RefusedHandshake();

    @Override
    public void handle(RoutingContext ctx) {
        if (ctx.failure() != Unmatched.NOWHERE) {
            ctx.next();
        } else if (isBelowApi(ctx.normalizedPath())) {
            Dialect.PLAIN.handle(ctx);
        } else if (AnyOriginCors.isPreflight(ctx.request())) {
            cors.handle(ctx);
        } else {
            AnyOriginCors.allowPages(ctx.request());
            if (WebSocketHandshake.isWanted(ctx.request())) {
                handshakes.handle(ctx);
            } else {
                Dialect.NOWHERE.handle(ctx);
            }
        }
    }

    private static boolean isBelowApi(String path) {
        return path.equals("/api") || path.startsWith("/api/");
    }
}
