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
import lyceum.platform.Failure;
import lyceum.platform.RedisAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A line for any commands. Lives on one context. */
final class RedisLine {

    private static final Logger LOG = LoggerFactory.getLogger(RedisLine.class);

    private final Line<ClientLink> line;

    /** A client for each connection and not a pool: only a client that is closed is sure to close a connection that hangs. */
    private static final class ClientLink implements Link {

        private final Redis client;
        private RedisConnection connection;

        ClientLink(Redis client) {
            this.client = client;
        }

        @Override
        public Future<Void> open() {
            return client.connect().onSuccess(opened -> connection = opened).mapEmpty();
        }

        @Override
        public void whenLost(Runnable lost) {
            connection.endHandler(end -> lost.run());
            connection.exceptionHandler(error -> lost.run());
        }

        @Override
        public Future<Void> close() {
            return client.close();
        }
    }

    /** @param limit for one answer, and for a connection */
    RedisLine(Vertx vertx, String url, Duration limit) {
        RedisOptions options = RedisAddress.options(url)
                // As metrics tell it; without it each connection has another one.
                .setPoolName("stream")
                .setMaxPoolSize(1)
                .setMaxPoolWaiting(1)
                .setMaxWaitingHandlers(Line.MOST_UNANSWERED + 1);
        options.getNetClientOptions().setConnectTimeout((int) limit.toMillis());
        line = new Line<>(limit, () -> new ClientLink(Redis.createClient(vertx, options)));
    }

    int unanswered() {
        return line.unanswered();
    }

    /** @return the answer; or UNAVAILABLE, BUSY, and what Redis says against the command */
    Future<Response> send(Request command) {
        return line.ask(1, line.limit(), link -> link.connection.send(command));
    }

    /** @return the answer, also where it is an error that only concerns this command; otherwise like {@link #batch} */
    Future<Response> ask(Request command) {
        return line.ask(1, line.limit(), link -> link.connection.send(command).recover(RedisLine::answerOf))
                .recover(error -> Future.failedFuture(error instanceof Failure ? error : refused(error)));
    }

    /** Other codes tell of the server or of who asks: NOPERM, OOM, READONLY. */
    private static Future<Response> answerOf(Throwable error) {
        boolean isOfCommand = error instanceof Response answer
                && (answer.toString().startsWith("ERR ") || answer.toString().startsWith("WRONGTYPE "));
        return isOfCommand ? Future.succeededFuture((Response) error) : Future.failedFuture(error);
    }

    /**
     * Sends commands in one piece.
     *
     * @return the answers; or UNAVAILABLE where one of them fails: the client tells a lost connection from what Redis
     *     says by the text only, so this is for commands that cannot fail by themselves, as those inside of a
     *     transaction
     */
    Future<List<Response>> batch(List<Request> commands) {
        return line.ask(commands.size(), line.limit(), link -> link.connection.batch(commands))
                .recover(error -> Future.failedFuture(error instanceof Failure ? error : refused(error)));
    }

    private static Failure refused(Throwable error) {
        LOG.warn(
                "Redis did not take commands: {}",
                error.toString().lines().findFirst().orElse(""));
        return RedisFailure.away();
    }

    Future<Void> close() {
        return line.close();
    }
}
