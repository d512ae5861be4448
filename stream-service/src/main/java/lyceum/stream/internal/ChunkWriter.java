package lyceum.stream.internal;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.stream.internal.archive.Chunk;
import lyceum.stream.internal.archive.RecordingStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes chunks, a few at once, each until it is written: while a disk is full, entries wait in memory, and when that is
 * full they wait in Redis. Lives on one context.
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

    private int underWay;
    private long pauseMillis;
    private boolean isPausing;
    private boolean isHurried;
    private int term;

    private record Job(String recording, Chunk chunk, int term, Promise<Void> end) {}

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
        Job job = new Job(recording, chunk, term, Promise.promise());
        waiting.add(job);
        next();
        return job.end().future();
    }

    /** Another instance records: nothing that waits is written any more. What is handed over later is of the next term. */
    void drop() {
        term++;
        giveUp();
    }

    /** This instance stops: nothing is tried again. */
    void hurry() {
        isHurried = true;
        if (isPausing) {
            giveUp();
        }
    }

    private void giveUp() {
        while (!waiting.isEmpty()) {
            giveUp(waiting.remove());
        }
    }

    private void giveUp(Job job) {
        job.end().fail(new Failure(Kind.UNAVAILABLE, "a chunk was given up"));
    }

    private void next() {
        while (!waiting.isEmpty() && underWay < most && !isPausing) {
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
            pauseMillis = 0;
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
            waiting.addFirst(job);
            pause();
        }
    }

    private void count(Chunk chunk) {
        metrics.chunks.increment();
        metrics.entries.increment(chunk.entries().size());
        chunk.entries().forEach(entry -> metrics.bytes.increment(entry.payload().length()));
    }

    private void pause() {
        if (isPausing) {
            return;
        }
        isPausing = true;
        pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, Math.max(FIRST_PAUSE_MILLIS, 2 * pauseMillis));
        vertx.setTimer(pauseMillis, over -> {
            isPausing = false;
            next();
        });
    }
}
