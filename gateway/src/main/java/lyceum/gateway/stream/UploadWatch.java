package lyceum.gateway.stream;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import lyceum.gateway.route.Refusal;
import lyceum.stream.PushSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after an upload: keeps its session while the client sends slowly, and tells when it sends nothing or too slowly. */
public final class UploadWatch {

    private static final Duration KEEP = PushSession.LEASE.dividedBy(3);
    private static final int LOOKS_PER_LIMIT = 4;

    private static final Logger LOG = LoggerFactory.getLogger(UploadWatch.class);

    /** What is watched. */
    public interface Upload {

        /** @return whether it waits for an answer, and the client for it */
        boolean isUnderWay();

        /** Keeps the session of a slow client. */
        void keep();

        /** @return whether the client sends, but takes too long for what is held for it */
        default boolean isTooSlow() {
            return false;
        }
    }

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final Upload upload;
    private final Duration limit;

    private long timer = -1;
    private long lastBytes;
    private long restingSinceNanos;
    private long keptNanos;

    /** @param limit how long the client may send nothing while nobody keeps it waiting */
    public UploadWatch(Vertx vertx, HttpServerRequest request, Upload upload, Duration limit) {
        this.vertx = vertx;
        this.request = request;
        this.upload = upload;
        this.limit = limit;
    }

    /** @param stalled told once, when the client has sent nothing for too long, or is too slow */
    public void begin(Runnable stalled) {
        restingSinceNanos = System.nanoTime();
        keptNanos = restingSinceNanos;
        long lookMillis = Math.min(KEEP.toMillis(), limit.toMillis() / LOOKS_PER_LIMIT);
        timer = vertx.setPeriodic(Math.max(1, lookMillis), due -> look(stalled));
    }

    private void look(Runnable stalled) {
        long nowNanos = System.nanoTime();
        if (request.bytesRead() != lastBytes || upload.isUnderWay()) {
            lastBytes = request.bytesRead();
            restingSinceNanos = nowNanos;
        }
        boolean isTooSlow = upload.isTooSlow() && !upload.isUnderWay();
        if (isTooSlow || nowNanos - restingSinceNanos >= limit.toNanos()) {
            end();
            stalled.run();
        } else if (nowNanos - keptNanos >= KEEP.toNanos()) {
            keptNanos = nowNanos;
            upload.keep();
        }
    }

    /** Nothing is watched any more. */
    public void end() {
        vertx.cancelTimer(timer);
    }

    /** What a client still sends that was not waited for is not to be read. */
    public static void cutOff(RoutingContext ctx, Throwable error) {
        if (error instanceof Refusal refusal && refusal.status() == 408) {
            ctx.addEndHandler(answered ->
                    ctx.request().connection().close().onFailure(gone -> LOG.debug("a client is gone already", gone)));
        }
    }
}
