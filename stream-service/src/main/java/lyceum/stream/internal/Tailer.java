package lyceum.stream.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.stream.internal.BlockingReads.News;
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

    private static final long PAUSE_MILLIS = 100;
    private static final long WAKE_PAUSE_MILLIS = 5;

    private final Vertx vertx;
    private final BlockingReads blocking;
    private final RedisLines redis;
    private final RangeReads reads;
    private final int maxEntries;
    private final Limits limits;
    private final Map<String, Tail> tails = new HashMap<>();
    private final ReadSize size = new ReadSize();

    private long ringsBytes;
    private long refused;
    private int synchronised;
    private boolean isReading;
    private boolean isStale;
    private boolean isWaking;
    private boolean isClosed;

    Tailer(Vertx vertx, RedisAccess access, Limits limits, RedisLines redis, RangeReads reads) {
        this.vertx = vertx;
        this.redis = redis;
        this.reads = reads;
        this.maxEntries = access.maxEntries();
        this.limits = limits;
        this.blocking = new BlockingReads(vertx, access, redis);
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

    /** A reader has come whose streams move each other forward. */
    void joinSynchronised() {
        synchronised++;
    }

    /** Such a reader has left. */
    void leaveSynchronised() {
        synchronised--;
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
        return blocking.close();
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
        blocking.unblock()
                .onComplete(unblocked -> vertx.setTimer(WAKE_PAUSE_MILLIS, later -> {
                    isWaking = false;
                    wake();
                }));
    }

    private void read() {
        Map<String, EntryId> asked = positions();
        if (isReading || isClosed || asked.isEmpty()) {
            return;
        }
        isReading = true;
        isStale = false;
        blocking.await(asked, size.count())
                .compose(this::whole)
                .onComplete(answered -> isReading = false)
                .onSuccess(this::take)
                .onFailure(error -> recover(error, asked.keySet()));
    }

    /**
     * Before Redis 7.2 a reader who has waited is told of one stream only, also where one transaction has added to several.
     * Who moves the others forward to that one must not do so before it is known what they have got.
     */
    private Future<News> whole(News news) {
        boolean isWhole = news.isEmpty() || !isStale && !news.isPart();
        if (isWhole || synchronised == 0) {
            return Future.succeededFuture(news);
        }
        isStale = false;
        return blocking.look(positions(), size.count());
    }

    private Map<String, EntryId> positions() {
        Map<String, EntryId> positions = new LinkedHashMap<>();
        tails.values().stream().filter(Tail::isOpen).forEach(tail -> positions.put(tail.stream(), tail.last()));
        return positions;
    }

    private void take(News news) {
        List<Tail> grown = new ArrayList<>();
        news.entries().forEach((stream, entries) -> {
            Tail tail = tails.get(stream);
            size.learn(entries);
            // Its last reader may have left, and another one come since, for whom it is not open yet.
            if (tail != null && tail.isOpen()) {
                grow(tail, news.asked().get(stream), entries);
                grown.add(tail);
            }
        });
        grown.forEach(Tail::tellNews);
        grown.stream().filter(tail -> tails.get(tail.stream()) == tail).forEach(this::trim);
        read();
    }

    private void grow(Tail tail, EntryId position, List<Entry> entries) {
        if (entries.size() >= maxEntries) {
            tail.interrupt();
        }
        long before = tail.ring().bytes();
        tail.add(position, entries);
        ringsBytes += tail.ring().bytes() - before;
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
