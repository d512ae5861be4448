package lyceum.gateway;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Interactive runs, each over a WebSocket (RFC 6455) of its own. */
final class SandboxSessionRoutes implements Routes {

    private static final Operation TALK = Operation.get("/sandbox/sessions");

    private static final Logger LOG = LoggerFactory.getLogger(SandboxSessionRoutes.class);

    private final SandboxAccess sandbox;
    private final Access access;
    private final SandboxRoutesConfig config;
    private final AtomicInteger open = new AtomicInteger();

    SandboxSessionRoutes(SandboxAccess sandbox, Access access, SandboxRoutesConfig config) {
        this.sandbox = sandbox;
        this.access = access;
        this.config = config;
    }

    @Override
    public void addTo(Router router) {
        TALK.on(router).handler(access.guard(TALK)).handler(this::upgrade);
    }

    private void upgrade(RoutingContext ctx) {
        if (!wantsWebSocket(ctx.request())) {
            throw new Refusal(
                    426,
                    "this is a WebSocket of version 13",
                    Map.of("Connection", "Upgrade", "Upgrade", "websocket", "Sec-WebSocket-Version", "13"));
        }
        ctx.request()
                .toWebSocket()
                .onSuccess(socket -> talk(ctx, socket))
                // Vert.x has answered it.
                .onFailure(error -> LOG.debug("a handshake failed", error));
    }

    /** @return whether it is a handshake by RFC 6455, section 4.2.1: others Vert.x would refuse in words of its own */
    private static boolean wantsWebSocket(HttpServerRequest request) {
        return request.headers().contains("Upgrade", "websocket", true)
                && header(request, "Connection").contains("upgrade")
                && header(request, "Sec-WebSocket-Version").equals("13")
                && !header(request, "Sec-WebSocket-Key").isEmpty();
    }

    private static String header(HttpServerRequest request, String name) {
        return request.headers().get(name) == null
                ? ""
                : request.headers().get(name).strip().toLowerCase(Locale.ROOT);
    }

    /** One too many hears so over its WebSocket: a page is told nothing of a handshake that fails. */
    private void talk(RoutingContext ctx, ServerWebSocket socket) {
        if (open.get() >= config.sessionLimit()) {
            new SandboxSocket(ctx.vertx(), socket, () -> {})
                    .refuse(new Failure(Kind.BUSY, "too many sessions are open"));
            return;
        }
        open.incrementAndGet();
        new SandboxTalk(ctx.vertx(), sandbox, config, SandboxRoutes.caller(ctx)).begin(socket, open::decrementAndGet);
    }
}
