package lyceum.stream.internal;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import lyceum.platform.Failure;
import lyceum.platform.Loop;
import lyceum.stream.RecordingService.RecordingStopped;
import lyceum.stream.StreamName;
import lyceum.stream.internal.RecordedStream.Start;
import lyceum.stream.internal.RecordingStarts.Beginning;
import lyceum.stream.internal.archive.RecordingStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One recording, from its start, or from where another recorder has died, to its end. What Redis or the store do not
 * answer is asked again until they do. Lives on one context.
 */
final class RecordingRun {

    /** Most streams of one recording. */
    static final int MOST_STREAMS = 10_000;

    /** So many that are left out are counted and told. */
    private static final int MOST_REFUSED = 100;

    private static final Logger LOG = LoggerFactory.getLogger(RecordingRun.class);

    private static final Duration CHECK_INTERVAL = Duration.ofMillis(500);

    /** Streams that this house makes are told of; those of others are found by looking, after so many checks. */
    private static final int CHECKS_PER_SCAN = 4;

    private static final long PAUSE_MILLIS = 500;

    /** The last entry of {@code <stream>Cal} belongs to every recording of {@code <stream>} (contract, 4.4). */
    private static final String CALIBRATION = "Cal";

    /**
     * Whom it works with.
     *
     * @param streams what all recorded streams have in common
     * @param chunkTime after which entries are written
     * @param isExported whether files are made of it when it is whole
     */
    record Parties(
            Vertx vertx,
            StreamScan scan,
            RecordingStarts starts,
            UnfinishedRecordings unfinished,
            RecordedStream.Parties streams,
            Duration chunkTime,
            boolean isExported) {}

    private final String recording;
    private final Parties parties;
    private final Map<String, RecordedStream> streams = new LinkedHashMap<>();
    private final Set<String> refused = new HashSet<>();

    private Set<String> present = Set.of();
    private Future<Beginning> begun;
    private Future<RecordingStopped> ended;
    private long timer = -1;
    private int checks;
    private boolean isChecking;
    private boolean isStored;
    private boolean isOver;

    RecordingRun(String recording, Parties parties) {
        this.recording = recording;
        this.parties = parties;
    }

    /**
     * Begins where the recording was started, or goes on where another recorder has ended.
     *
     * @param seen when it seems to have begun, if nobody has noted it
     */
    Future<Beginning> begin(EntryId seen) {
        begun = persistently(() -> parties.starts().find(recording, seen)).compose(beginning -> {
            isStored = beginning.isStored();
            beginning.streams().forEach(this::add);
            return persistently(() -> each(List.copyOf(streams.keySet()), this::copyCalibration))
                    .onSuccess(copied -> watch())
                    .map(beginning);
        });
        return begun;
    }

    private void watch() {
        if (isEnding()) {
            return;
        }
        timer = parties.vertx().setPeriodic(CHECK_INTERVAL.toMillis(), tick -> check());
        check();
    }

    private void add(String stream, Start start) {
        if (isWanted(stream)) {
            streams.put(stream, new RecordedStream(recording, stream, start, parties.streams()));
        }
    }

    private boolean isWanted(String stream) {
        if (streams.containsKey(stream) || !StreamName.isOne(stream) || refused.contains(stream)) {
            return false;
        }
        boolean isWanted = streams.size() < MOST_STREAMS && RecordingStore.takes(stream);
        if (!isWanted && refused.size() < MOST_REFUSED) {
            refused.add(stream);
            parties.streams().metrics().skipped.increment();
            LOG.warn(
                    "not recorded, its name is too long or there are too many: recording={} stream={}",
                    recording,
                    stream);
        }
        return isWanted;
    }

    /** A stream that was not there is recorded from its first entry on. */
    private void meet(String stream) {
        if (isWanted(stream)) {
            add(stream, Start.OF_ALL);
            persistently(() -> copyCalibration(stream))
                    .onFailure(
                            error -> LOG.debug("recording={} stream={} goes on without it", recording, stream, error));
        }
    }

    private Future<Void> copyCalibration(String stream) {
        RecordedStream calibration = streams.get(stream + CALIBRATION);
        if (calibration == null || !calibration.isUntouched()) {
            return Future.succeededFuture();
        }
        return parties.starts()
                .lastUpTo(stream + CALIBRATION, calibration.cursor())
                .onSuccess(
                        last -> last.filter(entry -> calibration.isUntouched()).ifPresent(calibration::copy))
                .mapEmpty();
    }

    /** Looks for what nobody tells. */
    private void check() {
        boolean isFilled = isFilled();
        streams.forEach((name, stream) -> {
            if (isFilled || !name.equals(RecordingKeys.EVENTS)) {
                stream.check(parties.chunkTime());
            }
        });
        if (isChecking) {
            return;
        }
        isChecking = true;
        boolean isTimeToScan = checks++ % CHECKS_PER_SCAN == 0;
        (isTimeToScan ? scan() : Future.<Void>succeededFuture())
                .compose(scanned -> followNews())
                .onComplete(checked -> isChecking = false)
                .onFailure(error -> LOG.debug("recording={} is checked again", recording, error));
    }

