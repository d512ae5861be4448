package lyceum.gateway.sandbox;

import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import lyceum.gateway.access.Access;
import lyceum.gateway.route.Operation;
import lyceum.gateway.route.Routes;
import lyceum.gateway.route.WebSocketHandshake;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Interactive runs, each over a WebSocket (RFC 6455) of its own. */
public final class SandboxSessionRoutes implements Routes {

    private static final Operation TALK = Operation.get("/sandbox/sessions");

    private static final Logger LOG = LoggerFactory.getLogger(SandboxSessionRoutes.class);

    private final SandboxAccess sandbox;
    private final Access access;
    private final SandboxRoutesConfig config;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicLong refused = new AtomicLong();

    public SandboxSessionRoutes(SandboxAccess sandbox, Access access, SandboxRoutesConfig config) {
        this.sandbox = sandbox;
        this.access = access;
        this.config = config;
    }

    /** @return runs that are talked with now */
    public int open() {
        return open.get();
    }

    /** @return how often somebody was sent away because of that limit */
    public long refused() {
        return refused.get();
    }

    @Override
    public void addTo(Router router) {
        TALK.on(router).handler(access.guard(TALK)).handler(this::upgrade);
    }

    private void upgrade(RoutingContext ctx) {
        WebSocketHandshake.require(ctx.request());
        ctx.request()
                .toWebSocket()
                .onSuccess(socket -> talk(ctx, socket))
                // Vert.x has answered it.
                .onFailure(error -> LOG.debug("a handshake failed", error));
    }

    /** One too many hears so over its WebSocket: a page is told nothing of a handshake that fails. */
    private void talk(RoutingContext ctx, ServerWebSocket socket) {
        if (open.get() >= config.sessionLimit()) {
            refused.incrementAndGet();
            new SandboxSocket(ctx.vertx(), socket, () -> {})
                    .refuse(new Failure(Kind.BUSY, "too many sessions are open"));
            return;
        }
        open.incrementAndGet();
        Runnable over = access.holdWhileValid(ctx, socket);
        new SandboxTalk(ctx.vertx(), sandbox, config, SandboxRoutes.caller(ctx)).begin(socket, () -> {
            over.run();
            open.decrementAndGet();
        });
    }
}
