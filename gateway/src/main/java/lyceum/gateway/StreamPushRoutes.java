package lyceum.gateway;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import lyceum.gateway.stream.PushPath;
import lyceum.platform.Failure;
import lyceum.stream.StreamService.OpenPush;
import lyceum.stream.StreamService.OpenedSession;

/** Pushing over a WebSocket (stream contract, section 3.2). */
final class StreamPushRoutes implements Routes {

    private static final Operation PUSH = Operation.get("/data/{ids}/push");

    private final StreamAccess streams;
    private final Access access;
    private final StreamSockets sockets;

    StreamPushRoutes(StreamAccess streams, Access access, StreamSockets sockets) {
        this.streams = streams;
        this.access = access;
        this.sockets = sockets;
    }

    @Override
    public void addTo(Router router) {
        PUSH.on(router).handler(access.guard(PUSH)).handler(this::push);
    }

    private void push(RoutingContext ctx) {
        WebSocketHandshake.require(ctx.request());
        StreamQuery query = new StreamQuery(ctx);
        boolean isBatch = query.flagOr("batch", false);
        boolean isAcked = query.flagOr("ack", false);
        boolean isTimed = query.flagOr("parse_meta", false);
        query.end();
        PushPath path = path(ctx);
        if (path.isList() && !isBatch) {
            throw new Refusal(422, "path ids: several streams take batches only");
        }
        PushTalk.Manner manner = new PushTalk.Manner(path, isBatch || path.isNamedByHeader(), isAcked);
        if (sockets.admit(ctx.request())) {
            sockets.begin(ctx, streams.service().openPush(new OpenPush(isTimed)), session -> talk(session, manner));
        }
    }

    private PushTalk talk(OpenedSession session, PushTalk.Manner manner) {
        return new PushTalk(sockets, new PushLane(streams.pushing().apply(session.instance()), session.id()), manner);
    }

    private static PushPath path(RoutingContext ctx) {
        try {
            return PushPath.of(ctx.pathParam("ids"));
        } catch (Failure wrongName) {
            throw new Refusal(422, "path ids: " + wrongName.getMessage());
        }
    }
}
