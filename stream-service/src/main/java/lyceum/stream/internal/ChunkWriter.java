package lyceum.stream.internal;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.stream.internal.archive.Chunk;
import lyceum.stream.internal.archive.RecordingStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes chunks, a few at once, each until it is written: while a disk is full, entries wait in memory, and when that is
 * full they wait in Redis. One that could not be written pauses for itself and then waits behind all others: a directory
 * that takes nothing holds up no other. Each stream hands over one chunk at a time ({@link GrowingChunk}), so this changes
 * no order within one. Lives on one context.
 */
final class ChunkWriter {

    private static final Logger LOG = LoggerFactory.getLogger(ChunkWriter.class);

    private static final long FIRST_PAUSE_MILLIS = 200;
    private static final long LONGEST_PAUSE_MILLIS = 10_000;

    private final Vertx vertx;
    private final RecordingStore store;
    private final RecorderLease lease;
    private final RecorderMetrics metrics;
    private final int most;
    private final Deque<Job> waiting = new ArrayDeque<>();

    /** By the timers at which they wait again. */
    private final Map<Long, Job> pausing = new HashMap<>();

    private int underWay;
    private boolean isHurried;
    private int term;

    /** @param pauseMillis after it has failed once more */
    private record Job(String recording, Chunk chunk, int term, long pauseMillis, Promise<Void> end) {

        Job failed() {
            return new Job(recording, chunk, term, Math.min(LONGEST_PAUSE_MILLIS, 2 * pauseMillis), end);
        }
    }

    /** @param most chunks that are written at once */
    ChunkWriter(Vertx vertx, RecordingStore store, RecorderLease lease, RecorderMetrics metrics, int most) {
        this.vertx = vertx;
        this.store = store;
        this.lease = lease;
        this.metrics = metrics;
        this.most = most;
    }

    /** @return done when the chunk is stored; fails where it will not be */
    Future<Void> write(String recording, Chunk chunk) {
        Job job = new Job(recording, chunk, term, FIRST_PAUSE_MILLIS, Promise.promise());
        waiting.add(job);
        next();
        return job.end().future();
    }

    /** Another instance records: nothing that waits is written any more. What is handed over later is of the next term. */
    void drop() {
        term++;
        giveUp();
    }

    /** This instance stops: nothing is tried again. While something fails, perhaps everything does, one after the other. */
    void hurry() {
        isHurried = true;
        if (!pausing.isEmpty()) {
            giveUp();
        }
    }

    private void giveUp() {
        List<Job> all = new ArrayList<>(pausing.values());
        pausing.keySet().forEach(vertx::cancelTimer);
        pausing.clear();
        all.addAll(waiting);
        waiting.clear();
        all.forEach(this::giveUp);
    }

    private void giveUp(Job job) {
        job.end().fail(new Failure(Kind.UNAVAILABLE, "a chunk was given up"));
    }

    private void next() {
        while (!waiting.isEmpty() && underWay < most) {
            Job job = waiting.remove();
            underWay++;
            store.add(job.recording(), job.chunk(), lease::isHeld).onComplete(added -> {
                underWay--;
                take(job, added);
                next();
            });
        }
    }

    private void take(Job job, AsyncResult<Boolean> added) {
        if (added.succeeded() && added.result()) {
            count(job.chunk());
            job.end().complete();
            return;
        }
        if (added.failed()) {
            metrics.failures.increment();
            LOG.error(
                    "a chunk of recording={} stream={} is not written",
                    job.recording(),
                    job.chunk().stream(),
                    added.cause());
        }
        if (job.term() != term || isHurried) {
            giveUp(job);
        } else {
            pause(job);
        }
    }

    private void count(Chunk chunk) {
        metrics.chunks.increment();
        metrics.entries.increment(chunk.entries().size());
        chunk.entries().forEach(entry -> metrics.bytes.increment(entry.payload().length()));
    }

    private void pause(Job job) {
        long timer = vertx.setTimer(job.pauseMillis(), over -> {
            waiting.add(pausing.remove(over).failed());
            next();
        });
        pausing.put(timer, job);
    }
}
