package lyceum.gateway;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import lyceum.gateway.elicast.ElicastRoutes;
import lyceum.gateway.route.Refusal;
import lyceum.gateway.route.Unmatched;

/**
 * Refuses what cannot be routed, in the dialect of its path where that is known: no HTTP, and a first line or headers beyond
 * the limits, which end the connection; a path with an empty part, which Vert.x-Web would leave out.
 *
 * @param lineLimitBytes of an address. The server must read somewhat more, or nobody knows for whom a longer one was
 */
record UnreadableRequests(int lineLimitBytes) implements Handler<RoutingContext> {

    private static final int FINE = 0;

    @Override
    public void handle(RoutingContext ctx) {
        int status = status(ctx.request());
        if (status != FINE) {
            hangUp(ctx);
            ctx.fail(new Refusal(status));
        } else if (ctx.request().path().contains("//")) {
            ctx.fail(Unmatched.NOWHERE);
        } else {
            ctx.next();
        }
    }

    private int status(HttpServerRequest request) {
        if (request.decoderResult().isSuccess()) {
            return request.uri().length() > lineLimitBytes ? 414 : FINE;
        }
        Throwable cause = request.decoderResult().cause();
        if (cause instanceof TooLongHttpLineException) {
            // Its path is lost. Whosever it is: pages of any origin may read that it was too long.
            ElicastRoutes.allowAnyOrigin(request.response());
            return 414;
        }
        return cause instanceof TooLongHttpHeaderException ? 431 : 400;
    }

    private static void hangUp(RoutingContext ctx) {
        ctx.response().putHeader("Connection", "close");
        ctx.addEndHandler(ended -> ctx.request().connection().close());
    }
}
