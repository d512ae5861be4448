package lyceum.media.internal;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;

/** So much work at once, so much that waits for it in the order of its coming, and no more. One context uses it. */
final class Slots {

    private final Queue<Promise<Void>> waiting = new ArrayDeque<>();
    private final int longestQueue;
    private int free;

    Slots(int concurrency, int longestQueue) {
        this.free = concurrency;
        this.longestQueue = longestQueue;
    }

    /** @return what the work gives, or BUSY where too much waits already */
    <T> Future<T> run(Supplier<Future<T>> work) {
        return enter().compose(entered -> begun(work).eventually(this::leave));
    }

    private Future<Void> enter() {
        if (free > 0) {
            free--;
            return Future.succeededFuture();
        }
        if (waiting.size() >= longestQueue) {
            return Future.failedFuture(new Failure(Kind.BUSY, "too much sound is being worked on; try again later"));
        }
        Promise<Void> turn = Promise.promise();
        waiting.add(turn);
        return turn.future();
    }

    /** What the work throws becomes a failed future, so that its place is free again. */
    private static <T> Future<T> begun(Supplier<Future<T>> work) {
        return Future.<Void>succeededFuture().compose(start -> work.get());
    }

    private Future<Void> leave() {
        Promise<Void> next = waiting.poll();
        if (next == null) {
            free++;
        } else {
            next.complete();
        }
        return Future.succeededFuture();
    }
}
