package lyceum.stream.internal;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/** Takes the steps of a test on one context, where a verticle takes them: most parts of the service are for one thread. */
record OnContext(Context context) {

    OnContext(Vertx vertx) {
        this(vertx.getOrCreateContext());
    }

    /** @return what the step has answered; throws what it has failed with */
    <T> T await(Supplier<Future<T>> step) {
        Promise<T> done = Promise.promise();
        context.runOnContext(
                turn -> Future.succeededFuture().compose(now -> step.get()).onComplete(done));
        return done.future().await();
    }

    /** @return what the step has made */
    <T> T get(Supplier<T> step) {
        return await(() -> Future.succeededFuture(step.get()));
    }

    void run(Runnable step) {
        get(() -> {
            step.run();
            return null;
        });
    }
}
