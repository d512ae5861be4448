package lyceum.stream.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lyceum.platform.Loop;
import lyceum.stream.internal.OutboxStore.Waiting;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings to Redis what was noted with changes, in its order. Every instance looks again and again, so that nothing is
 * forgotten because one of them ends, or Redis is away. Two of them may bring the same at once: Redis keeps for a while
 * what it has been told, and takes nothing twice; a lock in PostgreSQL would have to be held while Redis works. Lives on
 * one context.
 */
final class Outbox {

    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    private static final Duration INTERVAL = Duration.ofSeconds(2);

    /** Who changes something waits so long for the entry that tells of it. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** How long is tried to tell something, and remembered that it was told. */
    private static final Duration AGE = Duration.ofDays(1);

    /** A stream keeps about ten; who follows it gets more. */
    private static final int MOST_WAITING = 1000;

    /** They may be long. */
    private static final int AT_ONCE = 10;

    /** Contract, 3.4. */
    private static final int KEPT_ENTRIES = 10;

    private static final String TOLD_KEY = "lyceum:told:";

    /** KEYS: what is remembered, the stream. ARGV: entries that are kept, payload, seconds. */
    private static final String TELL = """
            if redis.call('EXISTS', KEYS[1]) == 1 then return '' end
            local id = redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[1], '*', 'd', ARGV[2])
            redis.call('SET', KEYS[1], '', 'EX', ARGV[3])
            return id
            """;

    private final Vertx vertx;
    private final OutboxStore store;
    private final RedisLines redis;
    private final List<String> streams;
    private final long looks;

    private Future<Void> present = Future.succeededFuture();
    private Future<Void> next;
    private boolean isFailing;

    /** @param streams of which something may be noted */
    Outbox(Vertx vertx, OutboxStore store, RedisLines redis, List<String> streams) {
        this.vertx = vertx;
        this.store = store;
        this.redis = redis;
        this.streams = streams;
        this.looks = vertx.setPeriodic(INTERVAL.toMillis(), look -> empty());
    }

    /** @return done when all is told that is noted now, or when that takes too long; it never fails */
    Future<Void> tell() {
        return empty().timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).otherwiseEmpty();
    }

    /** @return done when no round is under way or waits for one, or when that takes too long; none is begun by itself any more */
    Future<Void> close() {
        vertx.cancelTimer(looks);
        return (next == null ? present : next)
                .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .otherwiseEmpty();
    }

    /** Rounds never overlap; who comes during one waits for the next one. */
    private Future<Void> empty() {
        if (next == null && !present.isComplete()) {
            next = present.transform(done -> begin());
        }
        return next == null ? begin() : next;
    }

    private Future<Void> begin() {
        next = null;
        present = Future.join(streams.stream().map(this::empty).toList())
                .<Void>mapEmpty()
                .onSuccess(done -> note(false, "events of documents are told again"))
                .onFailure(error -> note(true, "events of documents will be told later: " + error));
        return present;
    }

    private void note(boolean failing, String line) {
        if (failing != isFailing) {
            LOG.warn(line);
        }
        isFailing = failing;
    }

    private Future<Void> empty(String stream) {
        return Loop.whileTrue(() -> store.find(stream, AT_ONCE).compose(waiting -> tell(stream, waiting)))
                .recover(error -> giveUpSome(stream).transform(done -> Future.failedFuture(error)));
    }

    /** @return whether there may be more */
    private Future<Boolean> tell(String stream, List<Waiting> waiting) {
        if (waiting.isEmpty()) {
            return Future.succeededFuture(false);
        }
        List<Request> commands = new ArrayList<>();
        commands.add(Request.cmd(Command.MULTI));
        waiting.forEach(event -> commands.add(command(stream, event)));
        commands.add(Request.cmd(Command.EXEC));
        return redis.batch(commands)
                .compose(replies -> {
                    check(stream, replies.get(replies.size() - 1));
                    return store.remove(waiting);
                })
                .map(removed -> waiting.size() == AT_ONCE);
    }

    private static Request command(String stream, Waiting event) {
        return Request.cmd(Command.EVAL)
                .arg(TELL)
                .arg(2)
                .arg(TOLD_KEY + event.token())
                .arg(stream)
                .arg(KEPT_ENTRIES)
                .arg(event.payload())
                .arg(AGE.toSeconds());
    }

    /** One entry is refused as all are: where something else has the name of the stream. */
    private static void check(String stream, Response results) {
        for (Response result : results) {
            if (result.type() == ResponseType.ERROR) {
                throw new IllegalStateException("%s takes nothing: %s".formatted(stream, result));
            }
        }
    }

    private Future<Void> giveUpSome(String stream) {
        return store.giveUp(stream, AGE, MOST_WAITING)
                .onSuccess(count -> {
                    if (count > 0) {
                        LOG.error("gave up events={} of stream={}", count, stream);
                    }
                })
                .mapEmpty();
    }
}
