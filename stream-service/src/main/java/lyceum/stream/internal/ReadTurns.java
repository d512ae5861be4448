package lyceum.stream.internal;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;

/**
 * Lets a few read at once, the others in the order in which they come: how long a reply of Redis is shows only when it is
 * here, and counts for nobody until then. Lives on one context.
 */
final class ReadTurns {

    /** One reply is on its way while another is taken. */
    static final int AT_ONCE = 2;

    /** As many pages of a MiB are read within a few seconds. */
    static final int MOST_WAITING = 1024;

    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int underWay;
    private boolean isBeginning;

    /** @return what the read returns, whose turn is over then; or BUSY where too many wait */
    <T> Future<T> read(Supplier<Future<T>> read) {
        if (waiting.size() == MOST_WAITING) {
            return Future.failedFuture(new Failure(Kind.BUSY, "too many entries are being read, please try again"));
        }
        Promise<T> done = Promise.promise();
        waiting.add(() -> begin(read, done));
        beginNext();
        return done.future();
    }

    private <T> void begin(Supplier<Future<T>> read, Promise<T> done) {
        underWay++;
        Future.succeededFuture().compose(turn -> read.get()).onComplete(done).onComplete(over -> {
            underWay--;
            beginNext();
        });
    }

    /** A read may be over at once; the next one is no deeper in the stack for that. */
    private void beginNext() {
        if (isBeginning) {
            return;
        }
        isBeginning = true;
        while (underWay < AT_ONCE && !waiting.isEmpty()) {
            waiting.remove().run();
        }
        isBeginning = false;
    }
}
