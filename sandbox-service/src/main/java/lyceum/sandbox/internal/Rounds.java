package lyceum.sandbox.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that is done again and again, never two rounds at once: at once where there may be more to do, else after a pause
 * that doubles as long as there is nothing, or it fails. Lives on one context.
 */
final class Rounds {

    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

    private final Vertx vertx;
    private final String name;
    private final Duration shortest;
    private final Duration longest;
    private final Supplier<Future<Boolean>> round;

    private Duration pause;
    private long timer = -1;
    private Future<?> present = Future.succeededFuture();
    private boolean isWoken;
    private boolean isStopped;

    /**
     * @param name for the log
     * @param shortest the first pause
     * @param longest no pause is longer
     * @param round one round of the work, and whether there may be more to do
     */
    Rounds(Vertx vertx, String name, Duration shortest, Duration longest, Supplier<Future<Boolean>> round) {
        this.vertx = vertx;
        this.name = name;
        this.shortest = shortest;
        this.longest = longest;
        this.round = round;
        this.pause = shortest;
    }

    /** Begins a round, now or behind the one that is being done. */
    void wake() {
        pause = shortest;
        isWoken = true;
        turn();
    }

    /**
     * Begins no other round.
     *
     * @return done when the present one is over
     */
    Future<Void> stop() {
        isStopped = true;
        vertx.cancelTimer(timer);
        return present.otherwiseEmpty().mapEmpty();
    }

    private void turn() {
        if (isStopped || !present.isComplete()) {
            return;
        }
        vertx.cancelTimer(timer);
        isWoken = false;
        Future<Boolean> isMore = Future.<Void>succeededFuture()
                .compose(begun -> round.get())
                .onFailure(error -> LOG.warn("{} will be tried again: {}", name, error.toString()))
                .otherwise(false);
        present = isMore;
        isMore.onSuccess(this::rest);
    }

    private void rest(boolean isMore) {
        if (isMore) {
            pause = shortest;
        }
        if (isMore || isWoken) {
            vertx.runOnContext(next -> turn());
        } else if (!isStopped) {
            timer = vertx.setTimer(pause.toMillis(), next -> turn());
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(longest) < 0 ? doubled : longest;
        }
    }
}
