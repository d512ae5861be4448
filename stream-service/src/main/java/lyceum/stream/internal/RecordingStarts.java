package lyceum.stream.internal;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import lyceum.stream.internal.RecordedStream.Start;
import lyceum.stream.internal.UnfinishedRecordings.Noted;
import lyceum.stream.internal.archive.RecordingStore;
import lyceum.stream.internal.archive.StoredRecording;
import lyceum.stream.internal.archive.StoredStream;

/** Finds out behind which entries a recording begins, and behind which ones it goes on. */
final class RecordingStarts {

    private final RedisLines redis;
    private final StreamScan scan;
    private final UnfinishedRecordings unfinished;
    private final RecordingStore store;
    private final int mostStreams;

    RecordingStarts(
            RedisLines redis, StreamScan scan, UnfinishedRecordings unfinished, RecordingStore store, int mostStreams) {
        this.redis = redis;
        this.scan = scan;
        this.unfinished = unfinished;
        this.store = store;
        this.mostStreams = mostStreams;
    }

    /**
     * Where a recording begins or goes on.
     *
     * @param at when it was started
     * @param isNew whether it begins
     * @param isStored whether something of it is stored
     */
    record Beginning(EntryId at, boolean isNew, boolean isStored, Map<String, Start> streams) {}

    /** @param seen when the recording seems to have begun, if nobody has noted it. @return where to begin or to go on */
    Future<Beginning> find(String recording, EntryId seen) {
        return unfinished.find(recording).compose(noted -> {
            EntryId at = noted.start() == null ? seen : noted.start();
            return noted.isBegun()
                    ? store.find(recording).compose(stored -> resume(noted, at, stored))
                    : begin(recording, at, noted.streams()).map(starts -> new Beginning(at, true, false, starts));
        });
    }

    /** Begins a recording in all streams that there are, and notes that for those who may have to go on with it. */
    private Future<Map<String, Start>> begin(String recording, EntryId at, Map<String, EntryId> ahead) {
        return scan.lastIds(mostStreams).compose(ids -> {
            Map<String, EntryId> cursors = new HashMap<>();
            ids.forEach((stream, last) -> cursors.put(stream, cursor(stream, last, at)));
            cursors.putAll(ahead);
            return unfinished.begin(recording, at, cursors).map(noted -> starts(cursors, ids));
        });
    }

    /**
     * What was in a stream when the recording was started is not recorded. Where the last id is later, nobody knows any
     * more which one was the last then; but as a rule ids are times, and those of the start and later ones belong to the
     * recording. Of events, the one of the start is not recorded.
     */
    private static EntryId cursor(String stream, EntryId last, EntryId at) {
        if (stream.equals(RecordingKeys.EVENTS)) {
            return at;
        }
        return last.isAfter(at) ? new EntryId(at.millis(), 0).previous() : last;
    }

    private static Map<String, Start> starts(Map<String, EntryId> cursors, Map<String, EntryId> lastIds) {
        Map<String, Start> starts = new HashMap<>();
        cursors.forEach(
                (stream, cursor) -> starts.put(stream, new Start(cursor, cursor.equals(lastIds.get(stream)), false)));
        return starts;
    }

    /**
     * Another recorder has begun it. It goes on behind what is stored; where nothing is stored, behind its start; and in a
     * stream that was not there at its start from the first entry on.
     */
    private Future<Beginning> resume(Noted noted, EntryId at, StoredRecording stored) {
        Map<String, EntryId> ends = ends(stored.streams());
        return scan.lastIds(mostStreams).map(ids -> {
            Map<String, Start> starts = new HashMap<>();
            ids.forEach(
                    (stream, last) -> starts.put(stream, resumed(noted.streams().get(stream), ends.get(stream), last)));
            return new Beginning(at, false, !stored.streams().isEmpty(), starts);
        });
    }

    private static Map<String, EntryId> ends(List<StoredStream> streams) {
        return streams.stream()
                .filter(stream -> stream.last() != null)
                .collect(Collectors.toMap(StoredStream::stream, StoredStream::last, EntryId::later));
    }

    /**
     * @param begun null for a stream that was not there
     * @param stored null where nothing is
     * @param last id that was given in the stream: it never becomes smaller, but for a stream that was deleted and made
     *     anew
     */
    private static Start resumed(EntryId begun, EntryId stored, EntryId last) {
        EntryId start = begun == null ? EntryId.NONE : begun;
        EntryId cursor = stored == null ? start : EntryId.later(start, stored);
        return cursor.isAfter(last)
                ? new Start(EntryId.NONE, false, stored != null)
                : new Start(cursor, cursor.equals(stored), stored != null);
    }

    /** @return the last entry of a stream that is not behind an id */
    Future<Optional<Entry>> lastUpTo(String stream, EntryId id) {
        return redis.send(Request.cmd(Command.XREVRANGE)
                        .arg(stream)
                        .arg(id.toString())
                        .arg("-")
                        .arg("COUNT")
                        .arg(1))
                .map(reply -> Entry.listOf(reply).stream().findFirst());
    }
}
