package lyceum.stream.internal;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import lyceum.platform.Loop;

/** Reads entries that are in Redis already, in pages: a reply has a MiB at most, or one entry that is longer. */
final class RangeReads {

    private static final int PAGE_ENTRIES = 512;
    private static final long PAGE_BYTES = 1L << 20;

    /**
     * Some entries, as XRANGE answers, and whether there is nothing behind them. How long they are nobody knows beforehand,
     * and a short one says nothing of the next; so it goes on until they are long enough. ARGV: XRANGE or XREVRANGE, begin,
     * end, most entries, most bytes. Redis refuses to look behind the highest id there can be.
     */
    private static final String PAGE = """
            local page, from, bytes = {}, ARGV[2], 0
            while #page < tonumber(ARGV[4]) do
              local entry = redis.call(ARGV[1], KEYS[1], from, ARGV[3], 'COUNT', 1)[1]
              if not entry then return {page, 1} end
              for _, text in ipairs(entry[2]) do bytes = bytes + #text end
              if #page > 0 and bytes > tonumber(ARGV[5]) then break end
              page[#page + 1] = entry
              if ARGV[1] == 'XRANGE' and entry[1] == '18446744073709551615-18446744073709551615' then return {page, 1} end
              from = '(' .. entry[1]
            end
            return {page, 0}
            """;

    private final RedisLines redis;

    RangeReads(RedisLines redis) {
        this.redis = redis;
    }

    /**
     * What was read.
     *
     * @param entries in order
     * @param isCut whether there were more, which the limit in bytes kept out
     */
    record Found(List<Entry> entries, boolean isCut) {}

    /** What each page of a reader goes through. */
    interface Gate {

        /** For those who read little. */
        Gate OPEN = new Gate() {
            @Override
            public <T> Future<T> pass(Supplier<Future<T>> page) {
                return page.get();
            }

            @Override
            public void take(long bytes) {}
        };

        /** @return what becomes of the page, which is read when it may be */
        <T> Future<T> pass(Supplier<Future<T>> page);

        /** Told of each entry before the page is through; what this fails with ends the reading. */
        void take(long bytes);
    }

    /** @return the first entries behind an id, at least one where there are any, else no more than so many bytes */
    Future<Found> after(String stream, EntryId id, int count, long bytes) {
        return after(stream, id, count, bytes, Gate.OPEN);
    }

    /** @return the same, page by page through a gate */
    Future<Found> after(String stream, EntryId id, int count, long bytes, Gate gate) {
        return new Paging(count, bytes, true, gate).read(stream, id);
    }

    /** @return the newest entries behind an id, at least one where there are any, else no more than so many bytes */
    Future<Found> newest(String stream, EntryId after, int count, long bytes) {
        return newest(stream, after, count, bytes, Gate.OPEN);
    }

    /** @return the same, page by page through a gate */
    Future<Found> newest(String stream, EntryId after, int count, long bytes, Gate gate) {
        return new Paging(count, bytes, false, gate).read(stream, after);
    }

    /** @return the time of the clock that gives entries their ids, milliseconds since 1970 */
    Future<Long> now() {
        return redis.send(Request.cmd(Command.TIME))
                .map(time -> time.get(0).toLong() * 1000 + time.get(1).toLong() / 1000);
    }

    private final class Paging {

        private final int count;
        private final long limit;
        private final boolean isForward;
        private final Gate gate;
        private final List<Entry> entries = new ArrayList<>();
        private long bytes;
        private boolean isCut;

        Paging(int count, long limit, boolean isForward, Gate gate) {
            this.count = count;
            this.limit = limit;
            this.isForward = isForward;
            this.gate = gate;
        }

        Future<Found> read(String stream, EntryId after) {
            if (after.equals(EntryId.LAST)) {
                return Future.succeededFuture(new Found(entries, false));
            }
            return Loop.whileTrue(() ->
                            gate.pass(() -> redis.send(request(stream, after)).map(this::take)))
                    .map(all -> {
                        if (!isForward) {
                            Collections.reverse(entries);
                        }
                        return new Found(entries, isCut);
                    });
        }

        private Request request(String stream, EntryId after) {
            String last = entries.isEmpty()
                    ? null
                    : "(" + entries.get(entries.size() - 1).id();
            Request request = Request.cmd(Command.EVAL).arg(PAGE).arg(1).arg(stream);
            if (isForward) {
                request.arg("XRANGE").arg(last == null ? "(" + after : last).arg("+");
            } else {
                request.arg("XREVRANGE").arg(last == null ? "+" : last).arg("(" + after);
            }
            return request.arg(Math.min(PAGE_ENTRIES, count - entries.size())).arg(PAGE_BYTES);
        }

        private boolean take(Response reply) {
            for (Entry entry : Entry.listOf(reply.get(0))) {
                bytes += entry.payload().length();
                if (bytes > limit && !entries.isEmpty()) {
                    isCut = true;
                    return false;
                }
                gate.take(entry.payload().length());
                entries.add(entry);
            }
            return reply.get(1).toInteger() == 0 && entries.size() < count;
        }
    }
}
