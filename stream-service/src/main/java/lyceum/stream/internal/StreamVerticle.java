package lyceum.stream.internal;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.UUID;
import lyceum.platform.Bus;
import lyceum.platform.Readiness;
import lyceum.stream.PullSession;
import lyceum.stream.PushSession;
import lyceum.stream.StreamService;
import lyceum.stream.StreamService.Ping;
import lyceum.stream.internal.StreamConfig.Limits;

/** stream-service: puts its parts together and opens it to the bus. */
public final class StreamVerticle extends VerticleBase {

    private final StreamConfig config;
    private final Readiness readiness;

    private RedisLines redis;
    private Tailer tailer;
    private Appender appender;
    private Announcer announcer;
    private PullSessions pulls;

    /** @param readiness gets the check {@code redis}: whether it answers */
    public StreamVerticle(StreamConfig config, Readiness readiness) {
        this.config = config;
        this.readiness = readiness;
    }

    @Override
    public Future<?> start() {
        Bus bus = new Bus(vertx, config.replyTimeout());
        Limits limits = config.limits();
        Budget budget = new Budget(limits.heldBytes());
        redis = new RedisLines(
                vertx,
                config.redis().url(),
                config.redis().limit(),
                config.redis().connections());
        RangeReads reads = new RangeReads(redis);
        announcer = new Announcer(vertx, bus);
        appender = new Appender(vertx, config.redis(), budget, announcer);
        tailer = new Tailer(vertx, config.redis(), limits, redis, reads);
        Followers followers = new Followers(tailer, reads, limits.messageBytes());
        pulls = new PullSessions(vertx, followers, budget, PullSession.LEASE, limits.sessions());
        PushSessions pushes = new PushSessions(vertx, appender, budget, PushSession.LEASE, limits);
        Registry registry = new Registry(redis, announcer);
        String instance = UUID.randomUUID().toString();
        Streams streams = new Streams(
                instance,
                new Streams.Parties(redis, registry, appender, new Answers(reads, limits.readBytes()), pushes, pulls));
        readiness.add("redis", () -> streams.ping(new Ping()).map("Redis answers"));
        return bus.listen(StreamService.DELETED, fact -> forget(fact.stream()))
                .compose(listening -> bus.serve(PushSession.class, pushes, instance))
                .compose(reachable -> bus.serve(PullSession.class, pulls, instance))
                .compose(reachable -> bus.serve(StreamService.class, streams));
    }

    private void forget(String stream) {
        appender.forget(stream);
        tailer.restart(stream);
    }

    /** Readers are told; what was pushed is stored before the connections to Redis close. */
    @Override
    public Future<?> stop() {
        if (pulls == null) {
            return Future.succeededFuture();
        }
        pulls.stop();
        return tailer.close()
                .eventually(appender::stop)
                .eventually(redis::close)
                .onComplete(closed -> announcer.tell());
    }
}
