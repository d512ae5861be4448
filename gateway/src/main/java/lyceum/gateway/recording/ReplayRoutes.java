package lyceum.gateway.recording;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import lyceum.gateway.access.Access;
import lyceum.gateway.route.Operation;
import lyceum.gateway.route.Routes;
import lyceum.gateway.route.WebSocketHandshake;
import lyceum.gateway.stream.StreamQuery;
import lyceum.platform.Failure;
import lyceum.stream.RecordingService.OpenReplay;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Replays of recordings, each over a WebSocket of its own (contract, section 4.3). */
public final class ReplayRoutes implements Routes {

    /** The WebSocket of a replay. */
    public static final Operation REPLAY = Operation.get("/recordings/replay");

    private static final Logger LOG = LoggerFactory.getLogger(ReplayRoutes.class);

    private static final String USUAL_STREAM = "main";
    private static final long USUAL_INTERVAL_MILLIS = 1000;

    private final RecordingAccess recordings;
    private final Access access;

    ReplayRoutes(RecordingAccess recordings, Access access) {
        this.recordings = recordings;
        this.access = access;
    }

    @Override
    public void addTo(Router router) {
        REPLAY.on(router).handler(access.guard(REPLAY)).handler(this::upgrade);
    }

    private void upgrade(RoutingContext ctx) {
        if (!ctx.request().headers().contains("Upgrade", "websocket", true)) {
            // Then it is about a recording of that name.
            ctx.next();
            return;
        }
        WebSocketHandshake.require(ctx.request());
        Supplier<OpenReplay> order = order(new StreamQuery(ctx));
        ctx.request()
                .toWebSocket()
                .onSuccess(socket -> new ReplayTalk(ctx.vertx(), recordings, access.holdWhileValid(ctx, socket))
                        .begin(socket, order))
                // Vert.x has answered it.
                .onFailure(error -> LOG.debug("a handshake failed", error));
    }

    /** @return the order, which fails with INVALID where names cannot be: the client is told that over the socket */
    private static Supplier<OpenReplay> order(StreamQuery query) {
        Optional<String> recording = query.text("rec_id").filter(name -> !name.isEmpty());
        List<String> streams = List.of(query.text("sid").orElse(USUAL_STREAM).split("\\+", -1));
        String prefix = query.text("prefix").orElse("");
        boolean isFullSpeed = query.flagOr("fullspeed", false);
        long intervalMillis = query.seconds("interval").orElse(USUAL_INTERVAL_MILLIS);
        query.end();
        return () -> new OpenReplay(
                recording.orElseThrow(() -> Failure.invalid("rec_id is missing")),
                streams,
                prefix,
                isFullSpeed,
                intervalMillis);
    }
}
