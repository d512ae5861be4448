package lyceum.media.internal.live;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import lyceum.platform.Failure;

/** Who waits until a playlist has come so far. Lives on one context. */
final class PlaylistWaits {

    private final Vertx vertx;
    private final int most;
    private final Set<Wait> waits = new LinkedHashSet<>();

    private static final class Wait {
        private final BooleanSupplier isReached;
        private final Promise<Boolean> answer = Promise.promise();

        private Wait(BooleanSupplier isReached) {
            this.isReached = isReached;
        }
    }

    /** @param most that wait at once */
    PlaylistWaits(Vertx vertx, int most) {
        this.vertx = vertx;
        this.most = most;
    }

    /** @return whether it is reached, at the latest after so long; or BUSY where too many wait */
    Future<Boolean> until(BooleanSupplier isReached, long millis) {
        if (isReached.getAsBoolean()) {
            return Future.succeededFuture(true);
        }
        if (waits.size() >= most) {
            return Future.failedFuture(new Failure(Failure.Kind.BUSY, "too many wait for that playlist"));
        }
        Wait wait = new Wait(isReached);
        waits.add(wait);
        long timer = vertx.setTimer(millis, due -> wait.answer.tryComplete(false));
        return wait.answer.future().onComplete(answered -> {
            vertx.cancelTimer(timer);
            waits.remove(wait);
        });
    }

    /** The playlist has become longer. */
    void look() {
        for (Wait wait : List.copyOf(waits)) {
            if (wait.isReached.getAsBoolean()) {
                wait.answer.tryComplete(true);
            }
        }
    }
}
