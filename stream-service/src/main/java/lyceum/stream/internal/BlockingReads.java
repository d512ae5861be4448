package lyceum.stream.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.Map;
import lyceum.stream.internal.StreamConfig.RedisAccess;

/** One XREAD of many streams after the other, on a connection that nobody else has to wait for. Lives on one context. */
final class BlockingReads {

    /** As the original blocks (contract, 3.3). */
    private static final Duration BLOCK = Duration.ofSeconds(3);

    /**
     * What Redis has told.
     *
     * @param reply each stream that has news with its entries, null where there are none
     * @param asked behind which ids of which streams
     */
    record News(Response reply, Map<String, EntryId> asked) {

        /** @return whether there is something, but not of all streams that were asked for */
        boolean isPart() {
            return reply != null && reply.size() < asked.size();
        }
    }

    private final RedisLine line;
    private final RedisLines redis;
    private final Duration limit;

    private long connectionId;

    /** @param redis by which a read is ended, which keeps its own connection busy */
    BlockingReads(Vertx vertx, RedisAccess access, RedisLines redis) {
        this.line = new RedisLine(vertx, access.url(), access.limit(), this::greet);
        this.redis = redis;
        this.limit = access.limit();
    }

    private Future<Void> greet(RedisConnection connection) {
        return connection
                .send(Request.cmd(Command.CLIENT).arg("ID"))
                .onSuccess(id -> connectionId = id.toLong())
                .mapEmpty();
    }

    /**
     * Waits for news, at most for three seconds.
     *
     * @param count most entries of a stream
     */
    Future<News> await(Map<String, EntryId> asked, int count) {
        Request question = question(count).arg("BLOCK").arg(BLOCK.toMillis());
        return line.send(streams(question, asked), BLOCK.plus(limit)).map(reply -> new News(reply, asked));
    }

    /** @return what there is, as of one moment; otherwise like {@link #await} */
    Future<News> look(Map<String, EntryId> asked, int count) {
        return line.send(streams(question(count), asked)).map(reply -> new News(reply, asked));
    }

    private static Request question(int count) {
        return Request.cmd(Command.XREAD).arg("COUNT").arg(count);
    }

    private static Request streams(Request question, Map<String, EntryId> asked) {
        question.arg("STREAMS");
        asked.keySet().forEach(question::arg);
        asked.values().forEach(position -> question.arg(position.toString()));
        return question;
    }

    /** Ends the read that waits, if it has reached Redis: it tells of nothing then. */
    Future<Void> unblock() {
        return redis.send(Request.cmd(Command.CLIENT).arg("UNBLOCK").arg(connectionId))
                .mapEmpty();
    }

    Future<Void> close() {
        return line.close();
    }
}
