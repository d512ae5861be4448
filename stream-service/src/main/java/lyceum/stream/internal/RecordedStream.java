package lyceum.stream.internal;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import lyceum.platform.Failure;
import lyceum.platform.Loop;
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
    private final FollowedTail tail;
    private final GapAwareReads reads;

    private EntryId cursor;
    private boolean isAtEntry;
    private EntryId end = EntryId.LAST;
    private boolean isReading;
    private boolean isEnding;
    private boolean isOver;
    private int generation;
    private Future<Void> lastReading = Future.succeededFuture();

    RecordedStream(String recording, String stream, Start start, Parties parties) {
        this.recording = recording;
        this.stream = stream;
        this.cursor = start.cursor();
        this.isAtEntry = start.isEntry();
        this.isStored = start.isStored();
        this.parties = parties;
        this.chunk = new GrowingChunk(recording, stream, parties);
        this.tail = new FollowedTail(parties.tailer(), stream, this::read);
        this.reads = new GapAwareReads(parties.reads(), stream, READ_ENTRIES, READ_BYTES);
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
        return !tail.isJoined() && !tail.isJoining() && !isReading;
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
        tail.join().onComplete(followed -> read());
    }

    /** Does what is due: writes what has waited for long enough, and reads on where reading has failed. */
    void check(Duration chunkTime) {
        chunk.cutWhatWaited(chunkTime);
        if (tail.isOfNoUse(cursor)) {
            tail.leave();
        } else if (tail.isJoined()) {
            read();
        }
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
        if (!tail.isJoined() || isOver) {
            return;
        }
        if (tail.isReadUpTo(cursor)) {
            tail.await();
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
        if (isOver || tail.isReadUpTo(cursor) || tail.isBroken()) {
            return Future.succeededFuture(false);
        }
        return parties.memory()
                .takeShare()
                .compose(taken -> isOver ? Future.succeededFuture(false) : readNext())
                .onComplete(read -> parties.memory().giveBackShare());
    }

    private Future<Boolean> readNext() {
        if (!tail.isJoined() || tail.beginsAfter(cursor)) {
            return readFromRedis();
        }
        gather(tail.after(cursor, READ_ENTRIES));
        return Future.succeededFuture(true);
    }

    private Future<Boolean> readFromRedis() {
        EntryId at = cursor;
        int before = generation;
        return reads.after(at, isAtEntry).map(behind -> {
            // Where the cursor is elsewhere by now, the stream has been deleted meanwhile.
            if (behind.hasGap() && at.equals(cursor)) {
                tellGap(behind.entries().get(0).id());
            }
            return isOver || before != generation ? !isOver : take(behind.entries());
        });
    }

    private boolean take(List<Entry> entries) {
        if (entries.isEmpty() && tail.beginsAfter(cursor)) {
            // Up to what is in memory there is nothing in Redis any more.
            cursor = tail.floor();
            isAtEntry = false;
        }
        gather(entries);
        return !entries.isEmpty() || tail.isJoined() && !tail.isReadUpTo(cursor);
    }

    private void tellGap(EntryId next) {
        parties.metrics().gaps.increment();
        LOG.warn(
                "Redis had trimmed entries before they were recorded: recording={} stream={} after={} before={}",
                recording,
                stream,
                cursor,
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
            tail.heard();
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
        tail.end();
        return lastReading.compose(read ->
                Loop.whileTrue(() -> isOver || !end.isAfter(cursor) ? Future.succeededFuture(false) : readSome()));
    }

    /** Reads nothing more. @return done when everything that was read is stored; fails where it is not */
    Future<Void> finish() {
        isOver = true;
        tail.end();
        return chunk.finish();
    }

    /** Another recorder goes on behind what is stored. */
    void abandon() {
        isOver = true;
        tail.end();
        chunk.abandon();
    }
}
