package lyceum.gateway.mjpeg;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import lyceum.gateway.connection.Connections;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One who watches. What its network does not take at once is one part, the latest one; those before it are left out. Lives
 * on one context.
 */
final class MjpegViewer {

    /** After so long without a picture there is one that says so (contract, section 4.6). */
    static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Logger LOG = LoggerFactory.getLogger(MjpegViewer.class);

    private final HttpServerResponse response;
    private final HttpConnection connection;
    private final MjpegMeters meters;
    private final Duration stallLimit;
    private final Promise<Void> over = Promise.promise();

    private Buffer latest;
    private Promise<Void> room;
    private long lastNanos = System.nanoTime();
    private long fullSinceNanos = lastNanos;

    /** @param stallLimit how long the network may take nothing */
    MjpegViewer(HttpServerRequest request, MjpegMeters meters, Duration stallLimit) {
        this.response = request.response();
        this.connection = request.connection();
        this.meters = meters;
        this.stallLimit = stallLimit;
    }

    /** Begins with a black picture. */
    void begin() {
        over.future().onComplete(left -> {
            if (room != null) {
                room.tryFail("the viewer is gone");
            }
        });
        response.setChunked(true)
                .putHeader("Content-Type", MjpegPart.CONTENT_TYPE)
                .putHeader("Cache-Control", "no-store")
                .closeHandler(closed -> over.tryComplete())
                .exceptionHandler(error -> over.tryComplete())
                .drainHandler(drained -> goOn());
        if (response.closed()) {
            over.tryComplete();
        } else {
            write(MjpegPart.BLACK);
        }
    }

    /** @return done when it has left, or was left */
    Future<Void> over() {
        return over.future();
    }

    boolean isOver() {
        return over.future().isComplete();
    }

    /** Shows a picture, now or when there is room, unless there is a later one by then. */
    void show(Buffer part) {
        lastNanos = System.nanoTime();
        if (isOver()) {
            return;
        }
        if (!response.writeQueueFull()) {
            write(part);
            return;
        }
        if (latest != null) {
            meters.skipped();
        }
        latest = part;
    }

    /** Shows a picture of which none may be left out. @return done when there is room for the next one; fails where it is over */
    Future<Void> showNext(Buffer part) {
        show(part);
        if (isOver()) {
            return Future.failedFuture("the viewer is gone");
        }
        if (latest == null && !response.writeQueueFull()) {
            return Future.succeededFuture();
        }
        room = Promise.promise();
        return room.future();
    }

    private void goOn() {
        if (latest != null) {
            Buffer part = latest;
            latest = null;
            write(part);
        }
        if (room != null && !response.writeQueueFull()) {
            room.tryComplete();
        }
    }

    private void write(Buffer part) {
        meters.shown();
        response.write(part).onFailure(error -> over.tryComplete());
    }

    /** Looks after it, a few times in a second. */
    void look(long nowNanos) {
        if (!response.writeQueueFull()) {
            fullSinceNanos = nowNanos;
            standBy(nowNanos);
        } else if (nowNanos - fullSinceNanos > stallLimit.toNanos()) {
            LOG.debug("a viewer takes nothing any more");
            Connections.cut(connection);
            over.tryComplete();
        }
    }

    private void standBy(long nowNanos) {
        if (nowNanos - lastNanos >= PATIENCE.toNanos()) {
            lastNanos = nowNanos;
            write(MjpegPart.STAND_BY);
        }
    }

    /** There will be no more pictures. */
    void end() {
        if (!isOver()) {
            response.end().onFailure(error -> LOG.debug("a viewer is gone already", error));
            over.tryComplete();
        }
    }
}
