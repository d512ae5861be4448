package lyceum.stream.internal;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgBuilder;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import lyceum.platform.Bus;
import lyceum.platform.Database;
import lyceum.platform.Readiness;
import lyceum.platform.TestPostgres;
import lyceum.platform.TestRedis;
import lyceum.stream.CurrentRecipeService;
import lyceum.stream.RecipeService;
import lyceum.stream.internal.StreamConfig.RedisAccess;

/** stream-service with documents in a schema that was empty. */
final class TestDocuments implements AutoCloseable {

    static final DocumentLimits LIMITS = new DocumentLimits(1000, 64 * 1024);

    private static final Duration REDIS_LIMIT = Duration.ofMillis(500);
    private static final Duration REPLY_LIMIT = Duration.ofSeconds(20);

    final Vertx vertx = Vertx.vertx();
    final Bus bus = new Bus(vertx, REPLY_LIMIT);
    final Readiness readiness = new Readiness();
    final RecipeService service = bus.proxy(RecipeService.class);
    final CurrentRecipeService current = bus.proxy(CurrentRecipeService.class);
    final RedisProxy proxy = new RedisProxy();

    private final Redis redis;
    private final Pool postgres;
    private final StreamConfig config;
    private String deployment;

    /** One for tests with documents, one after the other, and one for tests without: making one takes long. */
    private static final class Databases {
        static final String OURS = fresh();
        static final String ELSEWHERE = fresh();

        private static String fresh() {
            Vertx vertx = Vertx.vertx();
            try {
                return TestPostgres.freshDatabase(vertx);
            } finally {
                vertx.close().await();
            }
        }
    }

    TestDocuments() {
        this(LIMITS, "UTC", false);
    }

    TestDocuments(DocumentLimits limits, String zone, boolean withSamples) {
        String redisUrl = TestRedis.freshDatabase(vertx);
        redis = Redis.createClient(vertx, redisUrl);
        postgres = PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(1))
                .connectingTo(Databases.OURS)
                .using(vertx)
                .build();
        rows("DROP SCHEMA IF EXISTS stream CASCADE");
        proxy.forwardTo(vertx, redisUrl);
        config = new StreamConfig(
                REPLY_LIMIT,
                new RedisAccess(proxy.url(redisUrl), 2, REDIS_LIMIT, 1000),
                TestStream.LIMITS,
                TestStream.CONVERTING,
                new DocumentConfig(new Database(Databases.OURS, "stream", 4), limits, ZoneId.of(zone), withSamples),
                TestStream.recording(Path.of("target", "recordings-" + UUID.randomUUID())));
        deploy();
    }

    /** @return a database that all tests share which have no documents */
    static DocumentConfig elsewhere() {
        return new DocumentConfig(new Database(Databases.ELSEWHERE, "stream", 1), LIMITS, ZoneId.of("UTC"), false);
    }

    /** Starts an instance, or one more. */
    void deploy() {
        deploy(config);
    }

    /** Starts an instance that is set to have sample recipes, or not. */
    void deploy(boolean withSamples) {
        DocumentConfig documents = config.documents();
        deploy(new StreamConfig(
                config.replyTimeout(),
                config.redis(),
                config.limits(),
                config.converting(),
                new DocumentConfig(documents.database(), documents.limits(), documents.zone(), withSamples),
                config.recordings()));
    }

    private void deploy(StreamConfig config) {
        deployment = vertx.deployVerticle(new StreamVerticle(config, readiness, new SimpleMeterRegistry()))
                .await();
    }

    /** Stops the instance that was started last. */
    void undeploy() {
        vertx.undeploy(deployment).await();
    }

    /** @return what Redis answers to somebody who knows nothing of us */
    Response redis(Command command, Object... arguments) {
        Request request = Request.cmd(command);
        Arrays.stream(arguments).forEach(argument -> request.arg(argument.toString()));
        return redis.send(request).await();
    }

    /** @return the rows that somebody finds who looks into the database */
    RowSet<Row> rows(String sql) {
        return postgres.query(sql).execute().await();
    }

    /** @return payloads of a stream, the oldest first */
    List<String> payloads(String stream) {
        List<String> payloads = new ArrayList<>();
        redis(Command.XRANGE, stream, "-", "+")
                .forEach(entry -> payloads.add(entry.get(1).get(1).toString()));
        return payloads;
    }

    /** @return events of documents, the oldest first */
    List<JsonObject> events(String stream) {
        return payloads(stream).stream()
                .map(payload -> new JsonObject(Buffer.buffer(payload)))
                .toList();
    }

    @Override
    public void close() {
        redis.close().await();
        vertx.close().await();
    }
}
