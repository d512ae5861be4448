package lyceum.account.internal;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;

/** Lets some works go on at once and some others wait for their turn. Lives on one event loop. */
final class Turns {

    private final Vertx vertx;
    private final int atOnce;
    private final int mostWaiting;
    private final Queue<Runnable> waiting = new ArrayDeque<>();

    private int going;

    Turns(Vertx vertx, int atOnce, int mostWaiting) {
        this.vertx = vertx;
        this.atOnce = atOnce;
        this.mostWaiting = mostWaiting;
    }

    int atOnce() {
        return atOnce;
    }

    int mostWaiting() {
        return mostWaiting;
    }

    int going() {
        return going;
    }

    int waiting() {
        return waiting.size();
    }

    /** @return what the work returns when it had its turn; or BUSY where too many wait */
    <T> Future<T> take(Supplier<Future<T>> work) {
        if (going < atOnce) {
            going++;
            return go(work);
        }
        if (waiting.size() >= mostWaiting) {
            return Future.failedFuture(new Failure(Kind.BUSY, "too many logins are waiting, please try again"));
        }
        Promise<T> done = Promise.promise();
        // The context of the request that waits, and not of the one that ends: log lines tell them apart by it.
        Context context = vertx.getOrCreateContext();
        waiting.add(() -> context.runOnContext(turn -> go(work).onComplete(done)));
        return done.future();
    }

    private <T> Future<T> go(Supplier<Future<T>> work) {
        return Future.succeededFuture().compose(turn -> work.get()).onComplete(ended -> passOn());
    }

    private void passOn() {
        Runnable next = waiting.poll();
        if (next == null) {
            going--;
        } else {
            next.run();
        }
    }
}
