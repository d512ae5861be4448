package lyceum.platform;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxBootstrap;
import io.vertx.core.spi.VertxServiceProvider;
import io.vertx.core.spi.context.storage.ContextLocal;

/**
 * The id of the request that is being worked on. It lives in the Vert.x context of the request, crosses the bus as a
 * header, and stands in each log line. Registered through {@code META-INF/services}.
 */
public final class RequestId implements VertxServiceProvider {

    static final String HEADER = "request-id";

    private static final ContextLocal<String> ID = ContextLocal.registerLocal(String.class);

    @Override
    public void init(VertxBootstrap bootstrap) {
        // Loading this class has registered the slot, which must happen before Vert.x starts.
    }

    /** @return the id of the request that this thread works on, or null outside a request */
    public static String current() {
        Context context = Vertx.currentContext();
        return context == null ? null : context.getLocal(ID);
    }

    /** Notes the id for everything that follows from the present context; null is ignored. */
    public static void enter(String id) {
        Context context = Vertx.currentContext();
        if (context != null && id != null) {
            context.putLocal(ID, id);
        }
    }
}
