package lyceum.stream.internal;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lyceum.platform.Failure;
import lyceum.platform.Loop;
import lyceum.stream.internal.RangeReads.Found;
import lyceum.stream.internal.archive.Chunk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream that is recorded: up to where it has been read, and what waits to be written. While entries come it follows
 * the stream's tail, as any reader does; a stream that is silent is only looked at now and then. Lives on one context.
 */
final class RecordedStream {

    private static final Logger LOG = LoggerFactory.getLogger(RecordedStream.class);

    /** As the original cuts chunks (contract, 4.4). */
    private static final int CHUNK_ENTRIES = 1000;

    private static final long CHUNK_BYTES = 9_961_472;

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
     */
    record Start(EntryId cursor, boolean isEntry) {
        static final Start OF_ALL = new Start(EntryId.NONE, false);
    }

    private final String recording;
    private final String stream;
    private final Parties parties;
    private final Runnable news = this::read;

    private EntryId cursor;
    private boolean isAtEntry;
    private EntryId end = EntryId.LAST;
    private Tail tail;
    private boolean isJoining;
    private boolean isReading;
    private boolean isEnding;
    private boolean isOver;
    private boolean isAbandoned;
    private int generation;
    private long lastNewsNanos = System.nanoTime();
    private Future<Void> lastReading = Future.succeededFuture();

    private List<Entry> gathered = new ArrayList<>();
    private long gatheredBytes;
    private long gatheredWeight;
    private long gatheredSinceNanos;
    private Future<Void> lastWriting = Future.succeededFuture();
    private boolean hasWritten;
    private long written;

    RecordedStream(String recording, String stream, Start start, Parties parties) {
        this.recording = recording;
        this.stream = stream;
        this.cursor = start.cursor();
        this.isAtEntry = start.isEntry();
        this.parties = parties;
    }

    /** @return up to where it has been read */
    EntryId cursor() {
        return cursor;
    }

    /** @return whether nothing of it has been read */
    boolean isUntouched() {
        return gathered.isEmpty() && !hasWritten;
    }

    /** @return whether nobody tells when the stream has news */
    boolean isSilent() {
        return tail == null && !isJoining && !isReading;
    }

    /** @return bytes that wait for more to come */
    long gatheredWeight() {
        return gatheredWeight;
    }

    /** @return entries that are stored */
    long written() {
        return written;
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
        long nowNanos = System.nanoTime();
        if (!gathered.isEmpty() && nowNanos - gatheredSinceNanos >= chunkTime.toNanos()) {
            cut();
        }
        if (tail != null && tail.isBroken() || nowNanos - lastNewsNanos > FOLLOWED_SILENT.toNanos() && isCaughtUp()) {
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
        cut();
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

    /** The entry that was read last is asked for once more: if it is there, Redis has trimmed nothing behind it. */
    private Future<Boolean> readFromRedis() {
        int before = generation;
        EntryId from = isAtEntry ? cursor.previous() : cursor;
        return parties.reads()
                .after(stream, from, READ_ENTRIES, READ_BYTES)
                .map(found -> isOver || before != generation ? !isOver : take(found));
    }

    private boolean take(Found found) {
        List<Entry> entries = found.entries();
        boolean isThere = !entries.isEmpty() && entries.get(0).id().equals(cursor);
        if (isAtEntry && !isThere && !entries.isEmpty()) {
            tellGap(entries.get(0).id());
        }
        List<Entry> newer = isThere ? entries.subList(1, entries.size()) : entries;
        if (newer.isEmpty() && tail != null && tail.ring().floor().isAfter(cursor)) {
            // Up to what is in memory there is nothing in Redis any more.
            cursor = tail.ring().floor();
            isAtEntry = false;
        }
        gather(newer);
        return !newer.isEmpty() || tail != null && !isCaughtUp();
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
            if (gathered.isEmpty()) {
                gatheredSinceNanos = System.nanoTime();
            }
            gathered.add(entry);
            gatheredBytes += entry.payload().length();
            gatheredWeight += entry.weight();
            parties.memory().hold(entry.weight());
            cursor = entry.id();
            isAtEntry = true;
            if (gathered.size() >= CHUNK_ENTRIES || gatheredBytes >= CHUNK_BYTES) {
                cut();
            }
        }
        if (!entries.isEmpty()) {
            lastNewsNanos = System.nanoTime();
            parties.crowded().run();
        }
    }

    /** Writes an entry from before the recording. */
    void copy(Entry entry) {
        parties.memory().hold(entry.weight());
        write(List.of(entry), entry.weight());
    }

    /** Has written what is gathered. */
    void cut() {
        if (!gathered.isEmpty()) {
            write(gathered, gatheredWeight);
            gathered = new ArrayList<>();
            gatheredBytes = 0;
            gatheredWeight = 0;
        }
    }

    /** One after the other: behind what is stored nothing may be missing. */
    private void write(List<Entry> entries, long weight) {
        hasWritten = true;
        parties.memory().handOver(weight);
        Chunk chunk = new Chunk(stream, entries);
        lastWriting = lastWriting
                .compose(before -> parties.writer().write(recording, chunk))
                .onSuccess(stored -> written += entries.size())
                .onFailure(error -> tellLoss(entries))
                .onComplete(done -> parties.memory().giveBack(weight));
    }

    private void tellLoss(List<Entry> entries) {
        if (isAbandoned) {
            return;
        }
        parties.metrics().lost.increment(entries.size());
        LOG.warn(
                "not written: recording={} stream={} first={} last={} entries={}",
                recording,
                stream,
                entries.get(0).id(),
                entries.get(entries.size() - 1).id(),
                entries.size());
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
        cut();
        return lastWriting;
    }

    /** Another recorder goes on behind what is stored. */
    void abandon() {
        isAbandoned = true;
        isOver = true;
        leave();
        parties.memory().handOver(gatheredWeight);
        parties.memory().giveBack(gatheredWeight);
        gathered = new ArrayList<>();
        gatheredWeight = 0;
    }
}
