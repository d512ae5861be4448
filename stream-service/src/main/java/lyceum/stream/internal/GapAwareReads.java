package lyceum.stream.internal;

import io.vertx.core.Future;
import java.util.List;
import lyceum.stream.internal.RangeReads.Found;

/**
 * Reads what is in Redis of one stream, and notices where Redis has trimmed entries that were not read yet. The entry that
 * was read last is asked for once more: while it is there, nothing behind it is missing.
 */
final class GapAwareReads {

    private final RangeReads reads;
    private final String stream;
    private final int mostEntries;
    private final long mostBytes;

    /** @param mostBytes at once, or one entry that alone has more */
    GapAwareReads(RangeReads reads, String stream, int mostEntries, long mostBytes) {
        this.reads = reads;
        this.stream = stream;
        this.mostEntries = mostEntries;
        this.mostBytes = mostBytes;
    }

    /**
     * What is behind an id.
     *
     * @param entries in order
     * @param hasGap whether some may be missing in front of the first
     */
    record Behind(List<Entry> entries, boolean hasGap) {

        private Behind(Found found) {
            this(found.entries(), false);
        }
    }

    /**
     * @param isEntry whether there was an entry of that id; without one nobody knows of a gap
     * @return the first entries behind the id; UNAVAILABLE where Redis does not answer
     */
    Future<Behind> after(EntryId id, boolean isEntry) {
        return isEntry ? read(id.previous()).compose(found -> behind(id, found)) : read(id).map(Behind::new);
    }

    private Future<Behind> behind(EntryId id, Found found) {
        List<Entry> entries = found.entries();
        if (entries.isEmpty() || !entries.get(0).id().equals(id)) {
            return Future.succeededFuture(new Behind(entries, !entries.isEmpty()));
        }
        boolean isFull = entries.size() == 1 && found.isCut();
        return isFull
                ? read(id).map(Behind::new)
                : Future.succeededFuture(new Behind(entries.subList(1, entries.size()), false));
    }

    private Future<Found> read(EntryId from) {
        return reads.after(stream, from, mostEntries, mostBytes);
    }
}
