package lyceum.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import lyceum.stream.PushSession;

/** Looks after an upload: keeps its session while the client sends slowly, and tells when the client sends nothing. */
final class UploadWatch {

    private static final Duration KEEP = PushSession.LEASE.dividedBy(3);
    private static final int LOOKS_PER_LIMIT = 4;

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final EntryWriter writer;
    private final Duration limit;

    private long timer;
    private long lastBytes;
    private long restingSinceNanos;
    private long keptNanos;

    /** @param limit how long the client may send nothing while nobody keeps it waiting */
    UploadWatch(Vertx vertx, HttpServerRequest request, EntryWriter writer, Duration limit) {
        this.vertx = vertx;
        this.request = request;
        this.writer = writer;
        this.limit = limit;
    }

    /** @param stalled told once, when the client has sent nothing for too long */
    void begin(Runnable stalled) {
        restingSinceNanos = System.nanoTime();
        keptNanos = restingSinceNanos;
        long lookMillis = Math.min(KEEP.toMillis(), limit.toMillis() / LOOKS_PER_LIMIT);
        timer = vertx.setPeriodic(Math.max(1, lookMillis), due -> look(stalled));
    }

    private void look(Runnable stalled) {
        long nowNanos = System.nanoTime();
        if (request.bytesRead() != lastBytes || writer.isUnderWay()) {
            lastBytes = request.bytesRead();
            restingSinceNanos = nowNanos;
        }
        if (nowNanos - restingSinceNanos >= limit.toNanos()) {
            end();
            stalled.run();
        } else if (nowNanos - keptNanos >= KEEP.toNanos()) {
            keptNanos = nowNanos;
            writer.keep();
        }
    }

    void end() {
        vertx.cancelTimer(timer);
    }
}
