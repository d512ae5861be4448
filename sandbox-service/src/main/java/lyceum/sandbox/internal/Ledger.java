package lyceum.sandbox.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.concurrent.Callable;
import lyceum.sandbox.Limits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one cell uses. It is opened while the cell waits, under the limits that the task before had, so that a task which
 * wants the same begins at once. Lives on the context of its cell; files are touched elsewhere.
 */
final class Ledger {

    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

    private final Vertx vertx;
    private final Meters meters;
    private long pid;
    private Limits set;
    private Meter meter;
    private Future<Void> opened = Future.succeededFuture();

    Ledger(Vertx vertx, Meters meters) {
        this.vertx = vertx;
        this.meters = meters;
    }

    /**
     * Begins to count a process and all that it will start.
     *
     * @param expected the limits that it will probably have, or null
     */
    Future<Void> open(long process, Limits expected) {
        pid = process;
        opened = blocking(() -> {
            meter = meters.open();
            meter.admit(pid);
            if (expected != null) {
                meter.limit(expected);
            }
            set = expected;
            return null;
        });
        return opened;
    }

    /** Sets the limits of the first program; it counts from here, or from when these were expected. */
    Future<Void> begin(Limits limits) {
        return limits.equals(set)
                ? Future.succeededFuture()
                : blocking(() -> {
                    meter.limit(limits);
                    return null;
                });
    }

    /** Counts the next program anew, under limits of its own. */
    Future<Void> turnOver(Limits limits) {
        return blocking(() -> {
            meter.close();
            meter = meters.open();
            meter.admit(pid);
            meter.limit(limits);
            return null;
        });
    }

    /** @return what the program uses; blocks for a moment */
    Meter.Usage usage() throws IOException {
        return meter.usage();
    }

    /** @return how a program ended, with all that it used */
    Future<Cell.Exit> settle(Account account, Limits limits) {
        return blocking(() -> account.exit(meter.usage(), limits));
    }

    /** Removes what counting has left, when there is time for it: nobody needs to wait for that. */
    void close() {
        opened.onComplete(ready -> remove());
    }

    private void remove() {
        if (meter != null) {
            Meter last = meter;
            meter = null;
            blocking(() -> {
                        last.close();
                        return null;
                    })
                    .onFailure(error -> LOG.warn("a meter could not be closed", error));
        }
    }

    private <T> Future<T> blocking(Callable<T> task) {
        return vertx.executeBlocking(task, false);
    }
}
