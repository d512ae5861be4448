package lyceum.stream.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for what nobody tells of the streams of one recording: streams that others have made, news in those that are not
 * followed, chunks that have waited for long enough. Lives on one context.
 */
final class StreamWatch {

    private static final Logger LOG = LoggerFactory.getLogger(StreamWatch.class);

    private static final Duration INTERVAL = Duration.ofMillis(500);

    /** Streams that this house makes are told of; those of others are found by looking, after so many checks. */
    private static final int CHECKS_PER_SCAN = 4;

    private final Vertx vertx;
    private final StreamScan scan;
    private final RecordedStreams streams;
    private final Duration chunkTime;

    private Set<String> present = Set.of();
    private long timer = -1;
    private int checks;
    private boolean isChecking;
    private boolean isStopped;

    /** @param chunkTime after which entries are written */
    StreamWatch(Vertx vertx, StreamScan scan, RecordedStreams streams, Duration chunkTime) {
        this.vertx = vertx;
        this.scan = scan;
        this.streams = streams;
        this.chunkTime = chunkTime;
    }

    /** Begins to look, unless it has been stopped before. */
    void start() {
        if (isStopped) {
            return;
        }
        timer = vertx.setPeriodic(INTERVAL.toMillis(), tick -> check());
        check();
    }

    /** @return whether it has been started, even if it has stopped since */
    boolean isStarted() {
        return timer >= 0;
    }

    void stop() {
        isStopped = true;
        if (timer >= 0) {
            vertx.cancelTimer(timer);
        }
    }

    private void check() {
        streams.check(chunkTime);
        if (isChecking) {
            return;
        }
        isChecking = true;
        boolean isTimeToScan = checks++ % CHECKS_PER_SCAN == 0;
        (isTimeToScan ? scan() : Future.<Void>succeededFuture())
                .compose(scanned -> followNews())
                .onComplete(checked -> isChecking = false)
                .onFailure(error -> LOG.debug("recording={} is checked again", streams.recording(), error));
    }

    /** Meets all streams that there are. @return done; UNAVAILABLE where Redis does not answer */
    Future<Void> scan() {
        return scan.names(RecordedStreams.MOST).map(names -> {
            present = names;
            names.forEach(streams::meet);
            return null;
        });
    }

    private Future<Void> followNews() {
        return scan.haveNews(streams.silent(present)).map(names -> {
            names.forEach(streams::follow);
            return null;
        });
    }
}
