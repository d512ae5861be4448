package lyceum.gateway.route;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;

/**
 * How the stream contract refuses a WebSocket whose path or query is wrong (section 3.1): a bare 403. Why, its reason
 * phrase says. Everything else is for the handler behind it.
 */
public final class RefusedHandshake implements Handler<RoutingContext> {

    private static final Set<Integer> WRONG = Set.of(400, 404, 405, 422);

    @Override
    public void handle(RoutingContext ctx) {
        if (!WebSocketHandshake.isWanted(ctx.request())) {
            ctx.next();
            return;
        }
        Refusal refusal = Refusal.of(ctx);
        if (WRONG.contains(refusal.status())) {
            ctx.response().setStatusCode(403).setStatusMessage(phrase(refusal)).end();
        } else {
            ctx.next();
        }
    }

    /** RFC 9112, section 4, less what is beyond ASCII. */
    private static String phrase(Refusal refusal) {
        return refusal.detail().orElseGet(refusal::reason).replaceAll("[^\\x20-\\x7E]", "?");
    }
}
