package lyceum.social.internal;

import io.vertx.core.Future;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.social.SocialService.Batch;
import lyceum.social.internal.ClassQueue.Waiting;
import lyceum.social.internal.TurnStore.Written;

/**
 * Does what is to be done in classes: in each of them one transaction after the other, and all that came in during one in
 * the next. Lives on one event loop.
 */
final class Classes {

    private final TurnStore store;
    private final Announcements announcements;
    private final SocialMetrics metrics;
    private final LocalHours hours;
    private final Clock clock;
    private final long heldLimitBytes;
    private final Map<String, ClassQueue> queues = new HashMap<>();

    private long heldBytes;

    /** @param heldLimitBytes of all batches that wait or are being done; more are refused */
    Classes(
            TurnStore store,
            Announcements announcements,
            SocialMetrics metrics,
            LocalHours hours,
            Clock clock,
            long heldLimitBytes) {
        this.store = store;
        this.announcements = announcements;
        this.metrics = metrics;
        this.hours = hours;
        this.clock = clock;
        this.heldLimitBytes = heldLimitBytes;
    }

    /**
     * @param bytes that the batch takes
     * @return the number of its turn, once it is on the disk; or BUSY
     */
    Future<Long> act(Batch batch, long bytes) {
        if (heldBytes + bytes > heldLimitBytes) {
            metrics.refused.increment();
            return Future.failedFuture(new Failure(Kind.BUSY, "too many batches are waiting, please try again"));
        }
        hold(bytes);
        return submit(batch.className(), new Work.Acting(batch)).onComplete(done -> hold(-bytes));
    }

    /** Lets all sessions of a member leave a class. */
    Future<Void> depart(String className, String member) {
        return submit(className, new Work.Departure(member)).mapEmpty();
    }

    /** Ends the hour of a class if it is over. */
    Future<Void> roll(String className) {
        return submit(className, new Work.Roll()).mapEmpty();
    }

    private void hold(long bytes) {
        heldBytes += bytes;
        metrics.held(heldBytes);
    }

    private Future<Long> submit(String className, Work work) {
        ClassQueue queue = queues.computeIfAbsent(className, name -> new ClassQueue());
        Future<Long> done = queue.add(work);
        if (queue.begin()) {
            goOn(className, queue);
        }
        return done;
    }

    private void goOn(String className, ClassQueue queue) {
        List<Waiting> group = queue.next();
        if (group.isEmpty()) {
            queues.remove(className);
            return;
        }
        change(className, group).onComplete(done -> goOn(className, queue));
    }

    private Future<?> change(String className, List<Waiting> group) {
        List<Work> works = group.stream().map(Waiting::work).toList();
        long began = System.nanoTime();
        Results results = new Results(className, group, hours, clock);
        Wanted wanted = Wanted.by(className, works, hours.hourStart(clock.instant()));
        return store.change(wanted, results::reckon)
                .onSuccess(written -> tell(results, written, began))
                .onFailure(results::fail);
    }

    private void tell(Results results, Written written, long began) {
        metrics.done(results.changes(), System.nanoTime() - began);
        announcements.publish(results.changes(), written);
        results.succeed();
    }
}
