package lyceum.grading.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;

/**
 * Where hand-ins are unpacked. Each may take a second and some tens of megabytes, whoever sends it, so there are few at a
 * time, on threads that nobody else waits for.
 */
final class UnpackingRoom {

    static final int AT_ONCE = 2;

    /** What is above would wait for half a minute. */
    static final int WAITING = 64;

    private final WorkerExecutor threads;
    private final Semaphore places = new Semaphore(AT_ONCE + WAITING);

    /** @param vertx closes it with what has deployed it */
    UnpackingRoom(Vertx vertx) {
        this.threads = vertx.createSharedWorkerExecutor("lyceum-unpacking", AT_ONCE);
    }

    /** @return what the work returns or throws; or BUSY where as many wait as may */
    <T> Future<T> work(Callable<T> work) {
        if (!places.tryAcquire()) {
            return Future.failedFuture(new Failure(Kind.BUSY, "too many archives wait to be unpacked"));
        }
        return threads.executeBlocking(work, false).onComplete(done -> places.release());
    }
}
