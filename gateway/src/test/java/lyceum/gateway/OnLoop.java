package lyceum.gateway;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/**
 * Begins on an event loop what a test waits for. A client that connects there listens before the other side can say
 * something or hang up; on the thread of a test it may be too late, and what was missed does not come again.
 */
public final class OnLoop {

    private OnLoop() {}

    /** @return what the work comes to; throws what it fails with */
    public static <T> T await(Vertx vertx, Supplier<Future<T>> work) {
        Promise<T> done = Promise.promise();
        vertx.runOnContext(turn -> work.get().onComplete(done));
        return done.future().await();
    }
}
