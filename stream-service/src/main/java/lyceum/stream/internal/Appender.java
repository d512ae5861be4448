package lyceum.stream.internal;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import lyceum.stream.StreamService.Stored;
import lyceum.stream.internal.StreamConfig.RedisAccess;

/**
 * Brings messages to Redis in the order in which they come: while some are on their way others gather, and go together.
 * Lives on one context.
 */
final class Appender {

    /** One is on its way while Redis works on another. */
    private static final int MOST_TRANSACTIONS = 2;

    /** More commands would keep other clients of Redis waiting for long, and readers of a stream miss what it trims. */
    private static final int MOST_COMMANDS = 512;

    private static final long MOST_BYTES = 4L << 20;

    /** So many streams are remembered as existing; of others Redis is asked each time. */
    private static final int MOST_KNOWN = 10_000;

    private final RedisLine line;
    private final int maxEntries;
    private final Budget budget;
    private final Announcer announcer;
    private final Deque<Appending> waiting = new ArrayDeque<>();
    private final Set<String> known = Collections.newSetFromMap(new Recent());
    private final Promise<Void> idle = Promise.promise();

    private int underWay;
    private boolean isStopping;

    private static final class Recent extends LinkedHashMap<String, Boolean> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST_KNOWN;
        }
    }

    /** @param budget holds the bytes of messages until they are stored */
    Appender(Vertx vertx, RedisAccess redis, Budget budget, Announcer announcer) {
        this.line = new RedisLine(vertx, redis.url(), redis.limit());
        this.maxEntries = redis.maxEntries();
        this.budget = budget;
        this.announcer = announcer;
    }

    /**
     * Appends the entries of a message.
     *
     * @return what became of each; or BUSY where too many bytes are held, UNAVAILABLE where Redis does not answer, and
     *     then all are stored or none
     */
    Future<Stored> append(Message message) {
        if (isStopping) {
            return Future.failedFuture(RedisFailure.away());
        }
        budget.take(message.weight());
        Appending appending = new Appending(message);
        waiting.add(appending);
        flush();
        return appending.stored().onComplete(done -> budget.giveBack(message.weight()));
    }

    /** A stream exists no more. */
    void forget(String stream) {
        known.remove(stream);
    }

    /** Takes nothing more. @return done when all that was taken is stored or has failed */
    Future<Void> stop() {
        isStopping = true;
        endIfIdle();
        return idle.future().compose(stopped -> line.close());
    }

    private void flush() {
        while (!waiting.isEmpty() && underWay < MOST_TRANSACTIONS) {
            Transaction next = next();
            underWay++;
            next.send(line).onComplete(done -> {
                underWay--;
                flush();
                endIfIdle();
            });
        }
    }

    private Transaction next() {
        Transaction next = new Transaction(maxEntries, known, announcer);
        long bytes = 0;
        do {
            Appending first = waiting.remove();
            bytes += first.message().bytes();
            next.add(first);
        } while (!waiting.isEmpty()
                && next.size() + waiting.peek().message().parts().size() <= MOST_COMMANDS
                && bytes + waiting.peek().message().bytes() <= MOST_BYTES);
        return next;
    }

    private void endIfIdle() {
        if (isStopping && underWay == 0 && waiting.isEmpty()) {
            idle.tryComplete();
        }
    }
}
