package lyceum.stream.internal;

import io.vertx.core.Future;
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
import lyceum.stream.RecordingService.RecordingStopped;
import lyceum.stream.StreamName;
import lyceum.stream.internal.RecordedStream.Start;
import lyceum.stream.internal.RecordingStarts.Beginning;
import lyceum.stream.internal.archive.RecordingStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The streams of one recording: which ones belong to it, and what is done with all of them. Lives on one context. */
final class RecordedStreams {

    /** Most streams of one recording. */
    static final int MOST = 10_000;

    /** So many that are left out are counted and told. */
    private static final int MOST_REFUSED = 100;

    private static final Logger LOG = LoggerFactory.getLogger(RecordedStreams.class);

    /** The last entry of {@code <stream>Cal} belongs to every recording of {@code <stream>} (contract, 4.4). */
    private static final String CALIBRATION = "Cal";

    private final String recording;
    private final RecordedStream.Parties parties;
    private final RecordingStarts starts;
    private final Retries retries;
    private final Map<String, RecordedStream> streams = new LinkedHashMap<>();
    private final Set<String> refused = new HashSet<>();

    private boolean isStored;
    private boolean isClosed;

    RecordedStreams(String recording, RecordedStream.Parties parties, RecordingStarts starts, Retries retries) {
        this.recording = recording;
        this.parties = parties;
        this.starts = starts;
        this.retries = retries;
    }

    String recording() {
        return recording;
    }

    /** @return done when what was calibrated before is on its way to be written */
    Future<Void> begin(Beginning beginning) {
        isStored = beginning.isStored();
        beginning.streams().forEach(this::add);
        return each(stream -> apart(stream, () -> copyCalibration(stream)));
    }

    private void add(String stream, Start start) {
        if (isWanted(stream)) {
            streams.put(stream, new RecordedStream(recording, stream, start, parties));
        }
    }

    private boolean isWanted(String stream) {
        if (streams.containsKey(stream) || !StreamName.isOne(stream) || refused.contains(stream)) {
            return false;
        }
        boolean isWanted = streams.size() < MOST && RecordingStore.takes(stream);
        if (!isWanted && refused.size() < MOST_REFUSED) {
            refused.add(stream);
            parties.metrics().skipped.increment();
            LOG.warn(
                    "not recorded, its name is too long or there are too many: recording={} stream={}",
                    recording,
                    stream);
        }
        return isWanted;
    }

    /** A stream that was not there is recorded from its first entry on; one that is met when all is over, is not. */
    void meet(String stream) {
        if (!isClosed && isWanted(stream)) {
            add(stream, Start.OF_ALL);
            apart(stream, () -> copyCalibration(stream))
                    .onFailure(
                            error -> LOG.debug("recording={} stream={} goes on without it", recording, stream, error));
        }
    }

    private Future<Void> copyCalibration(String stream) {
        RecordedStream calibration = streams.get(stream + CALIBRATION);
        if (calibration == null || !calibration.isUntouched()) {
            return Future.succeededFuture();
        }
        return starts.lastUpTo(stream + CALIBRATION, calibration.cursor())
                .onSuccess(
                        last -> last.filter(entry -> calibration.isUntouched()).ifPresent(calibration::copy))
                .mapEmpty();
    }

    /** @return all of them, as they were met */
    Collection<RecordedStream> all() {
        return streams.values();
    }

    /** @return their names, as they are now */
    List<String> names() {
        return List.copyOf(streams.keySet());
    }

    /** A stream has news. */
    void follow(String stream) {
        RecordedStream recorded = streams.get(stream);
        if (recorded != null) {
            recorded.follow();
        }
    }

    /** A stream has been deleted. */
    void restart(String stream) {
        RecordedStream recorded = streams.get(stream);
        if (recorded != null) {
            recorded.restart();
        }
    }

    /** Does what is due in each; the events of the recording wait until there is something beside them. */
    void check(Duration chunkTime) {
        boolean isFilled = isFilled();
        streams.forEach((name, stream) -> {
            if (isFilled || !name.equals(RecordingKeys.EVENTS)) {
                stream.check(chunkTime);
            }
        });
    }

    /**
     * @param present streams that exist
     * @return up to where those of them have been read of whose news nobody tells, by name
     */
    Map<String, EntryId> silent(Set<String> present) {
        Map<String, EntryId> silent = new HashMap<>();
        streams.forEach((name, stream) -> {
            if (stream.isSilent() && present.contains(name)) {
                silent.put(name, stream.cursor());
            }
        });
        return silent;
    }

    /** Its own events alone make no recording: nobody looks for one in which there is nothing. */
    boolean isFilled() {
        return isStored
                || streams.entrySet().stream()
                        .anyMatch(each -> !each.getKey().equals(RecordingKeys.EVENTS)
                                && !each.getValue().isUntouched());
    }

    /**
     * Reads to the end.
     *
     * @param ends last id of each stream that there is
     * @param upTo nothing behind this id either
     * @return done when that is read
     */
    Future<Void> drain(Map<String, EntryId> ends, EntryId upTo) {
        return each(stream -> {
            EntryId last = ends.getOrDefault(stream, EntryId.NONE);
            EntryId end = last.isAfter(upTo) ? upTo : last;
            return apart(stream, () -> streams.get(stream).drain(end));
        });
    }

    /** Reads nothing more. @return done when everything that was read is stored; fails where some of it is not */
    Future<Void> store() {
        isClosed = true;
        if (!isFilled() && streams.containsKey(RecordingKeys.EVENTS)) {
            streams.get(RecordingKeys.EVENTS).abandon();
        }
        return each(stream -> streams.get(stream).finish());
    }

    /** A stream that cannot be read does not hold up the others, nor the recordings that come after this one. */
    private Future<Void> apart(String stream, Supplier<Future<Void>> step) {
        return retries.whileAway(step).recover(error -> {
            if (retries.isOver()) {
                return Future.failedFuture(error);
            }
            parties.metrics().unreadable.increment();
            LOG.error("goes on without what cannot be read: recording={} stream={}", recording, stream, error);
            return Future.succeededFuture();
        });
    }

    private Future<Void> each(Function<String, Future<Void>> step) {
        List<Future<Void>> all = new ArrayList<>();
        names().forEach(name -> all.add(step.apply(name)));
        return Future.join(all).mapEmpty();
    }

    /** Another recorder goes on behind what is stored. */
    void abandon() {
        isClosed = true;
        streams.values().forEach(RecordedStream::abandon);
    }

    /** @return what is stored of them by now */
    RecordingStopped summary() {
        long entries = streams.values().stream()
                .mapToLong(stream -> stream.chunk().storedEntries())
                .sum();
        int filled = (int) streams.values().stream()
                .filter(stream -> stream.chunk().storedEntries() > 0)
                .count();
        return new RecordingStopped(recording, filled, entries);
    }
}
