package lyceum.stream.internal;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import lyceum.platform.Failure;
import lyceum.platform.Loop;
import lyceum.stream.internal.RangeReads.Found;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream that is recorded: up to where it has been read, and what waits to be written. While entries come it follows
 * the stream's tail, as any reader does; a stream that is silent is only looked at now and then. Lives on one context.
 */
final class RecordedStream {

    private static final Logger LOG = LoggerFactory.getLogger(RecordedStream.class);

    private static final int READ_ENTRIES = 256;
    private static final long READ_BYTES = 1L << 20;
    private static final Duration FOLLOWED_SILENT = Duration.ofSeconds(30);

    /**
     * What all recorded streams have in common.
     *
     * @param crowded told when something more is gathered, and memory is short perhaps
     */
    record Parties(
            Tailer tailer,
            RangeReads reads,
            RecordingMemory memory,
            Runnable crowded,
            ChunkWriter writer,
            RecorderMetrics metrics) {}

    /**
     * Where a recording begins in a stream.
     *
     * @param isEntry whether there was such an entry: while it is still there, nothing behind it is missing
     * @param isStored whether entries of it are stored
     */
    record Start(EntryId cursor, boolean isEntry, boolean isStored) {
        static final Start OF_ALL = new Start(EntryId.NONE, false, false);
    }

    private final String recording;
    private final String stream;
    private final Parties parties;
    private final GrowingChunk chunk;
    private final boolean isStored;
    private final Runnable news = this::read;

    private EntryId cursor;
    private boolean isAtEntry;
    private EntryId end = EntryId.LAST;
    private Tail tail;
    private boolean isJoining;
    private boolean isReading;
    private boolean isEnding;
    private boolean isOver;
    private int generation;
    private long lastNewsNanos = System.nanoTime();
    private Future<Void> lastReading = Future.succeededFuture();

    RecordedStream(String recording, String stream, Start start, Parties parties) {
        this.recording = recording;
        this.stream = stream;
        this.cursor = start.cursor();
        this.isAtEntry = start.isEntry();
        this.isStored = start.isStored();
        this.parties = parties;
        this.chunk = new GrowingChunk(recording, stream, parties);
    }

    /** @return up to where it has been read */
    EntryId cursor() {
        return cursor;
    }

    /** @return whether nothing of it is recorded */
    boolean isUntouched() {
        return !isStored && chunk.isUntouched();
    }

    /** @return whether nobody tells when the stream has news */
    boolean isSilent() {
        return tail == null && !isJoining && !isReading;
    }

    /** @return what waits to be written */
    GrowingChunk chunk() {
        return chunk;
    }

    /** Follows the stream from now on, until it falls silent. Where too many are followed, it is only read. */
    void follow() {
        if (isEnding || isOver || !isSilent()) {
            return;
        }
        isJoining = true;
        parties.tailer().follow(stream).onComplete(followed -> {
            isJoining = false;
            if (followed.succeeded()) {
                join(followed.result());
            }
            read();
        });
    }

    private void join(Tail followed) {
        if (isEnding || isOver) {
            parties.tailer().leave(followed);
        } else {
            tail = followed;
            lastNewsNanos = System.nanoTime();
        }
    }

    private void leave() {
        if (tail != null) {
            tail.stopWaiting(news);
            parties.tailer().leave(tail);
            tail = null;
        }
    }

    /** Does what is due: writes what has waited for long enough, and reads on where reading has failed. */
    void check(Duration chunkTime) {
        chunk.cutWhatWaited(chunkTime);
        boolean isLongSilent = System.nanoTime() - lastNewsNanos > FOLLOWED_SILENT.toNanos();
        if (tail != null && tail.isBroken() || isLongSilent && isCaughtUp()) {
            leave();
        } else if (tail != null) {
            read();
        }
    }

    private boolean isCaughtUp() {
        return tail != null && !tail.last().isAfter(cursor);
    }

    /** The stream has been deleted, and begins anew. */
    void restart() {
        chunk.cut();
        generation++;
        cursor = EntryId.NONE;
        isAtEntry = false;
    }

    /** Reads what there is. */
    private void read() {
        if (isReading || isEnding || isOver) {
            return;
        }
        isReading = true;
        lastReading = Loop.whileTrue(this::readSome)
                .onComplete(read -> isReading = false)
                .onSuccess(all -> awaitNews())
                .onFailure(this::tell)
                .otherwiseEmpty();
    }

