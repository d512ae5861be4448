package lyceum.stream.internal;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import lyceum.platform.Bus;
import lyceum.platform.Migrations;
import lyceum.platform.Readiness;
import lyceum.stream.CurrentRecipeService;
import lyceum.stream.PullSession;
import lyceum.stream.PushSession;
import lyceum.stream.RecipeService;
import lyceum.stream.StreamService;
import lyceum.stream.StreamService.Ping;
import lyceum.stream.internal.StreamConfig.Limits;

/** stream-service: puts its parts together and opens it to the bus. */
public final class StreamVerticle extends VerticleBase {

    private static final List<String> MIGRATIONS = List.of("V1__recipe");
    private static final List<String> MIGRATIONS_AND_SAMPLES = List.of("V1__recipe", "V2__sample_recipes");

    private final StreamConfig config;
    private final Readiness readiness;

    private RedisLines redis;
    private Tailer tailer;
    private Appender appender;
    private Announcer announcer;
    private PullSessions pulls;

    /** @param readiness gets the checks {@code redis} and {@code documents}: whether Redis and PostgreSQL answer */
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
        CurrentRecipes current = new CurrentRecipes(redis, bus, Clock.systemUTC());
        return bus.listen(StreamService.DELETED, fact -> forget(fact.stream()))
                .compose(listening -> bus.serve(PushSession.class, pushes, instance))
                .compose(reachable -> bus.serve(PullSession.class, pulls, instance))
                .compose(reachable -> bus.serve(StreamService.class, streams))
                .compose(reachable -> bus.serve(CurrentRecipeService.class, current))
                .compose(reachable -> serveDocuments(bus, config.documents()));
    }

    private Future<Void> serveDocuments(Bus bus, DocumentConfig documents) {
        List<String> migrations = documents.withSamples() ? MIGRATIONS_AND_SAMPLES : MIGRATIONS;
        return new Migrations(documents.database(), migrations)
                .run(vertx)
                .compose(migrated -> bus.serve(RecipeService.class, documents(documents)));
    }

    private Documents documents(DocumentConfig documents) {
        Pool pool = documents.database().open(vertx);
        DocumentLimits limits = documents.limits();
        RecipeStore recipes = new RecipeStore(pool, limits);
        DocumentIds ids = new DocumentIds(Clock.systemUTC());
        Outbox outbox = new Outbox(
                vertx,
                new OutboxStore(pool),
                redis,
                List.of(RecipeService.RECIPE_EVENTS, RecipeService.SESSION_EVENTS));
        readiness.add("documents", () -> recipes.ping().map("PostgreSQL answers"));
        return new Documents(
                new Recipes(recipes, ids, outbox),
                new RecipeSessions(
                        new SessionStore(pool, limits), ids, outbox, limits.count(), Clock.system(documents.zone())));
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
