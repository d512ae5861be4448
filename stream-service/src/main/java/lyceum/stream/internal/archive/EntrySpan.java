package lyceum.stream.internal.archive;

import io.vertx.core.Future;
import java.util.Optional;
import lyceum.platform.Loop;
import lyceum.stream.internal.EntryId;

/**
 * From which entry to which a stream goes.
 *
 * @param first null where there is none
 * @param last null where there is none
 */
public record EntrySpan(EntryId first, EntryId last) {

    /** No entry at all. */
    public static final EntrySpan NONE = new EntrySpan(null, null);

    private static final int STEP = 1000;

    /** @return of a stream, by the names of its files, or by what is in its single file. Or {@link BrokenZip} */
    public static Future<EntrySpan> of(RecordingStore store, String recording, StoredStream stream) {
        return stream.isSingle()
                ? EntryReader.of(store, recording, stream.stream())
                        .compose(reader -> reader.map(EntrySpan::of).orElse(Future.succeededFuture(NONE)))
                : Future.succeededFuture(new EntrySpan(stream.first(), stream.last()));
    }

    private static Future<EntrySpan> of(EntryReader reader) {
        EntrySpan[] span = {NONE};
        return Loop.whileTrue(() -> reader.next(STEP).map(entries -> {
                    entries.forEach(entry -> span[0] = span[0].with(entry.id()));
                    return !entries.isEmpty();
                }))
                .eventually(reader::close)
                .map(all -> span[0]);
    }

    private EntrySpan with(EntryId id) {
        return new EntrySpan(
                first == null || first.isAfter(id) ? id : first, last == null || id.isAfter(last) ? id : last);
    }

    /** @return whether there is an entry */
    public Optional<EntrySpan> filled() {
        return first == null ? Optional.empty() : Optional.of(this);
    }

    /** @return from the earlier of the first entries to the later of the last ones; both must be there */
    public EntrySpan and(EntrySpan other) {
        return with(other.first).with(other.last);
    }

    /** @return from the first entry to the last */
    public long millis() {
        return last.millis() - first.millis();
    }
}
