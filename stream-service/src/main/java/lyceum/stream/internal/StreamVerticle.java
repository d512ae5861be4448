package lyceum.stream.internal;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;
import lyceum.platform.Bus;
import lyceum.platform.Readiness;
import lyceum.stream.BroadcastService;
import lyceum.stream.PullBundle;
import lyceum.stream.PullSession;
import lyceum.stream.PullSession.ReadPull;
import lyceum.stream.PushSession;
import lyceum.stream.StreamService;
import lyceum.stream.StreamService.Ping;
import lyceum.stream.internal.Follower.Sources;
import lyceum.stream.internal.StreamConfig.Limits;

/** stream-service: puts its parts together and opens it to the bus. */
public final class StreamVerticle extends VerticleBase {

    private final StreamConfig config;
    private final Readiness readiness;
    private final MeterRegistry meters;

    private StreamMetrics metrics;
    private StreamBounds bounds;
    private RedisLines redis;
    private Tailer tailer;
    private Appender appender;
    private Announcer announcer;
    private Conversions conversions;
    private PullSessions pulls;
    private PullBundles bundles;
    private PushSessions pushes;
    private Broadcasts broadcasts;
    private RecordingParts recordings;

    /**
     * @param readiness gets the checks {@code redis} and {@code documents}: whether Redis and PostgreSQL answer
     * @param meters get what is counted of conversions and recordings
     */
    public StreamVerticle(StreamConfig config, Readiness readiness, MeterRegistry meters) {
        this.config = config;
        this.readiness = readiness;
        this.meters = meters;
    }

    @Override
    public Future<?> start() {
        Bus bus = new Bus(vertx, config.replyTimeout());
        Limits limits = config.limits();
        Budget budget = new Budget(limits.heldBytes());
        Budget unfinished = budget.part();
        redis = new RedisLines(
                vertx,
                config.redis().url(),
                config.redis().limit(),
                config.redis().connections());
        RangeReads reads = new RangeReads(redis);
        announcer = new Announcer(vertx, bus);
        appender = new Appender(vertx, config.redis(), budget, announcer);
        tailer = new Tailer(vertx, config.redis(), limits, redis, reads);
        metrics = new StreamMetrics(meters);
        bounds = new StreamBounds(meters);
        conversions = new Conversions(vertx, config.converting(), budget, metrics);
        PullConversions pulled =
                new PullConversions(conversions, new LeftOut(metrics, System::nanoTime), budget, PullConversions.LIMIT);
        Followers followers = new Followers(tailer, new Sources(reads, pulled), limits.messageBytes());
        pulls = new PullSessions(vertx, followers, unfinished, PullSession.LEASE, limits.sessions());
        bundles = new PullBundles(vertx, id -> pulls.readPull(new ReadPull(id)), PullSession.LEASE, limits.sessions());
        broadcasts = new Broadcasts(vertx, bus, followers, unfinished);
        pushes = new PushSessions(vertx, appender, unfinished, PushSession.LEASE, limits);
        bounds.show(limits, budget, unfinished, tailer);
        bounds.show(conversions, config.converting().mostWaiting());
        bounds.show("pushing", pushes.sessions(), limits.sessions());
        bounds.show("pulling", pulls.sessions(), limits.sessions());
        bounds.show("bundles", bundles.sessions(), limits.sessions());
        Registry registry = new Registry(redis, announcer);
        String instance = UUID.randomUUID().toString();
        Streams streams = new Streams(
                instance, new Streams.Parties(redis, registry, appender, answers(reads, unfinished), pushes, pulls));
        recordings = new RecordingParts(
                new RecordingParts.Shared(vertx, bus, redis, reads, tailer, appender, announcer, meters),
                instance,
                config,
                bounds);
        readiness.add("redis", () -> here(() -> streams.ping(new Ping())).map("Redis answers"));
        return bus.listen(StreamService.DELETED, fact -> forget(fact.stream()))
                .compose(listening -> bus.serve(PushSession.class, pushes, instance))
                .compose(reachable -> bus.serve(PullSession.class, pulls, instance))
                .compose(reachable -> bus.serve(PullBundle.class, bundles, instance))
                .compose(reachable -> bus.serve(StreamService.class, streams))
                .compose(reachable -> bus.serve(BroadcastService.class, broadcasts))
                .compose(reachable -> recordings.serve())
                .compose(reachable -> vertx.deployVerticle(new RecipeVerticle(config, readiness)));
    }

    /** Half of the time for a reply is left for Redis and the way. */
    private Answers answers(RangeReads reads, Budget budget) {
        Duration limit = config.replyTimeout().dividedBy(2);
        return new Answers(
                reads,
                new AnswerConversions(conversions, limit),
                budget,
                config.limits().readBytes());
    }

    /** Whoever asks for readiness does so on a context of his own; connections belong to this one. */
    private <T> Future<T> here(Supplier<Future<T>> question) {
        Promise<T> answer = Promise.promise();
        context.runOnContext(asked ->
                Future.succeededFuture().compose(begun -> question.get()).onComplete(answer));
        return answer.future();
    }

    private void forget(String stream) {
        appender.forget(stream);
        tailer.restart(stream);
        recordings.restart(stream);
    }

    /** All who read or push are told; what was pushed or recorded is stored before the connections to Redis close. */
    @Override
    public Future<?> stop() {
        if (pulls == null) {
            return Future.succeededFuture();
        }
        pulls.stop();
        bundles.stop();
        pushes.stop();
        broadcasts.close();
        return recordings
                .stop()
                .eventually(tailer::close)
                .eventually(appender::stop)
                .eventually(redis::close)
                .eventually(conversions::close)
                .onComplete(closed -> end());
    }

    private void end() {
        announcer.tell();
        metrics.close();
        bounds.close();
    }
}
