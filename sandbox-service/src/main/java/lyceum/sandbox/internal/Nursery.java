package lyceum.sandbox.internal;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import lyceum.sandbox.Limits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One process that keeps cells ready, seen from here; {@code cell/nursery.py} is what it runs. Its cells share the layout
 * of their memory and the seed of their hashes, so it is worn after some time. Lives on one context.
 */
final class Nursery {

    private static final Logger LOG = LoggerFactory.getLogger(Nursery.class);
    private static final int MOST_CELLS = 1_000;
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final Duration OPENING_LIMIT = Duration.ofSeconds(20);
    private static final Duration LONGEST_LIFE = Duration.ofMinutes(10);

    private final Vertx vertx;
    private final Process process;
    private final NetSocket channel;
    private final NetServer server;
    private final NurserySetup setup;
    private final Meters meters;
    private final long bornNanos = System.nanoTime();
    private final Map<Integer, HostCell> cells = new HashMap<>();
    private final Future<Void> death;

    private int opened;
    private boolean isDead;
    private boolean retired;

    Nursery(Vertx vertx, Birth.Child child, NurserySetup setup, Meters meters) {
        this.vertx = vertx;
        this.process = child.process();
        this.channel = child.channel();
        this.server = child.server();
        this.setup = setup;
        this.meters = meters;
        this.death = Future.fromCompletionStage(process.onExit(), vertx.getOrCreateContext())
                .onComplete(ended -> bury())
                .eventually(server::close)
                .mapEmpty();
        channel.handler(new Frame.Cutter(this::take));
        channel.exceptionHandler(error -> LOG.debug("the channel of a nursery is broken", error));
    }

    /**
     * @param expected the limits that its task will probably have, or null
     * @return a cell that waits for a task
     */
    Future<HostCell> open(Limits expected) {
        if (isDead) {
            return Future.failedFuture(ended());
        }
        int number = ++opened;
        HostCell cell = new HostCell(vertx, this, number, meters, expected);
        cells.put(number, cell);
        tell(new Frame('S', number));
        long late = vertx.setTimer(
                OPENING_LIMIT.toMillis(), due -> cell.lose(new IOException("no cell could be built in time")));
        return cell.waiting().onComplete(waits -> vertx.cancelTimer(late)).onFailure(error -> cell.close());
    }

    /** @return what a cell is told of its task */
    Buffer letter(Task task) {
        return new Letter(setup.interpreter().executableInside(), meters).of(task);
    }

    boolean isWorn() {
        return opened >= MOST_CELLS || System.nanoTime() - bornNanos > LONGEST_LIFE.toNanos();
    }

    /** @return whether no cell of it lives, or ever will */
    boolean isDead() {
        return isDead;
    }

    /** @return done when it is dead */
    Future<Void> death() {
        return death;
    }

    /** Lets it go when its last cell is forgotten. */
    void retire() {
        retired = true;
        closeIfUnused();
    }

    /** Ends it with all that is in it: it does that itself and waits for its cells, or all are killed. */
    Future<Void> end() {
        Promise<Void> ended = Promise.promise();
        long late = vertx.setTimer(GRACE.toMillis(), time -> kill().onComplete(ended));
        channel.close().transform(closed -> death).onComplete(dead -> {
            if (vertx.cancelTimer(late)) {
                ended.handle(dead);
            }
        });
        return ended.future();
    }

    /** @return done when none of the family is left */
    private Future<Void> kill() {
        return vertx.executeBlocking(() -> {
                    List<ProcessHandle> cells = process.descendants().toList();
                    process.destroyForcibly();
                    cells.forEach(ProcessHandle::destroyForcibly);
                    CompletableFuture.allOf(
                                    cells.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                            .get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
                    return null;
                })
                .compose(killed -> death);
    }

    /** Says something; where it is dead, all its cells have been told so. */
    void tell(Frame frame) {
        channel.write(frame.encode()).onFailure(error -> LOG.debug("a nursery is gone", error));
    }

    /** Has no more to do with a cell. */
    void forget(int number) {
        if (cells.remove(number) != null) {
            tell(new Frame('D', number));
        }
        closeIfUnused();
    }

    private void closeIfUnused() {
        if (retired && cells.isEmpty()) {
            channel.close().onFailure(error -> LOG.debug("a nursery is gone", error));
        }
    }

    private void take(Frame frame) {
        if (frame.cell() == 0) {
            LOG.error("a nursery gives up: {}", frame.payload());
            return;
        }
        HostCell cell = cells.get(frame.cell());
        if (cell != null) {
            cell.take(frame);
        }
    }

    private void bury() {
        isDead = true;
        List.copyOf(cells.values()).forEach(cell -> cell.lose(ended()));
        cells.clear();
    }

    private static IOException ended() {
        return new IOException("the nursery has ended");
    }
}
