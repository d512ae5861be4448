package lyceum.gateway;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;

/**
 * Closes a connection of HTTP/1.0 behind a body whose length was not told, even where it was to be kept alive: the end of the
 * connection is the only end that such a body has (RFC 9112, section 6.3).
 */
final class UntoldLengths implements Handler<RoutingContext> {

    @Override
    public void handle(RoutingContext ctx) {
        if (ctx.request().version() == HttpVersion.HTTP_1_0) {
            ctx.addEndHandler(ended -> closeWhereUntold(ctx));
        }
        ctx.next();
    }

    private static void closeWhereUntold(RoutingContext ctx) {
        if (!ctx.response().headers().contains(HttpHeaders.CONTENT_LENGTH)) {
            ctx.request().connection().close();
        }
    }
}
