package lyceum.stream.internal.archive;

import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import lyceum.platform.Failure;
import lyceum.platform.Loop;
import lyceum.stream.internal.Entry;
import lyceum.stream.internal.EntryId;

/**
 * Reads the entries of a stream of a recording, file after file, of which one is open at a time. One thing is asked at a
 * time. Lives on one context.
 */
public final class EntryReader {

    private final RecordingStore store;
    private final Deque<StoredZip> zips;

    private StoredZip zip;
    private StoredBytes file;
    private ZipDirectory directory;
    private EntryId lastOfFormer = EntryId.NONE;

    private EntryReader(RecordingStore store, List<StoredZip> zips) {
        this.store = store;
        this.zips = new ArrayDeque<>(zips);
    }

    /** @return a reader; empty where there is no such stream */
    public static Future<Optional<EntryReader>> of(RecordingStore store, String recording, String stream) {
        return store.zips(recording, stream)
                .map(zips -> zips.isEmpty() ? Optional.empty() : Optional.of(new EntryReader(store, zips)));
    }

    /**
     * @return a reader of the entries around an id, some before it and all behind it: files that end before the last one
     *     which begins before it are passed over. Or NOT_FOUND where there is no such stream
     */
    public static Future<EntryReader> around(RecordingStore store, String recording, String stream, EntryId id) {
        return store.zips(recording, stream).map(zips -> {
            if (zips.isEmpty()) {
                throw Failure.notFound("no stream %s in recording %s".formatted(stream, recording));
            }
            int first = 0;
            // What is nearest may be the last entry of the file before.
            while (first + 1 < zips.size() && id.isAfter(zips.get(first + 1).last())) {
                first++;
            }
            return new EntryReader(store, zips.subList(first, zips.size()));
        });
    }

    /**
     * @param most how many are wanted
     * @return the next entries, all in one file, so that they can be read together; none at the end. Or
     *     {@link BrokenZip}
     */
    public Future<List<RecordedEntry>> next(int most) {
        List<RecordedEntry> found = new ArrayList<>();
        return Loop.whileTrue(() -> opened().compose(isOpen -> isOpen ? take(found, most) : isOver()))
                .map(all -> found);
    }

    private static Future<Boolean> isOver() {
        return Future.succeededFuture(false);
    }

    private Future<Boolean> take(List<RecordedEntry> found, int most) {
        return directory.next().compose(next -> {
            if (next.isEmpty()) {
                return found.isEmpty() ? leave().map(true) : isOver();
            }
            next.flatMap(this::entry).ifPresent(found::add);
            return Future.succeededFuture(found.size() < most);
        });
    }

    /**
     * Two recorders that took each other for dead may have written the same entries twice, in files that overlap: they
     * are read once. What is no entry is passed over.
     */
    private Optional<RecordedEntry> entry(ZipMember member) {
        return EntryId.parse(member.name())
                .filter(id -> id.isAfter(lastOfFormer))
                .map(id -> new RecordedEntry(id, member));
    }

    /** @param entries of the last {@link #next}, some that follow each other. @return with their bytes */
    public Future<List<Entry>> read(List<RecordedEntry> entries) {
        return new ZipBytes(file)
                .read(entries.stream().map(RecordedEntry::member).toList())
                .map(payloads -> {
                    List<Entry> read = new ArrayList<>(payloads.size());
                    for (int i = 0; i < payloads.size(); i++) {
                        read.add(new Entry(entries.get(i).id(), payloads.get(i)));
                    }
                    return read;
                });
    }

    /** @return whether a file is open, else there are no more */
    private Future<Boolean> opened() {
        if (directory != null || zips.isEmpty()) {
            return Future.succeededFuture(directory != null);
        }
        zip = zips.remove();
        return store.open(zip.place()).compose(opened -> {
            file = opened;
            return ZipDirectory.of(file).map(found -> {
                directory = found;
                return true;
            });
        });
    }

    private Future<Void> leave() {
        lastOfFormer = EntryId.later(lastOfFormer, zip.last());
        directory = null;
        return close();
    }

    /** Lets go of the file; nothing can be asked any more. */
    public Future<Void> close() {
        StoredBytes open = file;
        file = null;
        return open == null ? Future.succeededFuture() : open.close();
    }
}
