package lyceum.gateway.stream;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import lyceum.gateway.access.Access;
import lyceum.gateway.route.Operation;
import lyceum.gateway.route.Refusal;
import lyceum.gateway.route.Routes;
import lyceum.gateway.route.WebSocketHandshake;
import lyceum.platform.Failure;
import lyceum.stream.StreamService.OpenPush;
import lyceum.stream.StreamService.OpenedSession;

/** Pushing over a WebSocket (stream contract, section 3.2). */
public final class StreamPushRoutes implements Routes {

    /** The WebSocket that pushes. */
    public static final Operation PUSH = Operation.get("/data/{ids}/push");

    private final StreamAccess streams;
    private final Access access;
    private final StreamSockets sockets;

    public StreamPushRoutes(StreamAccess streams, Access access, StreamSockets sockets) {
        this.streams = streams;
        this.access = access;
        this.sockets = sockets;
    }

    @Override
    public void addTo(Router router) {
        PUSH.on(router).handler(access.guard(PUSH)).handler(this::push);
    }

    /** What a client asks for. */
    public record Order(OpenPush session, PushTalk.Manner manner) {

        /** @return what the path and the query say; or a {@link Refusal} with 422 */
        public static Order of(String ids, StreamQuery query) {
            boolean isBatch = query.flagOr("batch", false);
            boolean isAcked = query.flagOr("ack", false);
            boolean isTimed = query.flagOr("parse_meta", false);
            query.end();
            PushPath path = path(ids);
            if (path.isList() && !isBatch) {
                throw new Refusal(422, "path ids: several streams take batches only");
            }
            boolean hasHeaders = isBatch || path.isNamedByHeader();
            return new Order(new OpenPush(isTimed), new PushTalk.Manner(path, hasHeaders, isAcked));
        }

        private static PushPath path(String ids) {
            try {
                return PushPath.of(ids);
            } catch (Failure wrongName) {
                throw new Refusal(422, "path ids: " + wrongName.getMessage());
            }
        }
    }

    private void push(RoutingContext ctx) {
        WebSocketHandshake.require(ctx.request());
        Order order = Order.of(StreamPath.text(ctx, "ids"), new StreamQuery(ctx));
        if (sockets.admit(ctx.request())) {
            sockets.begin(
                    ctx, access, streams.service().openPush(order.session()), session -> talk(session, order.manner()));
        }
    }

    private PushTalk talk(OpenedSession session, PushTalk.Manner manner) {
        return new PushTalk(sockets, new PushLane(streams.pushing().apply(session.instance()), session.id()), manner);
    }
}
