package lyceum.sandbox.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes a container, tries again where that fails, and gives up in the end: the next start of the service sweeps. */
final class Removal {

    private static final Logger LOG = LoggerFactory.getLogger(Removal.class);
    private static final int MOST_TRIES = 4;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Polling polling;
    private final String name;
    private final Supplier<Future<Void>> deletion;

    private Future<Void> removed;

    Removal(Vertx vertx, String name, Supplier<Future<Void>> deletion) {
        this.polling = new Polling(vertx, MOST_TRIES, PAUSE);
        this.name = name;
        this.deletion = deletion;
    }

    /** @return done when it is gone, or given up */
    Future<Void> start() {
        if (removed == null) {
            removed = polling.until(isGone -> isGone, this::attempt)
                    .onSuccess(this::report)
                    .mapEmpty();
        }
        return removed;
    }

    private Future<Boolean> attempt() {
        return deletion.get().map(true).recover(error -> {
            LOG.debug("cannot remove {} yet", name, error);
            return Future.succeededFuture(ApiFailure.isNotFound(error));
        });
    }

    private void report(boolean isGone) {
        if (!isGone) {
            LOG.warn("cannot remove {}; it ends by itself, and is removed when this service starts again", name);
        }
    }
}
