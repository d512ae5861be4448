package lyceum.gateway.rate;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import lyceum.platform.RedisAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to Redis for small questions that are better not answered than late: opened when it is first needed, given
 * up with its client when an answer is late, and not tried again for a moment. Lives on one context.
 */
final class RedisLink {

    /** A request waits for this, so it is far less than anybody would notice. */
    static final Duration LIMIT = Duration.ofMillis(250);

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int MOST_UNANSWERED = 10_000;
    private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);

    private record Open(Redis client, RedisConnection connection) {}

    private final Vertx vertx;
    private final RedisOptions options;

    private Future<Open> open;
    private boolean isAway;
    private boolean isClosed;
    private long notBeforeNanos = System.nanoTime();

    RedisLink(Vertx vertx, String url) {
        this.vertx = vertx;
        this.options =
                RedisAddress.options(url).setMaxPoolSize(1).setMaxPoolWaiting(1).setMaxWaitingHandlers(MOST_UNANSWERED);
        this.options.getNetClientOptions().setConnectTimeout((int) LIMIT.toMillis());
    }

    /** @return the answer; fails with what Redis says against the question, or at once where it was away a moment ago */
    Future<Response> send(Request question) {
        if (open == null || open.failed()) {
            if (isClosed || System.nanoTime() - notBeforeNanos < 0) {
                return Future.failedFuture("Redis is away");
            }
            open = connect();
        }
        Future<Open> asked = open;
        return asked.compose(line -> line.connection()
                .send(question)
                .timeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(error -> {
                    // What Redis says against a question says that it is there.
                    if (!(error instanceof Response)) {
                        lose(asked, error);
                    }
                }));
    }

    private Future<Open> connect() {
        Redis client = Redis.createClient(vertx, options);
        Future<Open> opened = client.connect()
                .map(connection -> new Open(client, connection))
                .timeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        return opened.onSuccess(line -> {
                    if (isAway) {
                        LOG.info("Redis answers again: callers are counted by all gateways together");
                    }
                    isAway = false;
                    line.connection().exceptionHandler(error -> lose(opened, error));
                    line.connection().endHandler(end -> lose(opened, new ClosedChannelException()));
                })
                .onFailure(error -> {
                    close(client);
                    pause(error);
                });
    }

    private void lose(Future<Open> lost, Throwable error) {
        if (lost == open) {
            open = null;
            pause(error);
            lost.onSuccess(line -> close(line.client()));
        }
    }

    private void pause(Throwable error) {
        notBeforeNanos = System.nanoTime() + PAUSE.toNanos();
        if (!isAway && !isClosed) {
            LOG.warn("Redis is away, each gateway counts its callers by itself: {}", error.toString());
        }
        isAway = true;
    }

    private static void close(Redis client) {
        client.close().onFailure(error -> LOG.debug("a connection to Redis was gone already", error));
    }

    void close() {
        isClosed = true;
        Future<Open> last = open;
        open = null;
        if (last != null) {
            last.onSuccess(line -> close(line.client()));
        }
    }
}
