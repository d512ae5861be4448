package lyceum.gateway.video;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import lyceum.gateway.route.Refusal;
import lyceum.media.LiveChannel;
import lyceum.media.LiveChannel.FilePiece;
import lyceum.media.LiveChannel.ReadChannelFile;
import lyceum.media.LiveService.Place;
import lyceum.platform.Loop;

/**
 * Files of channels for all who watch them: whoever asks first has them read, the others get the same. Segments never
 * change and stay until there is no room for them; lists stay for a moment. What would not fit is read for each who asks, a
 * piece at a time. Lives on one context.
 */
public final class ChannelCache {

    /** Lists of a live stream change every few seconds, and a viewer's clock is not that exact. */
    private static final Duration LIST_KEPT = Duration.ofMillis(300);

    /** One file may have so much of all. */
    private static final int SHARE = 4;

    private record Key(Place place, String name, String file) {}

    private static final class Entry {
        private Future<ChannelFile> file;
        private long bytes;
    }

    private final Vertx vertx;
    private final LiveVideoAccess video;
    private final long limitBytes;

    /** Who was not asked for longest comes first. */
    private final Map<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

    private long heldBytes;

    /** @param limitBytes of all files together */
    public ChannelCache(Vertx vertx, LiveVideoAccess video, long limitBytes) {
        this.vertx = vertx;
        this.video = video;
        this.limitBytes = limitBytes;
    }

    /** @return a file of a channel; or the failures of {@link LiveChannel#readChannelFile} */
    Future<ChannelFile> find(Place place, String name, String file) {
        Key key = new Key(place, name, file);
        Entry known = entries.get(key);
        if (known != null) {
            return known.file;
        }
        Entry entry = new Entry();
        entries.put(key, entry);
        entry.file = read(key, 0).compose(first -> load(key, entry, first)).onFailure(error -> drop(key, entry));
        if (isList(file)) {
            entry.file.onSuccess(read -> vertx.setTimer(LIST_KEPT.toMillis(), due -> drop(key, entry)));
        }
        return entry.file;
    }

    static boolean isList(String file) {
        return file.endsWith(".m3u8") || file.endsWith(".mpd");
    }

    private Future<FilePiece> read(Key key, long offset) {
        return video.channels()
                .apply(key.place().instance())
                .readChannelFile(new ReadChannelFile(key.name(), key.place().epoch(), key.file(), offset));
    }

    private Future<ChannelFile> load(Key key, Entry entry, FilePiece first) {
        long size = first.sizeBytes();
        if (size > limitBytes / SHARE || !makeRoom(size)) {
            drop(key, entry);
            return Future.succeededFuture(
                    new ChannelFile(size, offset -> read(key, offset).map(FilePiece::bytes)));
        }
        entry.bytes = size;
        heldBytes += size;
        Buffer all = Buffer.buffer((int) size).appendBuffer(first.bytes());
        return Loop.whileTrue(() -> all.length() < size ? append(key, all) : Future.succeededFuture(false))
                .map(read -> ChannelFile.of(all, LiveChannel.PIECE_BYTES));
    }

    private Future<Boolean> append(Key key, Buffer all) {
        return read(key, all.length()).map(piece -> {
            if (piece.bytes().length() == 0) {
                throw new Refusal(404);
            }
            all.appendBuffer(piece.bytes());
            return true;
        });
    }

    /** Drops what was not asked for longest, and nothing that is still being read. */
    private boolean makeRoom(long bytes) {
        Iterator<Map.Entry<Key, Entry>> oldest = entries.entrySet().iterator();
        while (heldBytes + bytes > limitBytes && oldest.hasNext()) {
            Entry entry = oldest.next().getValue();
            if (entry.file != null && entry.file.isComplete()) {
                heldBytes -= entry.bytes;
                entry.bytes = 0;
                oldest.remove();
            }
        }
        return heldBytes + bytes <= limitBytes;
    }

    private void drop(Key key, Entry entry) {
        if (entries.remove(key, entry)) {
            heldBytes -= entry.bytes;
            entry.bytes = 0;
        }
    }

    /** @return bytes of files that are kept */
    public long heldBytes() {
        return heldBytes;
    }
}
