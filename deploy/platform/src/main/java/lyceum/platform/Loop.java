package lyceum.platform;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Supplier;

/**
 * Asynchronous steps, one after the other, as many as it takes. A method that composes itself does the same, but each
 * step then waits for the next one, and a thousand of them that end at once overflow the stack.
 */
public final class Loop {

    private final Supplier<Future<Boolean>> step;
    private final Promise<Void> end = Promise.promise();

    private Loop(Supplier<Future<Boolean>> step) {
        this.step = step;
    }

    /**
     * Takes steps until one says that it was the last.
     *
     * @param step a future of whether there is more to do
     * @return done after the last step; fails with the first step that fails
     */
    public static Future<Void> whileTrue(Supplier<Future<Boolean>> step) {
        Loop loop = new Loop(step);
        loop.run();
        return loop.end.future();
    }

    /** Steps that are done at once are taken in this very call. */
    private void run() {
        Future<Boolean> taken = take();
        while (taken.succeeded() && taken.result()) {
            taken = take();
        }
        taken.onSuccess(this::goOn).onFailure(end::fail);
    }

    private Future<Boolean> take() {
        try {
            return step.get();
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private void goOn(boolean more) {
        if (more) {
            run();
        } else {
            end.complete();
        }
    }
}
