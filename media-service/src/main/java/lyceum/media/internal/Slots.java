package lyceum.media.internal;

import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import lyceum.media.MediaService.Priority;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;

/**
 * So much work at once, so much that waits for it, and no more. Interactive work comes before all in the background, and
 * the background never takes the last place, so that who waits for a cut never waits for a film. One context uses it.
 */
final class Slots {

    static final Failure FULL = new Failure(Kind.BUSY, "too much sound is being worked on; try again later");

    private final Map<Priority, Deque<Turn>> waiting = new EnumMap<>(Priority.class);
    private final Map<Priority, Integer> longestQueue;
    private final int places;
    private final int placesInBackground;
    private int taken;
    private int takenInBackground;

    /**
     * @param concurrency work at once
     * @param longestQueue interactive work that waits
     * @param longestQueueInBackground other work that waits
     */
    Slots(int concurrency, int longestQueue, int longestQueueInBackground) {
        this.places = concurrency;
        this.placesInBackground = Math.max(1, concurrency - 1);
        this.longestQueue = Map.of(Priority.INTERACTIVE, longestQueue, Priority.BACKGROUND, longestQueueInBackground);
        for (Priority priority : Priority.values()) {
            waiting.put(priority, new ArrayDeque<>());
        }
    }

    /** @return work that has its place now */
    int running() {
        return taken;
    }

    int waiting(Priority priority) {
        return waiting.get(priority).size();
    }

    int mostWaiting(Priority priority) {
        return longestQueue.get(priority);
    }

    /**
     * @param turn tells its place while it waits, and can be given up
     * @return what the work gives, or BUSY where too much waits already
     */
    <T> Future<T> run(Turn turn, Supplier<Future<T>> work) {
        return enter(turn).compose(entered -> begun(work).eventually(() -> leave(turn)));
    }

    private Future<Void> enter(Turn turn) {
        Deque<Turn> queue = waiting.get(turn.priority());
        if (queue.isEmpty() && isFree(turn.priority())) {
            take(turn.priority());
            turn.grant();
        } else if (queue.size() >= longestQueue.get(turn.priority())) {
            return Future.failedFuture(FULL);
        } else {
            queue.add(turn);
            tell();
        }
        return turn.granted();
    }

    /** Ends the wait of a turn that is no longer wanted; one that runs goes on. */
    void giveUp(Turn turn, Failure reason) {
        if (waiting.get(turn.priority()).remove(turn)) {
            turn.refuse(reason);
            tell();
        }
    }

    private boolean isFree(Priority priority) {
        return taken < places && (priority == Priority.INTERACTIVE || takenInBackground < placesInBackground);
    }

    private void take(Priority priority) {
        taken++;
        takenInBackground += priority == Priority.BACKGROUND ? 1 : 0;
    }

    /** What the work throws becomes a failed future, so that its place is free again. */
    private static <T> Future<T> begun(Supplier<Future<T>> work) {
        return Future.<Void>succeededFuture().compose(start -> work.get());
    }

    private Future<Void> leave(Turn turn) {
        taken--;
        takenInBackground -= turn.priority() == Priority.BACKGROUND ? 1 : 0;
        List<Turn> next = new ArrayList<>();
        for (Priority priority : Priority.values()) {
            Deque<Turn> queue = waiting.get(priority);
            while (!queue.isEmpty() && isFree(priority)) {
                next.add(queue.poll());
                take(priority);
            }
        }
        tell();
        next.forEach(Turn::grant);
        return Future.succeededFuture();
    }

    private void tell() {
        int position = 0;
        for (Priority priority : Priority.values()) {
            for (Turn turn : List.copyOf(waiting.get(priority))) {
                position++;
                turn.tell(position);
            }
        }
    }
}
