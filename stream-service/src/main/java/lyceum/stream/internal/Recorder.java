package lyceum.stream.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lyceum.platform.Bus;
import lyceum.stream.RecordingName;
import lyceum.stream.RecordingService;
import lyceum.stream.RecordingService.RecordingStarted;
import lyceum.stream.RecordingService.RecordingStopped;
import lyceum.stream.internal.RecorderLease.Duty;
import lyceum.stream.internal.RecordingConfig.RecorderConfig;
import lyceum.stream.internal.RecordingStarts.Beginning;
import lyceum.stream.internal.archive.RecordingStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records while Redis says so, if no other instance does. It looks a few times in a second, as the original does once;
 * nothing is lost by that, because the event of the start tells where it was. Lives on one context.
 */
final class Recorder {

    private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);

    private static final Duration INTERVAL = Duration.ofMillis(250);

    private final Vertx vertx;
    private final Bus bus;
    private final RecordingStore store;
    private final RecorderLease lease;
    private final RecordingMemory memory;
    private final RecorderMetrics metrics;
    private final ChunkWriter writer;
    private final RecordingRun.Parties parties;
    private final Map<String, RecordingRun> runs = new HashMap<>();

    private long timer = -1;
    private boolean isAsking;
    private boolean isStopping;
    private boolean isHolder;
    private Future<Void> swept = Future.succeededFuture();
    private long term;
    private String refused = "";

    /** What it reads from. */
    record Sources(RedisLines redis, RangeReads reads, Tailer tailer) {}

    /** @param instance unique in the cluster */
    Recorder(
            Vertx vertx,
            Bus bus,
            String instance,
            Sources sources,
            RecordingStore store,
            RecorderConfig config,
            RecorderMetrics metrics) {
        this.vertx = vertx;
        this.bus = bus;
        this.store = store;
        this.metrics = metrics;
        lease = new RecorderLease(sources.redis(), instance, config.lease());
        memory = new RecordingMemory(config.memoryBytes());
        writer = new ChunkWriter(vertx, store, lease, metrics, config.writers());
        StreamScan scan = new StreamScan(sources.redis());
        UnfinishedRecordings unfinished = new UnfinishedRecordings(sources.redis(), instance);
        parties = new RecordingRun.Parties(
                vertx,
                scan,
                new RecordingStarts(sources.redis(), scan, unfinished, store, RecordedStreams.MOST),
                unfinished,
                new RecordedStream.Parties(sources.tailer(), sources.reads(), memory, this::relieve, writer, metrics),
                config.chunkTime(),
                config.exports());
    }

    /** @return whether this instance is the one that records */
    boolean isHolder() {
        return isHolder && lease.isHeld();
    }

    void start() {
        timer = vertx.setPeriodic(INTERVAL.toMillis(), tick -> ask());
        ask();
    }

    private void ask() {
        if (isAsking || isStopping) {
            return;
        }
        isAsking = true;
        lease.sign()
                .onComplete(answered -> isAsking = false)
                .onSuccess(this::take)
                .onFailure(error -> LOG.debug("nobody tells what is to be recorded", error));
    }

    private void take(Duty duty) {
        if (isStopping) {
            return;
        }
        if (!duty.isOurs() || isHolder && duty.term() > term + 1) {
            abandon();
        }
        if (duty.isOurs()) {
            hold(duty);
        }
        if (duty.isOurs() && swept.isComplete()) {
            record(duty);
        }
        metrics.held.set(memory.held());
        metrics.running.set(runs.size());
    }

    /** While Redis was away the lease may have expired, but nobody else has begun to record. */
    private void hold(Duty duty) {
        term = duty.term();
        if (!isHolder) {
            isHolder = true;
            LOG.info("this instance records");
            swept = store.sweep().onFailure(error -> LOG.warn("what others have left takes its room still", error));
        }
    }

    private void abandon() {
        if (isHolder) {
            isHolder = false;
            LOG.warn("another instance records");
            runs.values().forEach(RecordingRun::abandon);
            runs.clear();
            writer.drop();
        }
    }

    private void record(Duty duty) {
        String wanted = wanted(duty.running());
        Map.copyOf(runs).forEach((recording, run) -> {
            if (!recording.equals(wanted) && !run.isEnding()) {
                finish(recording, run, EntryId.LAST);
            }
        });
        if (!wanted.isEmpty() && !runs.containsKey(wanted)) {
            begin(wanted, duty);
        }
        duty.unfinished().stream()
                .filter(recording -> !recording.equals(wanted) && !runs.containsKey(recording))
                .forEach(recording -> end(recording, duty));
    }

    private String wanted(String running) {
        if (running.isEmpty() || RecordingName.isOne(running)) {
            return running;
        }
        if (!running.equals(refused)) {
            refused = running;
            LOG.warn("not recorded, its name is none: {}", running);
        }
        return "";
    }

    private RecordingRun begin(String recording, Duty duty) {
        RecordingRun run = new RecordingRun(recording, parties);
        runs.put(recording, run);
        run.begin(duty.started())
                .onSuccess(beginning -> tellBeginning(recording, beginning))
                .onFailure(error -> LOG.debug("recording={} did not begin", recording, error));
        return run;
    }

    private void tellBeginning(String recording, Beginning beginning) {
        LOG.info("recording={} {}", recording, beginning.isNew() ? "has begun" : "goes on");
        if (beginning.isNew()) {
            Instant at = Instant.ofEpochMilli(beginning.at().millis());
            bus.publish(RecordingService.STARTED, new RecordingStarted(recording, at));
        }
    }

    /** It was stopped while nobody recorded, or so soon that nobody has seen it. */
    private void end(String recording, Duty duty) {
        RecordingRun run = begin(recording, duty);
        finish(recording, run, duty.event().equals(EntryId.NONE) ? EntryId.LAST : duty.event());
    }

    private void finish(String recording, RecordingRun run, EntryId upTo) {
        run.finish(upTo)
                .onComplete(over -> runs.remove(recording, run))
                .onSuccess(this::tellEnd)
                .onFailure(error -> LOG.info("recording={} is left to others: {}", recording, error.getMessage()));
    }

    private void tellEnd(RecordingStopped recording) {
        LOG.info(
                "recording={} has ended streams={} entries={}",
                recording.name(),
                recording.streams(),
                recording.entries());
        bus.publish(RecordingService.STOPPED, recording);
    }

    /** Writes early what takes most room. */
    private void relieve() {
        while (memory.isCrowded()) {
            Optional<GrowingChunk> largest = runs.values().stream()
                    .flatMap(run -> run.streams().stream())
                    .map(RecordedStream::chunk)
                    .max(Comparator.comparingLong(GrowingChunk::weight));
            if (largest.isEmpty() || largest.get().weight() == 0) {
                return;
            }
            largest.get().cut();
        }
    }

    /** A stream has got its first entry. */
    void created(String stream) {
        runs.values().forEach(run -> run.created(stream));
    }

    /** A stream has been deleted. */
    void restart(String stream) {
        runs.values().forEach(run -> run.restart(stream));
    }

    /** Stores what was read, and leaves the rest to another instance. */
    Future<Void> stop() {
        isStopping = true;
        vertx.cancelTimer(timer);
        List<Future<Void>> suspended = new ArrayList<>();
        runs.values().forEach(run -> suspended.add(run.suspend()));
        writer.hurry();
        return Future.join(suspended).<Void>mapEmpty().eventually(lease::release);
    }
}
