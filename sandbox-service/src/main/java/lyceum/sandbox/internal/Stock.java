package lyceum.sandbox.internal;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import lyceum.sandbox.Limits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cells of one kind that wait for tasks, as many as have lately been needed at once. Whoever finds none waits for one that
 * is opened for him. Lives on one context.
 */
final class Stock {

    private static final Logger LOG = LoggerFactory.getLogger(Stock.class);
    private static final int LEAST = 2;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
    private static final Duration PACE = Duration.ofSeconds(10);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final Supplier<Future<Nursery>> births;
    private final int most;
    private final Deque<HostCell> ready = new ArrayDeque<>();
    private final Deque<Promise<HostCell>> takers = new ArrayDeque<>();
    private final List<Nursery> nurseries = new ArrayList<>();

    private Limits usual;
    private Nursery nursery;
    private Future<Nursery> birth;
    private int opening;
    private int wanted = LEAST;
    private int fewest = LEAST;
    private Duration pause = FIRST_PAUSE;
    private boolean closed;
    private final long pace;

    /** @param most cells that wait at a time */
    Stock(Vertx vertx, Supplier<Future<Nursery>> births, int most) {
        this.vertx = vertx;
        this.births = births;
        this.most = Math.max(LEAST, most);
        this.pace = vertx.setPeriodic(PACE.toMillis(), tick -> review());
    }

    /** @return done when cells can be taken; fails where none can be opened here */
    Future<Void> open() {
        return bear().onSuccess(born -> refill()).mapEmpty();
    }

    /**
     * @param limits of the first program, which the next task will probably have too
     * @return a cell that waits
     */
    Future<HostCell> take(Limits limits) {
        usual = limits;
        HostCell cell = poll();
        fewest = Math.min(fewest, ready.size());
        if (ready.isEmpty()) {
            wanted = Math.min(most, wanted + 1);
        }
        Promise<HostCell> taker = Promise.promise();
        if (cell == null) {
            takers.add(taker);
        } else {
            taker.complete(cell);
        }
        // After what the taker tells its cell now, or that would have to wait for the birth of the next.
        vertx.runOnContext(told -> refill());
        return taker.future();
    }

    int size() {
        return ready.size();
    }

    /** @return done when all its processes are dead */
    Future<Void> close() {
        closed = true;
        vertx.cancelTimer(pace);
        failTakers(new IOException("the sandbox is closing"));
        List<Future<Void>> deaths = nurseries.stream().map(Nursery::end).toList();
        return Future.join(deaths).mapEmpty();
    }

    /** @return a cell that waits, or null; what has died while it waited is passed over */
    private HostCell poll() {
        HostCell cell = ready.poll();
        while (cell != null && cell.isLost()) {
            discard(cell);
            cell = ready.poll();
        }
        return cell;
    }

    private void refill() {
        if (closed || nursery == null || nursery.isDead()) {
            return;
        }
        if (nursery.isWorn() && birth == null) {
            bear().onComplete(born -> after(born.cause()));
        }
        while (opening + ready.size() < wanted + takers.size()) {
            opening++;
            Nursery own = nursery;
            own.open(usual).onComplete(opened -> {
                opening--;
                if (opened.succeeded()) {
                    put(opened.result());
                } else {
                    failed(own, opened.cause());
                }
            });
        }
    }

    private void put(HostCell cell) {
        Promise<HostCell> taker = takers.poll();
        if (taker != null) {
            taker.complete(cell);
        } else if (closed) {
            discard(cell);
        } else {
            ready.add(cell);
        }
    }

    /** Where the nursery has died its death is what is dealt with; else this machine has no room for a cell. */
    private void failed(Nursery own, Throwable error) {
        if (!own.isDead()) {
            failTakers(error);
        }
    }

    private void failTakers(Throwable error) {
        List<Promise<HostCell>> all = new ArrayList<>(takers);
        takers.clear();
        all.forEach(taker -> taker.fail(error));
    }

    private Future<Nursery> bear() {
        if (birth == null) {
            birth = births.get().onSuccess(this::adopt).onComplete(born -> birth = null);
        }
        return birth;
    }

    /** The one that is replaced goes when its last cell has been used. */
    private void adopt(Nursery born) {
        Nursery worn = nursery;
        nurseries.add(born);
        nursery = born;
        if (worn != null) {
            worn.retire();
        }
        pause = FIRST_PAUSE;
        born.death().onComplete(dead -> lost(born));
        if (closed) {
            born.end().onFailure(error -> LOG.warn("a nursery does not end", error));
        }
    }

    private void lost(Nursery dead) {
        nurseries.remove(dead);
        if (closed) {
            return;
        }
        if (dead != nursery) {
            refill(); // somebody may have waited for a cell of it
            return;
        }
        LOG.warn("a nursery has died; another one is started");
        nursery = null;
        ready.forEach(this::discard);
        ready.clear();
        bear().onComplete(born -> after(born.cause()));
    }

    private void after(Throwable stillborn) {
        if (stillborn == null) {
            refill();
            return;
        }
        LOG.error("no nursery could be started; the next try is in {}", pause, stillborn);
        if (nursery == null) {
            failTakers(stillborn);
        }
        vertx.setTimer(pause.toMillis(), again -> {
            if (!closed && (nursery == null || nursery.isWorn())) {
                bear().onComplete(born -> after(born.cause()));
            }
        });
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
    }

    /** What has not been needed for a while is let go, one at a time. */
    private void review() {
        if (fewest > 1) {
            wanted = Math.max(LEAST, wanted - 1);
        }
        fewest = ready.size();
        while (!ready.isEmpty() && (ready.size() > wanted || ready.peek().isOlderThan(LONGEST_WAIT.toNanos()))) {
            discard(ready.poll());
        }
        refill();
    }

    private void discard(HostCell cell) {
        cell.close().onFailure(error -> LOG.warn("a cell could not be closed", error));
    }
}
