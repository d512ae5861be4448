package lyceum.stream.internal;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.platform.Loop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes steps of a recording again until they succeed: Redis or the store may be away for hours, and a recording waits for
 * them. Lives on one context.
 */
final class Retries {

    private static final Logger LOG = LoggerFactory.getLogger(Retries.class);

    private static final long PAUSE_MILLIS = 500;

    /** After so many defects a step of one stream is given up. */
    private static final int MOST_DEFECTS = 10;

    private final Vertx vertx;
    private final String recording;
    private boolean isOver;

    Retries(Vertx vertx, String recording) {
        this.vertx = vertx;
        this.recording = recording;
    }

    /** @return the answer of a step, however often it must be taken; UNAVAILABLE when this has ended */
    <T> Future<T> untilAnswered(Supplier<Future<T>> step) {
        List<T> answer = new ArrayList<>();
        return Loop.whileTrue(() -> isOver
                        ? Future.failedFuture(over())
                        : step.get().map(done -> answer.add(done) && false).recover(this::pause))
                .map(done -> answer.get(0));
    }

    /**
     * @return the same for a step that may never succeed: it fails where that was refused, or has failed often although
     *     Redis and the store are there
     */
    <T> Future<T> whileAway(Supplier<Future<T>> step) {
        int[] defects = {0};
        return untilAnswered(() -> step.get().map(Future::succeededFuture).recover(error -> {
                    boolean isFinal = error instanceof Failure failure
                            ? failure.kind() != Kind.UNAVAILABLE && failure.kind() != Kind.BUSY
                            : ++defects[0] == MOST_DEFECTS;
                    return isFinal ? Future.succeededFuture(Future.failedFuture(error)) : Future.failedFuture(error);
                }))
                .compose(answer -> answer);
    }

    private Future<Boolean> pause(Throwable error) {
        if (error instanceof Failure) {
            LOG.debug("recording={} has to wait", recording, error);
        } else {
            LOG.error("recording={} has to wait", recording, error);
        }
        Promise<Boolean> pause = Promise.promise();
        vertx.setTimer(PAUSE_MILLIS, later -> pause.complete(true));
        return pause.future();
    }

    private static Failure over() {
        return new Failure(Failure.Kind.UNAVAILABLE, "this instance does not record any more");
    }

    /** No step is taken again. */
    void end() {
        isOver = true;
    }

    boolean isOver() {
        return isOver;
    }
}
