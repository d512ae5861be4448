package lyceum.gateway.recording;

import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.function.Supplier;
import lyceum.gateway.route.LiveSocket;
import lyceum.platform.Failure;
import lyceum.platform.Loop;
import lyceum.stream.RecordingService.OpenReplay;
import lyceum.stream.ReplaySession;
import lyceum.stream.ReplaySession.CloseReplay;
import lyceum.stream.ReplaySession.Progress;
import lyceum.stream.ReplaySession.ReadReplay;
import lyceum.stream.ReplaySession.ReplayEvent;
import lyceum.stream.StreamService.OpenedSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client that watches a replay (contract, section 4.3). It says nothing; when it leaves, the replay ends. Lives on one
 * context.
 */
final class ReplayTalk {

    private static final Logger LOG = LoggerFactory.getLogger(ReplayTalk.class);

    /** As the original asks its clients whether they are there (contract, section 3.1). */
    static final long PING_MILLIS = 20_000;

    private final Vertx vertx;
    private final RecordingAccess recordings;
    private final Runnable over;

    private LiveSocket life;
    private ReplaySession session;
    private OpenedSession opened;

    /** @param over is told once that it is over, whoever ended it */
    ReplayTalk(Vertx vertx, RecordingAccess recordings, Runnable over) {
        this.vertx = vertx;
        this.recordings = recordings;
        this.over = over;
    }

    /** @param order fails with INVALID where it cannot be */
    void begin(ServerWebSocket socket, Supplier<OpenReplay> order) {
        life = new LiveSocket(vertx, socket, () -> {
            over.run();
            leave();
        });
        life.watch(
                PING_MILLIS,
                () -> false,
                why -> life.close(
                        WebSocketCloseStatus.POLICY_VIOLATION, why.detail().orElseGet(why::reason)));
        Future.succeededFuture()
                .compose(begun -> recordings.service().openReplay(order.get()))
                .compose(this::attach)
                .onFailure(this::fail);
    }

    private Future<Void> attach(OpenedSession session) {
        this.session = recordings.replaying().apply(session.instance());
        opened = session;
        if (life.isOver()) {
            leave();
            return Future.succeededFuture();
        }
        return Loop.whileTrue(this::next);
    }

    /** @return whether there is more to tell; the next message is asked for when the network has taken the last one */
    private Future<Boolean> next() {
        return life.isOver()
                ? Future.succeededFuture(false)
                : session.readReplay(new ReadReplay(opened.id())).compose(this::tell);
    }

    private Future<Boolean> tell(ReplayEvent event) {
        return switch (event.kind()) {
            case PROGRESS -> life.writeText(json(event.progress())).map(true);
            case NOTHING -> Future.succeededFuture(true);
            case LAST ->
                life.writeText(json(event.progress()))
                        .onSuccess(told -> life.close(WebSocketCloseStatus.NORMAL_CLOSURE))
                        .map(false);
            case STOPPED -> end(WebSocketCloseStatus.SERVICE_RESTART, "the replay was stopped by a restart");
        };
    }

    private static String json(Progress progress) {
        return new JsonObject()
                .put("updates", object(progress.updates()))
                .put("active", new JsonArray(progress.active()))
                .put("durations", object(progress.durations()))
                .put("current", object(progress.current()))
                .encode();
    }

    private static JsonObject object(Map<String, ?> members) {
        JsonObject object = new JsonObject();
        members.forEach(object::put);
        return object;
    }

    private Future<Boolean> end(WebSocketCloseStatus status, String reason) {
        life.close(status, reason);
        return Future.succeededFuture(false);
    }

    private void fail(Throwable error) {
        if (life.isOver()) {
            LOG.debug("nobody hears why a replay ends", error);
        } else if (error instanceof Failure failure) {
            life.close(status(failure), failure.getMessage());
        } else {
            LOG.error("defect in a replay", error);
            life.close(WebSocketCloseStatus.INTERNAL_SERVER_ERROR);
        }
    }

    private WebSocketCloseStatus status(Failure failure) {
        return switch (failure.kind()) {
            case BUSY, UNAVAILABLE -> WebSocketCloseStatus.TRY_AGAIN_LATER;
            // A session that was there is gone with its instance.
            case NOT_FOUND ->
                opened == null ? WebSocketCloseStatus.POLICY_VIOLATION : WebSocketCloseStatus.SERVICE_RESTART;
            case INTERNAL -> WebSocketCloseStatus.INTERNAL_SERVER_ERROR;
            default -> WebSocketCloseStatus.POLICY_VIOLATION;
        };
    }

    private void leave() {
        if (opened != null) {
            session.closeReplay(new CloseReplay(opened.id()))
                    .onFailure(error -> LOG.debug("a replay ends by itself after a while", error));
        }
    }
}
