package lyceum.gateway.live;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;

/**
 * The sockets of one gateway: of one verticle, on its context. Several in one process know of each other, so that a
 * request is answered wherever it arrives.
 */
public final class LiveServer {

    private final Context context;
    private final LiveConfig config;
    private final LiveNamespaces namespaces;

    /**
     * Made on the context of its verticle.
     *
     * @param registry gets what is counted of sockets
     */
    public LiveServer(Vertx vertx, LiveConfig config, LiveNamespaces namespaces, MeterRegistry registry) {
        this.context = vertx.getOrCreateContext();
        this.config = config;
        this.namespaces = namespaces;
    }

    /**
     * Answers at a path, for all methods.
     *
     * @param path with the slash at its end; without it there is nothing
     */
    public void addTo(Router router, String path) {
        router.route(path).handler(ctx -> ctx.fail(503));
    }

    /** Lets go of all sockets, which come back by themselves somewhere else, and takes no new ones. */
    public Future<Void> close() {
        return Future.succeededFuture();
    }
}
