package lyceum.stream.internal.archive;

import lyceum.stream.internal.EntryId;

/**
 * One stream of a recording, by the names of its files.
 *
 * @param chunks how many files it has, or {@link #SINGLE}
 * @param bytes of its files
 * @param first id of the first entry; null where nothing is known, as of a single file
 * @param last id of the last entry; null as {@code first}
 */
public record StoredStream(String stream, int chunks, long bytes, EntryId first, EntryId last) {

    /** The older form: one file for all. */
    public static final int SINGLE = -1;

    static StoredStream single(String stream, long bytes) {
        return new StoredStream(stream, SINGLE, bytes, null, null);
    }

    /** @return the same with one chunk more */
    StoredStream with(ChunkName chunk, long chunkBytes) {
        return new StoredStream(
                stream,
                chunks + 1,
                bytes + chunkBytes,
                first == null || first.isAfter(chunk.first()) ? chunk.first() : first,
                last == null || chunk.last().isAfter(last) ? chunk.last() : last);
    }

    public boolean isSingle() {
        return chunks == SINGLE;
    }
}
