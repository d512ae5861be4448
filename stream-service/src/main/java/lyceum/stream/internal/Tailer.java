package lyceum.stream.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.stream.internal.StreamConfig.Limits;
import lyceum.stream.internal.StreamConfig.RedisAccess;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all streams that have readers at this instance, by one blocking XREAD after the other on one connection. A
 * stream that is new among them ends the present one by CLIENT UNBLOCK. Lives on one context.
 */
final class Tailer {

    private static final Logger LOG = LoggerFactory.getLogger(Tailer.class);

    /** As the original blocks (contract, 3.3). */
    private static final Duration BLOCK = Duration.ofSeconds(3);

    private static final long PAUSE_MILLIS = 100;
    private static final long WAKE_PAUSE_MILLIS = 5;

    private final Vertx vertx;
    private final RedisLine line;
    private final RedisLines redis;
    private final RangeReads reads;
    private final Duration redisLimit;
    private final int maxEntries;
    private final Limits limits;
    private final Map<String, Tail> tails = new HashMap<>();
    private final ReadSize size = new ReadSize();

    private long ringsBytes;
    private long refused;
    private long connectionId;
    private boolean isReading;
    private boolean isStale;
    private boolean isWaking;
    private boolean isClosed;

    Tailer(Vertx vertx, RedisAccess access, Limits limits, RedisLines redis, RangeReads reads) {
        this.vertx = vertx;
        this.redis = redis;
        this.reads = reads;
        this.redisLimit = access.limit();
        this.maxEntries = access.maxEntries();
        this.limits = limits;
        this.line = new RedisLine(vertx, access.url(), access.limit(), this::greet);
    }

    private Future<Void> greet(RedisConnection connection) {
        return connection
                .send(Request.cmd(Command.CLIENT).arg("ID"))
                .onSuccess(id -> connectionId = id.toLong())
                .mapEmpty();
    }

    /**
     * Begins to read a stream, if nobody does yet, until {@link #leave}.
     *
     * @return its tail; or INVALID where the name is of something else, BUSY where too many have
     *     readers, UNAVAILABLE where Redis does not answer
     */
    Future<Tail> follow(String stream) {
        Tail tail = tails.get(stream);
        if (tail == null && tails.size() == limits.tails()) {
            refused++;
            return Future.failedFuture(new Failure(Kind.BUSY, "too many streams have readers, please try again"));
        }
        if (tail == null) {
            tail = open(stream);
        }
        tail.join();
        return tail.opened();
    }

    /** @return streams that have readers */
    int followed() {
        return tails.size();
    }

    /** @return bytes of their newest entries */
    long ringsBytes() {
        return ringsBytes;
    }

    /** @return how often there were too many */
    long refused() {
        return refused;
    }

    private Tail open(String stream) {
        Tail tail = new Tail(stream);
        tails.put(stream, tail);
        reads.newest(stream, EntryId.NONE, 1, Long.MAX_VALUE)
                .onSuccess(newest -> {
                    tail.open(newest.entries());
                    if (tails.get(stream) == tail) {
                        ringsBytes += tail.ring().bytes();
                        trim(tail);
                        refresh();
                    }
                })
                .onFailure(error -> {
                    tails.remove(stream, tail);
                    tail.fail(error);
                });
        return tail;
    }

    /** One reader less. */
    void leave(Tail tail) {
        if (tail.leave() && tails.remove(tail.stream(), tail)) {
            ringsBytes -= tail.ring().bytes();
        }
    }

    /** A stream has been deleted. */
    void restart(String stream) {
        Tail tail = tails.get(stream);
        if (tail != null) {
            ringsBytes -= tail.ring().bytes();
            tail.restart();
            refresh();
        }
    }

    Future<Void> close() {
        isClosed = true;
        return line.close();
    }

    /** What is asked for is not what is to be asked for any more. */
    private void refresh() {
        if (isReading) {
            isStale = true;
            wake();
        } else {
            read();
        }
    }

