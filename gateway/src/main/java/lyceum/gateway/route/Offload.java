package lyceum.gateway.route;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.Callable;

/** Turns texts into objects and back: short ones at once, long ones on a worker thread, so that nobody waits for them. */
public final class Offload {

    /** So much takes about a millisecond, JSON and base64 together, and a hop to another thread a tenth of one. */
    private static final long LONG_BYTES = 128 * 1024;

    private Offload() {}

    /**
     * @param bytes about how long the text is
     * @return what the work returns or throws
     */
    public static <T> Future<T> work(Vertx vertx, long bytes, Callable<T> work) {
        if (bytes >= LONG_BYTES) {
            return vertx.executeBlocking(work, false);
        }
        try {
            return Future.succeededFuture(work.call());
        } catch (Exception e) {
            return Future.failedFuture(e);
        }
    }
}