    private Future<Void> scan() {
        return parties.scan().names(MOST_STREAMS).map(names -> {
            present = names;
            names.forEach(this::meet);
            return null;
        });
    }

    private Future<Void> followNews() {
        Map<String, EntryId> silent = new HashMap<>();
        streams.forEach((name, stream) -> {
            if (stream.isSilent() && present.contains(name)) {
                silent.put(name, stream.cursor());
            }
        });
        return parties.scan().haveNews(silent).map(names -> {
            names.forEach(name -> streams.get(name).follow());
            return null;
        });
    }

    /** A stream has got its first entry. */
    void created(String stream) {
        if (timer >= 0 && ended == null && !isOver) {
            meet(stream);
            RecordedStream met = streams.get(stream);
            if (met != null) {
                met.follow();
            }
        }
    }

    /** A stream has been deleted. */
    void restart(String stream) {
        RecordedStream recorded = streams.get(stream);
        if (recorded != null) {
            recorded.restart();
        }
    }

    /** @return its streams */
    Collection<RecordedStream> streams() {
        return streams.values();
    }

    boolean isEnding() {
        return ended != null;
    }

    /**
     * Records what is there now, and nothing that comes later.
     *
     * @param upTo nothing behind this id either
     * @return what was recorded, once all of it is stored
     */
    Future<RecordingStopped> finish(EntryId upTo) {
        if (ended == null) {
            ended = begun.compose(ready -> {
                        stopWatching();
                        return persistently(this::scan);
                    })
                    .compose(scanned -> persistently(() -> parties.scan().lastIds(List.copyOf(streams.keySet()))))
                    .compose(ends -> each(
                            List.copyOf(streams.keySet()),
                            stream -> drain(stream, ends.getOrDefault(stream, EntryId.NONE), upTo)))
                    .compose(drained -> store())
                    .compose(stored ->
                            persistently(() -> parties.unfinished().end(recording, parties.isExported() && isFilled())))
                    .map(done -> summary());
        }
        return ended;
    }

    /** Its own events alone make no recording: nobody looks for one in which there is nothing. */
    private boolean isFilled() {
        return isStored
                || streams.entrySet().stream()
                        .anyMatch(each -> !each.getKey().equals(RecordingKeys.EVENTS)
                                && !each.getValue().isUntouched());
    }

    /** @return done when everything that was read is stored */
    private Future<Void> store() {
        if (!isFilled() && streams.containsKey(RecordingKeys.EVENTS)) {
            streams.get(RecordingKeys.EVENTS).abandon();
        }
        return each(List.copyOf(streams.keySet()), stream -> streams.get(stream).finish());
    }

    private Future<Void> drain(String stream, EntryId last, EntryId upTo) {
        EntryId end = last.isAfter(upTo) ? upTo : last;
        return persistently(() -> streams.get(stream).drain(end));
    }

    private RecordingStopped summary() {
        long entries = streams.values().stream()
                .mapToLong(stream -> stream.chunk().storedEntries())
                .sum();
        int filled = (int) streams.values().stream()
                .filter(stream -> stream.chunk().storedEntries() > 0)
                .count();
        return new RecordingStopped(recording, filled, entries);
    }

    private void stopWatching() {
        if (timer >= 0) {
            parties.vertx().cancelTimer(timer);
        }
    }

    /** Ends here, and leaves the rest to another recorder. @return done when what was read is stored, as far as it can be */
    Future<Void> suspend() {
        isOver = true;
        stopWatching();
        return store();
    }

    /** Another recorder goes on behind what is stored. */
    void abandon() {
        isOver = true;
        stopWatching();
        streams.values().forEach(RecordedStream::abandon);
    }

    private static Future<Void> each(Iterable<String> names, Function<String, Future<Void>> step) {
        List<Future<Void>> all = new ArrayList<>();
        names.forEach(name -> all.add(step.apply(name)));
        return Future.join(all).mapEmpty();
    }

    /** @return the answer of a step, however often it must be taken; fails when this is over */
    private <T> Future<T> persistently(Supplier<Future<T>> step) {
        List<T> answer = new ArrayList<>();
        return Loop.whileTrue(() -> isOver
                        ? Future.failedFuture(over())
                        : step.get().map(done -> answer.add(done) && false).recover(this::pause))
                .map(done -> answer.get(0));
    }

    private Future<Boolean> pause(Throwable error) {
        if (error instanceof Failure) {
            LOG.debug("recording={} has to wait", recording, error);
        } else {
            LOG.error("recording={} has to wait", recording, error);
        }
        Promise<Boolean> pause = Promise.promise();
        parties.vertx().setTimer(PAUSE_MILLIS, later -> pause.complete(true));
        return pause.future();
    }

    private static Failure over() {
        return new Failure(Failure.Kind.UNAVAILABLE, "this instance does not record any more");
    }
}
