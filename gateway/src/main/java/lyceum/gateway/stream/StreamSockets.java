package lyceum.gateway.stream;

import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Function;
import lyceum.gateway.access.Access;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.stream.StreamService.OpenedSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the WebSockets of streams have in common: how many there are, what all of them hold together, and how one begins:
 * first its session, so that what cannot be is refused by HTTP, then the handshake. Lives on one context.
 */
public final class StreamSockets {

    /**
     * As many as the readers of a few cameras get before the slowest of them has the same. Not more: what is held of the heap
     * is copied by each collection, while all of them wait.
     */
    private static final long SHARED_BYTES = 4L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(StreamSockets.class);

    /** Headers are short beside the bytes of their batches. */
    private static final int HEADERS_PART = 4;

    private final Vertx vertx;
    private final StreamSocketsConfig config;
    private final HeldBytes held;
    private final HeldBytes heldHeaders;
    private final StreamSocketMeters meters;
    private final SharedPayloads payloads = new SharedPayloads(SHARED_BYTES);
    private final SharedDeliveries deliveries = new SharedDeliveries(SHARED_BYTES);
    private int open;
    private long refused;

    /** One that talks with a client over a socket, and holds a session for it. */
    interface Talk {

        /**
         * @param connection that has become the socket
         * @param over is told once that it is over, whoever ended it
         */
        void begin(ServerWebSocket socket, HttpConnection connection, Runnable over);

        /** There is no socket after all. */
        void giveUp();
    }

    /** A session that cannot be, as the client is to hear over the socket. */
    static final class NotByHandshake extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotByHandshake(String reason) {
            super(reason, null, false, false);
        }
    }

    public StreamSockets(Vertx vertx, StreamSocketsConfig config, HeldBytes held, StreamSocketMeters meters) {
        this.vertx = vertx;
        this.config = config;
        this.held = held;
        this.heldHeaders = new HeldBytes(held.limit() / HEADERS_PART);
        this.meters = meters;
    }

    Vertx vertx() {
        return vertx;
    }

    StreamSocketsConfig config() {
        return config;
    }

    /** @return sockets that are open, or about to be */
    public int open() {
        return open;
    }

    /** @return how often somebody was sent away because of that limit */
    public long refused() {
        return refused;
    }

    /** @return the budget of all messages that are on their way */
    public HeldBytes held() {
        return held;
    }

    /** @return the budget of headers of batches whose bytes have not come yet */
    public HeldBytes heldHeaders() {
        return heldHeaders;
    }

    /** @return payloads that readers get together */
    SharedPayloads payloads() {
        return payloads;
    }

    /** @return what readers get together as a whole */
    SharedDeliveries deliveries() {
        return deliveries;
    }

    StreamSocketMeters meters() {
        return meters;
    }

    /** @return whether there is one more; else the client has been told that there are too many */
    boolean admit(HttpServerRequest request) {
        if (open >= config.sockets()) {
            refused++;
            refuse(request, WebSocketCloseStatus.TRY_AGAIN_LATER, "too many sockets are open, please try again");
            return false;
        }
        open++;
        return true;
    }

    /**
     * Makes a socket of the request of one that was admitted, when its session is there. Where there can be none yet, the
     * client hears so over the socket: a page is told nothing of a handshake that fails.
     *
     * @param access ends the socket with the token that came with its request
     * @param session fails with INVALID where the handshake is to be refused
     */
    void begin(RoutingContext ctx, Access access, Future<OpenedSession> session, Function<OpenedSession, Talk> talk) {
        ctx.request().pause();
        session.onSuccess(opened -> upgrade(ctx, access, talk.apply(opened))).onFailure(error -> {
            leave();
            refuse(ctx, error);
        });
    }

    private void upgrade(RoutingContext ctx, Access access, Talk talk) {
        socket(ctx.request())
                .onSuccess(socket -> {
                    Runnable over = access.holdWhileValid(ctx, socket);
                    talk.begin(socket, ctx.request().connection(), () -> {
                        over.run();
                        leave();
                    });
                })
                .onFailure(error -> {
                    // Vert.x has answered it, or the client is gone.
                    LOG.debug("a handshake failed", error);
                    leave();
                    talk.giveUp();
                });
    }

    private void leave() {
        open--;
        if (open == 0) {
            payloads.clear();
            deliveries.clear();
        }
    }

    private static void refuse(RoutingContext ctx, Throwable error) {
        if (error instanceof Failure failure && failure.kind().status() == Kind.BUSY.status()) {
            refuse(ctx.request(), WebSocketCloseStatus.TRY_AGAIN_LATER, failure.getMessage());
        } else if (error instanceof NotByHandshake refusal) {
            refuse(ctx.request(), WebSocketCloseStatus.POLICY_VIOLATION, refusal.getMessage());
        } else {
            ctx.request().resume();
            ctx.fail(error);
        }
    }

    private static void refuse(HttpServerRequest request, WebSocketCloseStatus status, String reason) {
        socket(request)
                .compose(socket -> socket.close((short) status.code(), reason))
                .onFailure(error -> LOG.debug("nobody hears why there is no session", error));
    }

    /** Vert.x would stumble over a client that has not waited for its session. */
    private static Future<ServerWebSocket> socket(HttpServerRequest request) {
        return request.response().closed() ? Future.failedFuture("the client is gone") : request.toWebSocket();
    }
}
