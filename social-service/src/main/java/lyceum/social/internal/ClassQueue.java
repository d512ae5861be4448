package lyceum.social.internal;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What waits for one class, in the order in which it came. Lives on one event loop. */
final class ClassQueue {

    /** A transaction ends with the work that goes beyond either: others wait for the class, too. */
    private static final int GROUP_ACTS = 1000;

    private static final int GROUP_WORKS = 50;

    private final Deque<Waiting> waiting = new ArrayDeque<>();

    private boolean isGoing;

    /** @param done gets the number of the turn, or 0 */
    record Waiting(Work work, Promise<Long> done) {}

    /** @return what comes of it, once it is on the disk */
    Future<Long> add(Work work) {
        Promise<Long> done = Promise.promise();
        waiting.add(new Waiting(work, done));
        return done.future();
    }

    /** @return whether the first group is to be done now; else somebody is at work and will come to it */
    boolean begin() {
        boolean wasGoing = isGoing;
        isGoing = true;
        return !wasGoing;
    }

    /** @return what is done at once; nothing if nothing waits, and then the next one begins anew */
    List<Waiting> next() {
        List<Waiting> group = new ArrayList<>();
        int acts = 0;
        while (!waiting.isEmpty() && group.size() < GROUP_WORKS && acts < GROUP_ACTS) {
            group.add(waiting.remove());
            acts += group.get(group.size() - 1).work().size();
        }
        isGoing = !group.isEmpty();
        return group;
    }
}
