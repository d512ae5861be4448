package lyceum.stream.internal.archive;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import lyceum.platform.Loop;
import lyceum.stream.internal.Entry;
import lyceum.stream.internal.EntryId;

/** Makes chunks, and reads all that a store has of a stream. */
public final class StoredEntries {

    private StoredEntries() {}

    /** @param pairs each id and payload */
    public static Chunk chunk(String stream, String... pairs) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < pairs.length; i += 2) {
            entries.add(new Entry(EntryId.of(pairs[i]), Buffer.buffer(pairs[i + 1])));
        }
        return new Chunk(stream, entries);
    }

    /** @return each entry as {@code id payload} */
    public static List<String> read(RecordingStore store, String recording, String stream) {
        List<String> all = new ArrayList<>();
        return EntryReader.of(store, recording, stream)
                .map(found -> found.orElseThrow())
                .compose(reader -> Loop.whileTrue(() -> next(reader, all)).eventually(reader::close))
                .map(done -> all)
                .await();
    }

    private static Future<Boolean> next(EntryReader reader, List<String> all) {
        return reader.next(2)
                .compose(heads -> heads.isEmpty()
                        ? Future.succeededFuture(false)
                        : reader.read(heads).map(entries -> {
                            entries.forEach(entry -> all.add(entry.id() + " " + entry.payload()));
                            return true;
                        }));
    }
}
