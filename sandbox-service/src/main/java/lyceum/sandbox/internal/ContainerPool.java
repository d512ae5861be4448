package lyceum.sandbox.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Containers that wait for a task, each used once. Which rooms are wanted is not known before they have been asked
 * for, so the first task of a kind gets a new container; from then on as many wait as were taken within one of the
 * last two rounds, and at least the configured number of the room that was asked for last. Lives on one context.
 */
final class ContainerPool {

    private static final Logger LOG = LoggerFactory.getLogger(ContainerPool.class);

    private final Vertx vertx;
    private final Containers containers;
    private final ContainerConfig config;
    /** The one that was asked for last comes last. */
    private final Map<Room, Shelf> shelves = new LinkedHashMap<>(16, 0.75f, true);

    private final long rounds;

    private boolean closed;

    /** @param round how long demand is counted until it is acted upon */
    ContainerPool(Vertx vertx, Containers containers, Duration round) {
        this.vertx = vertx;
        this.containers = containers;
        this.config = containers.config();
        this.rounds = vertx.setPeriodic(round.toMillis(), time -> endRound());
    }

    /** @return a container that nobody has used, and nobody else gets */
    Future<Container> take(Room room) {
        Shelf shelf = shelves.computeIfAbsent(room, Shelf::new);
        Container ready = shelf.take();
        fill(shelf);
        return ready == null ? containers.build(room) : Future.succeededFuture(ready);
    }

    /** @return how many wait, or are being made to wait */
    int size() {
        return shelves.values().stream().mapToInt(Shelf::size).sum();
    }

    /** @return done when those that wait are gone; those that were taken are their users' */
    Future<Void> close() {
        closed = true;
        vertx.cancelTimer(rounds);
        List<Future<Void>> removals = new ArrayList<>();
        shelves.values().forEach(shelf -> removals.addAll(shelf.clear()));
        return Future.join(removals).mapEmpty();
    }

    private void endRound() {
        shelves.values().forEach(Shelf::endRound);
        shelves.values().removeIf(Shelf::isForgotten);
        shelves.values().forEach(this::fill);
    }

    private void fill(Shelf shelf) {
        boolean isLatest = shelf == latest();
        while (!closed && shelf.size() < shelf.wanted(isLatest) && hasPlace(shelf)) {
            shelf.add();
        }
    }

    private Shelf latest() {
        Shelf latest = null;
        for (Shelf each : shelves.values()) {
            latest = each;
        }
        return latest;
    }

    /** A room without any may have the place of another one, the one that was least asked for. */
    private boolean hasPlace(Shelf shelf) {
        if (size() < config.mostReady()) {
            return true;
        }
        return shelf.size() == 0 && shelves.values().stream().anyMatch(other -> other != shelf && other.giveUp());
    }

    /** Containers of one room. */
    private final class Shelf {

        private final Room room;
        private final Deque<Ready> ready = new ArrayDeque<>();
        private int coming;
        private int asked;
        private int askedBefore;
        private boolean isBroken;

        Shelf(Room room) {
            this.room = room;
        }

        int size() {
            return ready.size() + coming;
        }

        int wanted(boolean isLatest) {
            return isBroken ? 0 : Math.max(isLatest ? config.ready() : 0, Math.max(asked, askedBefore));
        }

        Container take() {
            asked++;
            dropOld();
            Ready first = ready.poll();
            return first == null ? null : first.container();
        }

        void add() {
            coming++;
            containers
                    .build(room)
                    .onComplete(built -> coming--)
                    .onSuccess(this::put)
                    .onFailure(this::fail);
        }

        boolean giveUp() {
            Ready last = ready.pollLast();
            if (last != null) {
                last.container().remove();
            }
            return last != null;
        }

        void endRound() {
            askedBefore = asked;
            asked = 0;
            isBroken = false;
            dropOld();
            while (ready.size() > wanted(this == latest())) {
                giveUp();
            }
        }

        boolean isForgotten() {
            return size() == 0 && wanted(this == latest()) == 0;
        }

        List<Future<Void>> clear() {
            List<Future<Void>> removals =
                    ready.stream().map(each -> each.container().remove()).toList();
            ready.clear();
            return removals;
        }

        private void put(Container container) {
            if (closed) {
                container.remove();
            } else {
                ready.add(new Ready(container, System.nanoTime()));
            }
        }

        /** Until the next round nobody tries in vain. */
        private void fail(Throwable error) {
            isBroken = true;
            LOG.warn("no container of {} can be made to wait: {}", room.image(), error.getMessage());
        }

        /** Half of their life must be left for a run. */
        private void dropOld() {
            long oldest = config.life().toNanos() / 2;
            while (!ready.isEmpty() && System.nanoTime() - ready.peek().sinceNanos() > oldest) {
                ready.poll().container().remove();
            }
        }
    }

    private record Ready(Container container, long sinceNanos) {}
}
