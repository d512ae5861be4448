package lyceum.stream.internal;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import lyceum.platform.Loop;

/** Reads entries that are in Redis already, in pages, so that no reply is much longer than what is asked for. */
final class RangeReads {

    private static final int FIRST_PAGE = 4;
    private static final int LARGEST_PAGE = 512;
    private static final long PAGE_BYTES = 1L << 20;

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

    /** @return the first entries behind an id, at least one where there are any, else no more than so many bytes */
    Future<Found> after(String stream, EntryId id, int count, long bytes) {
        return new Paging(count, bytes, true).read(stream, id);
    }

    /** @return the newest entries behind an id, at least one where there are any, else no more than so many bytes */
    Future<Found> newest(String stream, EntryId after, int count, long bytes) {
        return new Paging(count, bytes, false).read(stream, after);
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
        private final List<Entry> entries = new ArrayList<>();
        private long bytes;
        private boolean isCut;

        Paging(int count, long limit, boolean isForward) {
            this.count = count;
            this.limit = limit;
            this.isForward = isForward;
        }

        Future<Found> read(String stream, EntryId after) {
            if (after.equals(EntryId.LAST)) {
                return Future.succeededFuture(new Found(entries, false));
            }
            return Loop.whileTrue(() -> {
                        int page = page();
                        return redis.send(request(stream, after, page)).map(reply -> take(reply, page));
                    })
                    .map(all -> {
                        if (!isForward) {
                            Collections.reverse(entries);
                        }
                        return new Found(entries, isCut);
                    });
        }

        private int page() {
            long average = entries.isEmpty() ? PAGE_BYTES / FIRST_PAGE : bytes / entries.size() + 1;
            long fitting = Math.max(1, Math.min(LARGEST_PAGE, PAGE_BYTES / average));
            return (int) Math.min(count - entries.size(), fitting);
        }

        private Request request(String stream, EntryId after, int page) {
            EntryId last =
                    entries.isEmpty() ? after : entries.get(entries.size() - 1).id();
            Request request =
                    Request.cmd(isForward ? Command.XRANGE : Command.XREVRANGE).arg(stream);
            if (isForward) {
                request.arg("(" + last).arg("+");
            } else {
                request.arg(entries.isEmpty() ? "+" : "(" + last).arg("(" + after);
            }
            return request.arg("COUNT").arg(page);
        }

        private boolean take(Response reply, int page) {
            for (Entry entry : Entry.listOf(reply)) {
                bytes += entry.payload().length();
                if (bytes > limit && !entries.isEmpty()) {
                    isCut = true;
                    return false;
                }
                entries.add(entry);
            }
            return reply.size() == page && entries.size() < count;
        }
    }
}
