package lyceum.stream.internal;

import java.util.List;
import lyceum.stream.StreamService;

/** What one look at the streams of a reader has found, and where the reader stands once it has got that. */
final class Catch {

    private final EntryId[] cursors;
    private final int mostBytes;
    private final Parts parts = new Parts();
    private boolean isFull;

    /**
     * @param cursors where the reader stands, by stream
     * @param mostBytes of all entries, except for one that alone has more
     */
    Catch(EntryId[] cursors, int mostBytes) {
        this.cursors = cursors.clone();
        this.mostBytes = mostBytes;
    }

    /**
     * @param before where the reader stood before this
     * @return nothing caught yet of the streams of which this has entries; the reader stands before these
     */
    Catch emptied(EntryId[] before, List<String> streams) {
        Catch emptied = new Catch(cursors, mostBytes);
        for (int i = 0; i < parts.size(); i++) {
            int index = streams.indexOf(parts.item(i).stream());
            emptied.cursors[index] = before[index];
        }
        return emptied;
    }

    Parts parts() {
        return parts;
    }

    EntryId[] cursors() {
        return cursors;
    }

    /** @return whether more entries must wait for the next time */
    boolean isFull() {
        return isFull;
    }

    /** @return how many bytes more there may be */
    long room() {
        return mostBytes - parts.bytes();
    }

    /** @param index of the stream */
    void add(int index, String stream, List<Entry> entries) {
        for (Entry entry : entries) {
            isFull = !parts.isEmpty()
                    && (entry.payload().length() > room() || parts.size() == StreamService.MOST_ENTRIES);
            if (isFull) {
                return;
            }
            parts.add(stream, entry);
            cursors[index] = entry.id();
        }
    }

    /** Nothing is there up to this id. */
    void skipTo(int index, EntryId id) {
        cursors[index] = EntryId.later(cursors[index], id);
    }

    /** Moves the reader forward in all streams to where it stands in one of them. */
    void synchronize(int index) {
        for (int i = 0; i < cursors.length; i++) {
            skipTo(i, cursors[index]);
        }
    }
}
