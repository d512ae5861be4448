package lyceum.gateway;

import io.vertx.ext.web.Router;
import java.util.List;
import lyceum.gateway.live.LiveServer;

/** Where sockets of socket.io come to (social contract, section 3). What goes over them, {@code asyncapi.yaml} says. */
final class LiveRoutes implements Routes {

    private static final String PATH = "/socket.io/";
    private static final List<Operation> OPERATIONS = List.of(Operation.get(PATH), Operation.post(PATH));

    private final LiveServer live;
    private final Access access;

    LiveRoutes(LiveServer live, Access access) {
        this.live = live;
        this.access = access;
    }

    @Override
    public void addTo(Router router) {
        OPERATIONS.forEach(operation -> operation.on(router).handler(access.guard(operation)));
        live.addTo(router, PATH);
    }
}
