package lyceum.stream.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import lyceum.stream.PushSession;
import lyceum.stream.StreamService.Done;
import lyceum.stream.StreamService.OpenPush;
import lyceum.stream.StreamService.Stored;
import lyceum.stream.internal.StreamConfig.Limits;

/** The rules of {@link PushSession}: which connections push through this instance. Lives on one context. */
final class PushSessions implements PushSession {

    private final Appender appender;
    private final Budget budget;
    private final int messageBytes;
    private final Sessions<LivePush> sessions;

    private boolean isStopping;

    /**
     * @param budget holds the bytes of messages until they are whole
     * @param lease {@link PushSession#LEASE}
     */
    PushSessions(Vertx vertx, Appender appender, Budget budget, Duration lease, Limits limits) {
        this.appender = appender;
        this.budget = budget;
        this.messageBytes = limits.messageBytes();
        this.sessions = new Sessions<>(vertx, lease, limits.sessions(), LivePush::end);
    }

    /** @return those that are open */
    Sessions<?> sessions() {
        return sessions;
    }

    /** @return the id of a new session; or BUSY, and UNAVAILABLE where this instance stops */
    Future<String> open(OpenPush order) {
        if (isStopping) {
            return Future.failedFuture(RedisFailure.away());
        }
        return sessions.open(
                id -> Future.succeededFuture(new LivePush(appender, budget, messageBytes, order.idsFromFrames())));
    }

    @Override
    public Future<Stored> pushFrame(PushFrame frame) {
        return sessions.ask(frame.id(), session -> session.push(frame));
    }

    @Override
    public Future<Done> closePush(ClosePush order) {
        sessions.end(order.id());
        return Future.succeededFuture(new Done());
    }

    /** Opens nothing more, and whoever sends another frame is told that its session is lost; what was taken is stored. */
    void stop() {
        isStopping = true;
        sessions.close();
    }
}