    /**
     * The question may not have reached Redis yet, or its answer not us: then there is nothing to unblock, and one
     * waits.
     */
    private void wake() {
        if (isWaking || !isReading || !isStale) {
            return;
        }
        isWaking = true;
        redis.send(Request.cmd(Command.CLIENT).arg("UNBLOCK").arg(connectionId))
                .onComplete(unblocked -> vertx.setTimer(WAKE_PAUSE_MILLIS, later -> {
                    isWaking = false;
                    wake();
                }));
    }

    private void read() {
        Map<String, EntryId> asked = new LinkedHashMap<>();
        tails.values().stream().filter(Tail::isOpen).forEach(tail -> asked.put(tail.stream(), tail.last()));
        if (isReading || isClosed || asked.isEmpty()) {
            return;
        }
        isReading = true;
        isStale = false;
        line.send(question(asked), BLOCK.plus(redisLimit))
                .onComplete(answered -> isReading = false)
                .onSuccess(reply -> take(reply, asked))
                .onFailure(error -> recover(error, asked.keySet()));
    }

    private Request question(Map<String, EntryId> asked) {
        Request question = Request.cmd(Command.XREAD)
                .arg("COUNT")
                .arg(size.count())
                .arg("BLOCK")
                .arg(BLOCK.toMillis())
                .arg("STREAMS");
        asked.keySet().forEach(question::arg);
        asked.values().forEach(position -> question.arg(position.toString()));
        return question;
    }

    /**
     * @param reply each stream that has news with its entries, null where there are none
     * @param asked behind which ids of which streams
     */
    private void take(Response reply, Map<String, EntryId> asked) {
        if (reply != null) {
            for (Response news : reply) {
                String stream = news.get(0).toString();
                take(tails.get(stream), asked.get(stream), Entry.listOf(news.get(1)));
            }
        }
        read();
    }

    /** @param tail null where its last reader has left, not open yet where another one has come since */
    private void take(Tail tail, EntryId position, List<Entry> entries) {
        size.learn(entries);
        if (tail == null || !tail.isOpen()) {
            return;
        }
        if (entries.size() >= maxEntries) {
            tail.interrupt();
        }
        long before = tail.ring().bytes();
        tail.add(position, entries);
        ringsBytes += tail.ring().bytes() - before;
        trim(tail);
    }

    /** Readers have taken what they want by now: the others read from Redis what is given up. */
    private void trim(Tail grown) {
        shrink(grown.ring(), limits.ringBytes());
        while (ringsBytes > limits.ringsBytes()) {
            Ring largest = tails.values().stream()
                    .map(Tail::ring)
                    .max(Comparator.comparingLong(Ring::bytes))
                    .orElseThrow();
            shrink(largest, Math.max(largest.bytes() / 2, largest.bytes() - (ringsBytes - limits.ringsBytes())));
        }
    }

    private void shrink(Ring ring, long mostBytes) {
        while (ring.bytes() > mostBytes) {
            ringsBytes -= ring.removeOldest();
        }
    }

    private void recover(Throwable error, Set<String> asked) {
        if (error instanceof Failure failure && failure.kind() == Kind.INVALID) {
            weed(asked).onComplete(done -> vertx.setTimer(PAUSE_MILLIS, later -> read()));
            return;
        }
        if (!(error instanceof Failure)) {
            LOG.error("streams cannot be tailed", error);
        }
        tails.values().forEach(Tail::interrupt);
        vertx.setTimer(PAUSE_MILLIS, later -> read());
    }

    /** One name that is of something else by now would keep all others from being read. */
    private Future<Void> weed(Set<String> asked) {
        List<Future<Response>> types = new ArrayList<>();
        for (String stream : asked) {
            types.add(redis.send(Request.cmd(Command.TYPE).arg(stream))
                    .onSuccess(type -> giveUpUnlessStream(stream, type.toString())));
        }
        return Future.join(types).mapEmpty();
    }

    private void giveUpUnlessStream(String stream, String type) {
        Tail tail = tails.get(stream);
        if (!type.equals("stream") && !type.equals("none") && tail != null && tail.isOpen()) {
            tails.remove(stream);
            ringsBytes -= tail.ring().bytes();
            tail.fail(RedisFailure.noStream());
        }
    }
}
