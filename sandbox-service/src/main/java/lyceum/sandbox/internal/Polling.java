package lyceum.sandbox.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import lyceum.platform.Loop;

/**
 * A question that is asked again until its answer will do.
 *
 * @param most how often it is asked, 1 or more
 * @param pause between an answer and the next question
 */
record Polling(Vertx vertx, int most, Duration pause) {

    /** @return the first answer that will do, else the last one; fails where a question fails */
    <T> Future<T> until(Predicate<T> enough, Supplier<Future<T>> question) {
        Asked<T> asked = new Asked<>();
        return Loop.whileTrue(() -> question.get().compose(answer -> {
                    asked.times++;
                    asked.last = answer;
                    boolean done = asked.times == most || enough.test(answer);
                    return done ? Future.succeededFuture(false) : rest().map(true);
                }))
                .map(over -> asked.last);
    }

    private Future<Void> rest() {
        return vertx.timer(pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static final class Asked<T> {

        private int times;
        private T last;
    }
}
