package lyceum.stream.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Collection;
import lyceum.stream.RecordingService.RecordingStopped;
import lyceum.stream.internal.RecordingStarts.Beginning;

/**
 * One recording, from its start, or from where another recorder has died, to its end. What Redis or the store do not
 * answer is asked again until they do. Lives on one context.
 */
final class RecordingRun {

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
    private final Retries retries;
    private final RecordedStreams streams;
    private final StreamWatch watch;

    private Future<Beginning> begun;
    private Future<RecordingStopped> ended;

    RecordingRun(String recording, Parties parties) {
        this.recording = recording;
        this.parties = parties;
        this.retries = new Retries(parties.vertx(), recording);
        this.streams = new RecordedStreams(recording, parties.streams(), parties.starts(), retries);
        this.watch = new StreamWatch(parties.vertx(), parties.scan(), streams, parties.chunkTime());
    }

    /**
     * Begins where the recording was started, or goes on where another recorder has ended.
     *
     * @param seen when it seems to have begun, if nobody has noted it
     */
    Future<Beginning> begin(EntryId seen) {
        begun = retries.untilAnswered(() -> parties.starts().find(recording, seen))
                .compose(beginning ->
                        streams.begin(beginning).onSuccess(copied -> watch()).map(beginning));
        return begun;
    }

    private void watch() {
        if (!isEnding()) {
            watch.start();
        }
    }

    /** A stream has got its first entry. */
    void created(String stream) {
        if (watch.isStarted() && !isEnding() && !retries.isOver()) {
            streams.meet(stream);
            streams.follow(stream);
        }
    }

    /** A stream has been deleted. */
    void restart(String stream) {
        streams.restart(stream);
    }

    /** @return its streams */
    Collection<RecordedStream> streams() {
        return streams.all();
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
                        watch.stop();
                        return retries.untilAnswered(watch::scan);
                    })
                    .compose(scanned ->
                            retries.untilAnswered(() -> parties.scan().lastIds(streams.names())))
                    .compose(ends -> streams.drain(ends, upTo))
                    .compose(drained -> streams.store())
                    .compose(stored -> retries.untilAnswered(
                            () -> parties.unfinished().end(recording, parties.isExported() && streams.isFilled())))
                    .map(done -> streams.summary());
        }
        return ended;
    }

    /** Ends here, and leaves the rest to another recorder. @return done when what was read is stored, as far as it can be */
    Future<Void> suspend() {
        retries.end();
        watch.stop();
        return streams.store();
    }

    /** Another recorder goes on behind what is stored. */
    void abandon() {
        retries.end();
        watch.stop();
        streams.abandon();
    }
}
