package lyceum.stream.internal;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.util.List;
import lyceum.platform.Bus;
import lyceum.platform.Migrations;
import lyceum.platform.Readiness;
import lyceum.stream.CurrentRecipeService;
import lyceum.stream.RecipeService;
import lyceum.stream.internal.StreamConfig.RedisAccess;

/**
 * The recipes of stream-service: puts their parts together and opens them to the bus. On a thread of its own, because a
 * document may be long, and streams do not wait.
 */
final class RecipeVerticle extends VerticleBase {

    static final List<String> MIGRATIONS = List.of("V1__recipe");

    /** That of the samples fails on an id that is taken, and must stay as it has been applied: the newer ones enclose it. */
    private static final List<String> MIGRATIONS_AND_SAMPLES =
            List.of("V1__recipe", "V3__skip_taken_ids", "V2__sample_recipes", "V4__refuse_taken_ids");

    private static final List<String> EVENTS = List.of(RecipeService.RECIPE_EVENTS, RecipeService.SESSION_EVENTS);
    private static final int REDIS_CONNECTIONS = 1;

    private final StreamConfig config;
    private final Readiness readiness;
    private Bus bus;
    private RedisLines redis;
    private Outbox outbox;

    /** @param readiness gets the check {@code documents}: whether PostgreSQL answers */
    RecipeVerticle(StreamConfig config, Readiness readiness) {
        this.config = config;
        this.readiness = readiness;
    }

    @Override
    public Future<?> start() {
        bus = new Bus(vertx, config.replyTimeout());
        RedisAccess access = config.redis();
        redis = new RedisLines(vertx, access.url(), access.limit(), REDIS_CONNECTIONS);
        DocumentConfig documents = config.documents();
        return new Migrations(documents.database(), documents.withSamples() ? MIGRATIONS_AND_SAMPLES : MIGRATIONS)
                .run(vertx)
                .compose(migrated -> bus.serve(RecipeService.class, documents(documents)))
                .compose(reachable ->
                        bus.serve(CurrentRecipeService.class, new CurrentRecipes(redis, bus, Clock.systemUTC())));
    }

    private Documents documents(DocumentConfig documents) {
        Pool pool = documents.database().open(vertx);
        DocumentLimits limits = documents.limits();
        RecipeStore recipes = new RecipeStore(pool, limits);
        SessionStore sessions = new SessionStore(pool, limits);
        DocumentIds ids = new DocumentIds(Clock.systemUTC());
        outbox = new Outbox(vertx, new OutboxStore(pool), redis, EVENTS);
        readiness.add("documents", () -> recipes.ping().map("PostgreSQL answers"));
        return new Documents(
                new Recipes(recipes, ids, outbox),
                new RecipeSessions(sessions, ids, outbox, limits.count(), Clock.system(documents.zone())));
    }

    @Override
    public Future<?> stop() {
        if (redis == null) {
            return Future.succeededFuture();
        }
        Future<Void> drained = bus.drain();
        return (outbox == null ? drained : drained.eventually(outbox::close)).eventually(redis::close);
    }
}