    private void awaitNews() {
        if (tail == null || isOver) {
            return;
        }
        if (isCaughtUp()) {
            tail.await(news);
        } else if (!tail.isBroken()) {
            read();
        }
    }

    /** It is read on at the next check. */
    private void tell(Throwable error) {
        if (error instanceof Failure) {
            LOG.debug("recording={} stream={} cannot be read now", recording, stream, error);
        } else {
            LOG.error("recording={} stream={} cannot be read", recording, stream, error);
        }
    }

    /** @return whether there may be more */
    private Future<Boolean> readSome() {
        if (isOver || isCaughtUp() || tail != null && tail.isBroken()) {
            return Future.succeededFuture(false);
        }
        return parties.memory()
                .takeShare()
                .compose(taken -> isOver ? Future.succeededFuture(false) : readNext())
                .onComplete(read -> parties.memory().giveBackShare());
    }

    private Future<Boolean> readNext() {
        if (tail == null || tail.ring().floor().isAfter(cursor)) {
            return readFromRedis();
        }
        gather(List.copyOf(tail.ring().after(cursor, READ_ENTRIES)));
        return Future.succeededFuture(true);
    }

    private Future<Boolean> readFromRedis() {
        int before = generation;
        return behindCursor().map(entries -> isOver || before != generation ? !isOver : take(entries));
    }

    /** The entry that was read last is asked for once more: while it is there, Redis has trimmed nothing behind it. */
    private Future<List<Entry>> behindCursor() {
        EntryId at = cursor;
        if (!isAtEntry) {
            return read(at).map(Found::entries);
        }
        return read(at.previous()).compose(found -> {
            List<Entry> entries = found.entries();
            if (entries.isEmpty() || !entries.get(0).id().equals(at)) {
                entries.stream().findFirst().ifPresent(next -> tellGap(at, next.id()));
                return Future.succeededFuture(entries);
            }
            boolean isFull = entries.size() == 1 && found.isCut();
            return isFull ? read(at).map(Found::entries) : Future.succeededFuture(entries.subList(1, entries.size()));
        });
    }

    private Future<Found> read(EntryId from) {
        return parties.reads().after(stream, from, READ_ENTRIES, READ_BYTES);
    }

    private boolean take(List<Entry> entries) {
        if (entries.isEmpty() && tail != null && tail.ring().floor().isAfter(cursor)) {
            // Up to what is in memory there is nothing in Redis any more.
            cursor = tail.ring().floor();
            isAtEntry = false;
        }
        gather(entries);
        return !entries.isEmpty() || tail != null && !isCaughtUp();
    }

    private void tellGap(EntryId at, EntryId next) {
        if (!at.equals(cursor)) {
            // The stream has been deleted meanwhile.
            return;
        }
        parties.metrics().gaps.increment();
        LOG.warn(
                "Redis had trimmed entries before they were recorded: recording={} stream={} after={} before={}",
                recording,
                stream,
                at,
                next);
    }

    private void gather(List<Entry> entries) {
        for (Entry entry : entries) {
            if (entry.id().isAfter(end)) {
                isOver = true;
                return;
            }
            chunk.add(entry);
            cursor = entry.id();
            isAtEntry = true;
        }
        if (!entries.isEmpty()) {
            lastNewsNanos = System.nanoTime();
            parties.crowded().run();
        }
    }

    /** Writes an entry from before the recording. */
    void copy(Entry entry) {
        if (!isOver) {
            chunk.add(entry);
            chunk.cut();
        }
    }

    /**
     * Reads up to an entry and no further.
     *
     * @return done when that is read; fails where Redis does not answer, and may be tried again
     */
    Future<Void> drain(EntryId last) {
        isEnding = true;
        end = last;
        leave();
        return lastReading.compose(read ->
                Loop.whileTrue(() -> isOver || !end.isAfter(cursor) ? Future.succeededFuture(false) : readSome()));
    }

    /** Reads nothing more. @return done when everything that was read is stored; fails where it is not */
    Future<Void> finish() {
        isOver = true;
        leave();
        return chunk.finish();
    }

    /** Another recorder goes on behind what is stored. */
    void abandon() {
        isOver = true;
        leave();
        chunk.abandon();
    }
}
