package lyceum.stream.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import lyceum.platform.Failure;
import lyceum.platform.RedisAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to Redis: opened when it is first needed, opened anew after it is lost, given up when an answer is
 * late. A client for each connection and not a pool, because only a client that is closed is sure to close a connection
 * that hangs. Lives on one context.
 */
final class RedisLine {

    /** More commands at once are refused; the client keeps an answer in mind for each. */
    static final int MOST_UNANSWERED = 20_000;

    private static final Logger LOG = LoggerFactory.getLogger(RedisLine.class);
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 2000;

    private record Open(Redis client, RedisConnection connection) {}

    private final Vertx vertx;
    private final RedisOptions options;
    private final Duration limit;
    private final Function<RedisConnection, Future<Void>> greeting;
    private final Thread thread = Thread.currentThread();

    private Future<Open> open;
    private int unanswered;
    private long pauseMillis;
    private long notBeforeNanos = System.nanoTime();
    private boolean isClosed;

    /** @param limit for one answer, and for a connection */
    RedisLine(Vertx vertx, String url, Duration limit) {
        this(vertx, url, limit, connection -> Future.succeededFuture());
    }

    /** @param greeting what is to be said first on every new connection */
    RedisLine(Vertx vertx, String url, Duration limit, Function<RedisConnection, Future<Void>> greeting) {
        this.vertx = vertx;
        this.limit = limit;
        this.greeting = greeting;
        this.options = RedisAddress.options(url)
                // As metrics tell it; without it each connection has another one.
                .setPoolName("stream")
                .setMaxPoolSize(1)
                .setMaxPoolWaiting(1)
                .setMaxWaitingHandlers(MOST_UNANSWERED + 1);
        this.options.getNetClientOptions().setConnectTimeout((int) limit.toMillis());
    }

    int unanswered() {
        return unanswered;
    }

    /** @return the answer; or UNAVAILABLE, BUSY, and what Redis says against the command */
    Future<Response> send(Request command) {
        return send(command, limit);
    }

    /** @param longest how long the answer may take */
    Future<Response> send(Request command, Duration longest) {
        return ask(1, longest, connection -> connection.send(command));
    }

    /**
     * Sends commands in one piece.
     *
     * @return the answers; or UNAVAILABLE where one of them fails: the client tells a lost connection from what Redis
     *     says by the text only, so this is for commands that cannot fail by themselves, as those inside of a
     *     transaction
     */
    Future<List<Response>> batch(List<Request> commands) {
        return ask(commands.size(), limit, connection -> connection.batch(commands))
                .recover(error -> Future.failedFuture(error instanceof Failure ? error : refused(error)));
    }

    private static Failure refused(Throwable error) {
        LOG.warn(
                "Redis did not take commands: {}",
                error.toString().lines().findFirst().orElse(""));
        return RedisFailure.away();
    }

    Future<Void> close() {
        isClosed = true;
        Future<Open> last = open;
        open = null;
        return last == null
                ? Future.succeededFuture()
                : last.compose(line -> line.client().close(), lost -> Future.succeededFuture());
    }

    private <T> Future<T> ask(int commands, Duration longest, Function<RedisConnection, Future<T>> question) {
        // A connection that is opened elsewhere answers elsewhere, and nothing here is made for two threads.
        assert Thread.currentThread() == thread : "a line is used on the context that made it";
        if (unanswered + commands > MOST_UNANSWERED) {
            return Future.failedFuture(RedisFailure.busy());
        }
        unanswered += commands;
        return connected()
                .compose(line -> question.apply(line.connection())
                        .timeout(longest.toMillis(), TimeUnit.MILLISECONDS)
                        .onFailure(error -> giveUp(line, error)))
                .onComplete(answered -> unanswered -= commands)
                .recover(error -> Future.failedFuture(RedisFailure.of(error)));
    }

    private Future<Open> connected() {
        if (open == null || open.failed()) {
            if (isClosed || System.nanoTime() - notBeforeNanos < 0) {
                return Future.failedFuture(RedisFailure.away());
            }
            open = connect();
        }
        // Else every question would go on in the context of the one that connected: under its ids, and in its trace.
        return open.succeeded() ? Future.succeededFuture(open.result()) : open;
    }

    private Future<Open> connect() {
        Redis client = Redis.createClient(vertx, options);
        return client.connect()
                .compose(connection -> greeting.apply(connection).map(new Open(client, connection)))
                .timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                .onSuccess(this::connected)
                .onFailure(error -> pause(client, error));
    }

    private void connected(Open line) {
        if (pauseMillis > 0) {
            LOG.info("Redis answers again");
        }
        pauseMillis = 0;
        line.connection().endHandler(end -> drop(line));
        line.connection().exceptionHandler(error -> drop(line));
    }

    private void pause(Redis client, Throwable error) {
        if (pauseMillis == 0) {
            // Its text may contain the address with the password.
            LOG.warn("Redis is out of reach: {}", error.getClass().getSimpleName());
        }
        pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, Math.max(FIRST_PAUSE_MILLIS, 2 * pauseMillis));
        notBeforeNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pauseMillis);
        open = null;
        close(client);
    }

    /** A failure that Redis did not tell is one of the connection. */
    private void giveUp(Open line, Throwable error) {
        if (error instanceof TimeoutException) {
            LOG.warn("Redis did not answer in time");
        }
        if (!(error instanceof Response)) {
            drop(line);
        }
    }

    private void drop(Open line) {
        if (open != null && open.succeeded() && open.result() == line) {
            open = null;
            close(line.client());
        }
    }

    private static void close(Redis client) {
        client.close().onFailure(error -> LOG.debug("a lost connection was not closed", error));
    }
}
