package lyceum.stream.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.OptionalLong;
import lyceum.platform.Failure;
import lyceum.stream.PullSession;
import lyceum.stream.StreamService.Done;
import lyceum.stream.StreamService.OpenPull;
import lyceum.stream.internal.LivePull.Ending;
import lyceum.stream.internal.LivePull.Times;

/** The rules of {@link PullSession}: which readers this instance has. Lives on one context. */
final class PullSessions implements PullSession {

    static final PullEvent STOPPED = new PullEvent(PullSession.Kind.STOPPED, null);

    private final Vertx vertx;
    private final Followers followers;
    private final Budget budget;
    private final Duration lease;
    private final Sessions<Pull> sessions;
    private boolean isStopping;

    /**
     * @param budget holds the bytes of deliveries that are not fetched yet
     * @param lease {@link PullSession#LEASE}
     * @param most that may be open
     */
    PullSessions(Vertx vertx, Followers followers, Budget budget, Duration lease, int most) {
        this.vertx = vertx;
        this.followers = followers;
        this.budget = budget;
        this.lease = lease;
        this.sessions = new Sessions<>(vertx, lease, most, pull -> pull.end(STOPPED));
    }

    /** @return those that are open */
    Sessions<?> sessions() {
        return sessions;
    }

    /** @return the id of a new session; or the failures of {@code StreamService.openPull} */
    Future<String> open(OpenPull order) {
        if (isStopping) {
            return Future.failedFuture(RedisFailure.away());
        }
        Times times = times(order);
        return sessions.open(id -> followers.follow(order).map(follower -> {
            Ending ending = new Ending(() -> sessions.end(id), followers::leave);
            return new LivePull(vertx, follower, times, budget, ending);
        }));
    }

    private Times times(OpenPull order) {
        if (order.intervalMillis() < 0 || order.idleMillis() != null && order.idleMillis() < 0) {
            throw Failure.invalid("times are not negative");
        }
        OptionalLong idle = order.idleMillis() == null ? OptionalLong.empty() : OptionalLong.of(order.idleMillis());
        return new Times(lease.dividedBy(2), idle, order.intervalMillis());
    }

    /** @param answer whose first part has been sent already. @return the id of a session that brings the others */
    Future<String> hold(Answer answer) {
        return sessions.open(id -> Future.succeededFuture(new Remainder(answer, () -> sessions.end(id))))
                .onFailure(refused -> answer.end());
    }

    @Override
    public Future<PullEvent> readPull(ReadPull question) {
        return sessions.ask(question.id(), Pull::read);
    }

    @Override
    public Future<Done> keepPull(KeepPull order) {
        return sessions.ask(order.id(), pull -> Future.succeededFuture(new Done()));
    }

    @Override
    public Future<Done> closePull(ClosePull order) {
        sessions.end(order.id());
        return Future.succeededFuture(new Done());
    }

    /** Opens nothing more, and tells all readers that this instance stops. */
    void stop() {
        isStopping = true;
        sessions.close();
    }
}
