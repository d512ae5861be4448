package lyceum.gateway.stream;

import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import lyceum.gateway.access.Access;
import lyceum.gateway.route.Operation;
import lyceum.gateway.route.Refusal;
import lyceum.gateway.route.Routes;
import lyceum.gateway.route.WebSocketHandshake;
import lyceum.gateway.stream.StreamSockets.NotByHandshake;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.stream.StreamService.OpenPull;
import lyceum.stream.StreamService.OpenedSession;

/** Pulling over a WebSocket (stream contract, section 3.3). */
public final class StreamPullRoutes implements Routes {

    /** The WebSocket that pulls. */
    public static final Operation PULL = Operation.get("/data/{ids}/pull");

    /** What comes from now on. */
    private static final String NOW = "$";

    private final StreamAccess streams;
    private final Access access;
    private final StreamSockets sockets;
    private final ReaderBundles bundles;

    public StreamPullRoutes(StreamAccess streams, Access access, StreamSockets sockets) {
        this.streams = streams;
        this.access = access;
        this.sockets = sockets;
        this.bundles = new ReaderBundles(sockets.vertx(), streams);
    }

    @Override
    public void addTo(Router router) {
        PULL.on(router).handler(access.guard(PULL)).handler(this::pull);
    }

    /** What a client asks for. */
    public record Order(OpenPull session, PullTalk.Manner manner) {

        /** @return what the path and the query say; or a {@link Refusal} with 422 */
        public static Order of(String ids, StreamQuery query) {
            List<String> positions = PlusList.ofQuery(
                    query.text("last_entry_id").filter(text -> !text.isEmpty()).orElse(NOW));
            Boolean latest = query.flag("latest").orElse(null);
            int count = query.integer("count", 1, Integer.MAX_VALUE).orElse(1L).intValue();
            String timeKeeper = query.text("time_sync_id").orElse(null);
            Long idleMillis = query.integer("timeout", 0, Integer.MAX_VALUE).orElse(null);
            long intervalMillis = query.seconds("rate_limit").orElse(0L);
            String input = query.text("input").orElse(null);
            String output = query.text("output").orElse(null);
            PullTalk.Manner manner = new PullTalk.Manner(query.flagOr("onebyone", false), query.flagOr("ack", false));
            query.end();
            try {
                List<String> streams = PlusList.ofPath(ids);
                return new Order(
                        new OpenPull(
                                streams,
                                positions,
                                latest,
                                count,
                                timeKeeper,
                                idleMillis,
                                intervalMillis,
                                input,
                                output),
                        manner);
            } catch (Failure wrongName) {
                throw new Refusal(422, "path ids: " + wrongName.getMessage());
            }
        }
    }

    private void pull(RoutingContext ctx) {
        WebSocketHandshake.require(ctx.request());
        Order order = Order.of(StreamPath.text(ctx, "ids"), new StreamQuery(ctx));
        if (sockets.admit(ctx.request())) {
            sockets.begin(
                    ctx,
                    access,
                    open(order.session()),
                    session -> new PullTalk(sockets, bundles.reader(session), order.manner()));
        }
    }

    /** In the original a conversion that cannot be is no matter of the handshake: a client hears of it on the socket. */
    private Future<OpenedSession> open(OpenPull order) {
        Future<OpenedSession> opened = streams.service().openPull(order);
        return order.output() == null ? opened : opened.recover(error -> Future.failedFuture(overSocket(error)));
    }

    private static Throwable overSocket(Throwable error) {
        return error instanceof Failure failure && failure.kind() == Kind.INVALID
                ? new NotByHandshake(failure.getMessage())
                : error;
    }
}
