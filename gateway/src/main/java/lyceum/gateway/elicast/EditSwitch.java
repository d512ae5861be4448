package lyceum.gateway.elicast;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import lyceum.gateway.route.Refusal;

/**
 * The switch that makes a server one for learners only: changes are refused before anything of the request is read
 * (elicast contract, section 1).
 *
 * @param isBlocked whether lessons cannot be changed through this gateway
 */
public record EditSwitch(boolean isBlocked) implements Handler<RoutingContext> {

    @Override
    public void handle(RoutingContext ctx) {
        if (isBlocked) {
            ctx.fail(new Refusal(403));
        } else {
            ctx.next();
        }
    }
}
