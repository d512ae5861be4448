package lyceum.stream.internal;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.stream.internal.archive.Chunk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Entries of a recorded stream that wait for more, until they are enough for a chunk or have waited for long enough. One
 * chunk is written after the other: behind what is stored nothing may be missing. Lives on one context.
 */
final class GrowingChunk {

    private static final Logger LOG = LoggerFactory.getLogger(GrowingChunk.class);

    /** As the original cuts them (contract, 4.4). */
    private static final int MOST_ENTRIES = 1000;

    private static final long MOST_BYTES = 9_961_472;

    private static final Failure ABANDONED = new Failure(Kind.UNAVAILABLE, "another instance records");

    private final String recording;
    private final String stream;
    private final RecordingMemory memory;
    private final ChunkWriter writer;
    private final RecorderMetrics metrics;

    private List<Entry> entries = new ArrayList<>();
    private long bytes;
    private long weight;
    private long sinceNanos;
    private Future<Void> stored = Future.succeededFuture();
    private long storedEntries;
    private boolean isUntouched = true;
    private boolean isAbandoned;

    GrowingChunk(String recording, String stream, RecordedStream.Parties parties) {
        this.recording = recording;
        this.stream = stream;
        this.memory = parties.memory();
        this.writer = parties.writer();
        this.metrics = parties.metrics();
    }

    /** @return whether there never was an entry */
    boolean isUntouched() {
        return isUntouched;
    }

    /** @return bytes of memory of those that wait for more */
    long weight() {
        return weight;
    }

    /** @return entries that are stored */
    long storedEntries() {
        return storedEntries;
    }

    /** @param entry behind all others */
    void add(Entry entry) {
        isUntouched = false;
        if (entries.isEmpty()) {
            sinceNanos = System.nanoTime();
        }
        entries.add(entry);
        bytes += entry.payload().length();
        weight += entry.weight();
        memory.hold(entry.weight());
        if (entries.size() >= MOST_ENTRIES || bytes >= MOST_BYTES) {
            cut();
        }
    }

    /** Has written what has waited for so long. */
    void cutWhatWaited(Duration longest) {
        if (!entries.isEmpty() && System.nanoTime() - sinceNanos >= longest.toNanos()) {
            cut();
        }
    }

    /** Has written what there is. */
    void cut() {
        if (entries.isEmpty()) {
            return;
        }
        List<Entry> all = entries;
        long held = weight;
        clear();
        stored = stored.compose(before -> write(new Chunk(stream, all)))
                .onSuccess(written -> storedEntries += all.size())
                .onFailure(error -> tellLoss(all))
                .onComplete(done -> memory.giveBack(held));
    }

    /** What is abandoned while the one before is under way would be taken for something of the writer's next term. */
    private Future<Void> write(Chunk chunk) {
        return isAbandoned ? Future.failedFuture(ABANDONED) : writer.write(recording, chunk);
    }

    /** What waited is on its way, or given up. */
    private void clear() {
        memory.handOver(weight);
        entries = new ArrayList<>();
        bytes = 0;
        weight = 0;
    }

    private void tellLoss(List<Entry> lost) {
        if (isAbandoned) {
            return;
        }
        metrics.lost.increment(lost.size());
        LOG.warn(
                "not written: recording={} stream={} first={} last={} entries={}",
                recording,
                stream,
                lost.get(0).id(),
                lost.get(lost.size() - 1).id(),
                lost.size());
    }

    /** @return done when everything that was added is stored; fails where it is not */
    Future<Void> finish() {
        cut();
        return stored;
    }

    /** Nobody is to miss what is not stored, and no more of it is handed to the writer. */
    void abandon() {
        isAbandoned = true;
        memory.giveBack(weight);
        clear();
    }
}
