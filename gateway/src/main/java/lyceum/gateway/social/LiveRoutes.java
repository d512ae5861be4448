package lyceum.gateway.social;

import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import lyceum.gateway.access.Access;
import lyceum.gateway.live.LiveServer;
import lyceum.gateway.route.Operation;
import lyceum.gateway.route.Routes;

/** Where sockets of socket.io come to (social contract, section 3). What goes over them, {@code asyncapi.yaml} says. */
public final class LiveRoutes implements Routes {

    private static final String PATH = "/socket.io/";

    private static final List<Operation> OPERATIONS = List.of(Operation.get(PATH), Operation.post(PATH));

    private final LiveServer live;
    private final Access access;

    public LiveRoutes(LiveServer live, Access access) {
        this.live = live;
        this.access = access;
    }

    @Override
    public void addTo(Router router) {
        for (Operation operation : OPERATIONS) {
            Handler<RoutingContext> first = access.guard(operation);
            Handler<RoutingContext> again = access.withoutCounting().guard(operation);
            // Who has a session polls as often as there is something to hear, and its messages are counted elsewhere.
            operation
                    .on(router)
                    .handler(ctx -> (LiveServer.isOfSession(ctx.queryParams()) ? again : first).handle(ctx));
        }
        live.addTo(router, PATH);
    }
}
