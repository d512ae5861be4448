package lyceum.launcher.backup;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lyceum.platform.RedisAddress;

/** A connection to Redis. Blocks: it is for the thread of the command line. */
final class Link implements AutoCloseable {

    private static final Duration ANSWER_LIMIT = Duration.ofMinutes(2);

    private final Redis client;
    private final RedisConnection connection;

    /** @param url as {@code LYCEUM_REDIS_URL} has it */
    Link(Vertx vertx, String url) {
        client = Redis.createClient(vertx, RedisAddress.options(url));
        connection = client.connect()
                .timeout(ANSWER_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .await();
    }

    Response ask(Request command) {
        return send(command).await();
    }

    Future<Response> send(Request command) {
        return connection.send(command).timeout(ANSWER_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Does all of them, of which Redis makes one write to its disk. */
    void askAll(List<Request> commands) {
        connection
                .batch(commands)
                .timeout(ANSWER_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .await();
    }

    @Override
    public void close() {
        connection.close().await();
        client.close().await();
    }
}
