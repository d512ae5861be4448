package lyceum.platform;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Iterator;
import java.util.function.Function;
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

    /**
     * Takes a step for each of some items, one after the other.
     *
     * @return done after the last step; fails with the first step that fails
     */
    public static <T> Future<Void> each(Iterable<T> items, Function<T, Future<Void>> step) {
        Iterator<T> rest = items.iterator();
        return whileTrue(() -> rest.hasNext() ? step.apply(rest.next()).map(true) : Future.succeededFuture(false));
    }

    /**
     * Takes a step for each of some items, one after the other; one that fails does not keep the others from being tried.
     *
     * @return done after the last step; fails then, with the first failure, where there was one
     */
    public static <T> Future<Void> tryEach(Iterable<T> items, Function<T, Future<Void>> step) {
        Promise<Void> end = Promise.promise();
        return each(items, item -> step.apply(item).onFailure(end::tryFail).otherwiseEmpty())
                .compose(tried -> {
                    end.tryComplete();
                    return end.future();
                });
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
