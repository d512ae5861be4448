package lyceum.stream.internal;

import java.util.ArrayList;
import java.util.List;

/** The newest entries of a stream, in order: all those behind the floor. */
final class Ring {

    /** Places of entries that are gone are reused when they are so many, and more than half. */
    private static final int LEAST_GAP = 64;

    private final List<Entry> entries = new ArrayList<>();
    private int first;
    private long bytes;
    private EntryId floor = EntryId.NONE;

    /** @return the id behind which nothing is missing */
    EntryId floor() {
        return floor;
    }

    long bytes() {
        return bytes;
    }

    boolean isEmpty() {
        return first == entries.size();
    }

    /** Forgets everything; nothing that is behind this id is missing from now on. */
    void clear(EntryId newFloor) {
        entries.clear();
        first = 0;
        bytes = 0;
        floor = newFloor;
    }

    /** @param entry behind all others */
    void add(Entry entry) {
        entries.add(entry);
        bytes += entry.weight();
    }

    /** Gives up the oldest entry. @return the bytes that it took */
    long removeOldest() {
        Entry oldest = entries.set(first++, null);
        floor = oldest.id();
        bytes -= oldest.weight();
        if (first >= LEAST_GAP && first > entries.size() / 2) {
            entries.subList(0, first).clear();
            first = 0;
        }
        return oldest.weight();
    }

    /** @return the first entries behind an id, which must not be before the floor */
    List<Entry> after(EntryId id, int count) {
        int from = indexBehind(id);
        return entries.subList(from, (int) Math.min(entries.size(), from + (long) count));
    }

    /** @return the newest entries behind an id, fewer than asked for where they are not here */
    List<Entry> newest(EntryId after, int count) {
        int from = Math.max(indexBehind(after), entries.size() - Math.min(count, entries.size()));
        return entries.subList(from, entries.size());
    }

    private int indexBehind(EntryId id) {
        int low = first;
        int high = entries.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (entries.get(middle).id().isAfter(id)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
