package lyceum.gateway.media;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;
import lyceum.media.MediaService.Job;
import lyceum.media.MediaWorkService;
import lyceum.media.MediaWorkService.AwaitWork;
import lyceum.media.MediaWorkService.WorkState;
import lyceum.platform.Loop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client that watches a media job by server-sent events (the WHATWG's HTML, section 9.2): {@code progress} whenever
 * something has changed, and {@code ended} in the end. The next question is asked when the last answer was written, so that
 * who reads slowly misses steps, not the end.
 */
final class MediaJobWatch {

    private static final Logger LOG = LoggerFactory.getLogger(MediaJobWatch.class);

    private final MediaWorkService works;
    private final Job job;
    private final HttpServerResponse response;
    private long seenVersion;

    MediaJobWatch(MediaWorkService works, Job job, HttpServerResponse response) {
        this.works = works;
        this.job = job;
        this.response = response;
    }

    /** @param first how it stands; the answer ends with the job, or where that can no longer be asked */
    void begin(WorkState first) {
        response.putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-store")
                // nginx would hold events back until there are many.
                .putHeader("X-Accel-Buffering", "no")
                .setChunked(true);
        tell(first)
                .compose(told -> Loop.whileTrue(() -> first.phase().isEnd() ? Future.succeededFuture(false) : next()))
                .onFailure(error -> LOG.debug("a media job is no longer watched: {}", error.toString()))
                .onComplete(over -> end());
    }

    private Future<Boolean> next() {
        return works.awaitWork(new AwaitWork(job.id(), seenVersion))
                .compose(state -> tell(state).map(told -> !state.phase().isEnd()));
    }

    /** A state that was told already shows proxies and the client that somebody is there. */
    private Future<Void> tell(WorkState state) {
        if (state.version() == seenVersion) {
            return response.write(":\n\n");
        }
        seenVersion = state.version();
        String event = state.phase().isEnd() ? "ended" : "progress";
        String json = MediaJobJson.of(MediaJobId.of(job), state).encode();
        return response.write("event: %s\nid: %d\ndata: %s\n\n".formatted(event, seenVersion, json));
    }

    private void end() {
        if (!response.ended() && !response.closed()) {
            response.end().onFailure(error -> LOG.debug("a watcher is gone: {}", error.toString()));
        }
    }
}
