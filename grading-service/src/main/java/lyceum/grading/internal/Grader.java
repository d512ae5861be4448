package lyceum.grading.internal;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import lyceum.grading.internal.GradingConfig.Grading;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Grades what waits, a few at once. What it has taken it holds by leases that it renews; when it dies they end, and somebody
 * else takes it. A verdict is stored only by whoever still holds the lease, so there is one. What is not its any more, it is
 * told or finds out when it renews, and stops. Lives on one context.
 */
final class Grader {

    private static final Logger LOG = LoggerFactory.getLogger(Grader.class);

    /** What has failed so often, or brought down so many graders, is not tried again. */
    private static final int MOST_FAILURES = 3;

    /** For as long as the sandbox is full, or away. */
    private static final Duration PAUSE = Duration.ofSeconds(2);

    /** The verdict is kept here for as long as the database does not take it. */
    private static final Duration STORE_PAUSE = Duration.ofSeconds(1);

    private static final int STORE_TRIES = 60;

    private final Vertx vertx;
    private final QueueStore queue;
    private final VerdictStore verdicts;
    private final Announcements announcements;
    private final Work work;
    private final Grading config;
    private final GradingMetrics metrics;
    private final String name = UUID.randomUUID().toString();
    private final Map<Job.Key, Held> held = new HashMap<>();

    private boolean isTaking;
    private boolean shallTakeAgain;
    private boolean isStopping;

    /** Does the work. */
    @FunctionalInterface
    interface Work {

        /**
         * @param recalled done when nobody wants to know how it goes: whatever runs for it is to be stopped
         * @return how it went; fails with BUSY or UNAVAILABLE where it shall be tried later
         */
        Future<Course> grade(Job job, Future<Void> recalled);
    }

    private record Held(Job job, Promise<Void> recall) {}

    Grader(
            Vertx vertx,
            QueueStore queue,
            VerdictStore verdicts,
            Announcements announcements,
            Work work,
            Grading config,
            GradingMetrics metrics) {
        this.vertx = vertx;
        this.queue = queue;
        this.verdicts = verdicts;
        this.announcements = announcements;
        this.work = work;
        this.config = config;
        this.metrics = metrics;
    }

    /** @return what it grades now */
    int running() {
        return held.size();
    }

    /** Takes what waits, as far as there is room; to be called when something may. */
    Future<Void> take() {
        if (isStopping || config.mode() != GradingMode.BUILTIN || held.size() >= config.atOnce()) {
            return Future.succeededFuture();
        }
        if (isTaking) {
            shallTakeAgain = true;
            return Future.succeededFuture();
        }
        isTaking = true;
        shallTakeAgain = false;
        return queue.take(name, config.lease(), config.elsewhere())
                .onComplete(taken -> isTaking = false)
                .compose(taken -> taken.map(this::begin).orElse(shallTakeAgain) ? take() : Future.succeededFuture());
    }

    /** Holds on to what it has, and stops what it has lost. */
    Future<Void> renew() {
        if (held.isEmpty()) {
            return Future.succeededFuture();
        }
        Set<Job.Key> before = Set.copyOf(held.keySet());
        return queue.renew(name, config.lease(), before).map(kept -> {
            recall(key -> before.contains(key) && !kept.contains(key));
            return null;
        });
    }

    /**
     * Stops what is graded for nobody: it was cancelled, cleared, or sent to be graded anew.
     *
     * @param attempt the last one that has its end
     */
    void recall(String id, int attempt) {
        recall(key -> key.id().equals(id) && key.attempt() <= attempt);
    }

    private void recall(Predicate<Job.Key> which) {
        List.copyOf(held.values()).stream()
                .filter(each -> which.test(each.job().key()))
                .forEach(each -> each.recall().tryComplete());
    }

    /** Takes nothing more, and gives back what it has: somebody else grades it. */
    Future<Void> stop() {
        isStopping = true;
        List<Future<Void>> givenBack = new ArrayList<>();
        held.values().forEach(each -> givenBack.add(queue.giveBack(each.job(), name, Duration.ZERO, 0)));
        return Future.join(givenBack).mapEmpty();
    }

    /** @return true: there may be more */
    private boolean begin(Job job) {
        if (isStopping) {
            giveBack(job, Duration.ZERO, 0);
            return false;
        }
        if (held.containsKey(job.key())) {
            // It was lost while everything stood still, and nobody else had it since: what runs for it goes on.
            return true;
        }
        Promise<Void> recall = Promise.promise();
        Future<Void> recalled = recall.future();
        held.put(job.key(), new Held(job, recall));
        announcements.started(job.key());
        long startNanos = System.nanoTime();
        grade(job, recalled)
                .onSuccess(course -> metrics.took(System.nanoTime() - startNanos))
                .compose(course -> store(job, course, STORE_TRIES))
                .recover(error -> recalled.isComplete() ? giveBackRecalled(job) : giveBackAfter(job, error))
                .onFailure(error ->
                        LOG.error("hand-in={} is left to its lease", job.key().id(), error))
                .onComplete(done -> {
                    held.remove(job.key());
                    take().onFailure(error -> LOG.debug("nothing could be taken", error));
                });
        return true;
    }

    private Future<Course> grade(Job job, Future<Void> recalled) {
        if (job.failures() >= MOST_FAILURES) {
            LOG.error(
                    "hand-in={} has failed {} times and is not tried again",
                    job.key().id(),
                    job.failures());
            return Future.succeededFuture(Course.without(Verdict.BROKEN));
        }
        return work.grade(job, recalled);
    }

    private static boolean isPassing(Throwable error) {
        return error instanceof Failure failure && (failure.kind() == Kind.BUSY || failure.kind() == Kind.UNAVAILABLE);
    }

    private Future<Void> store(Job job, Course course, int tries) {
        return verdicts.finish(job, name, course.verdict(), course.process())
                .onSuccess(ended -> tell(job, ended))
                .<Void>mapEmpty()
                .recover(error -> {
                    if (tries <= 1 || isStopping) {
                        return Future.failedFuture(error);
                    }
                    LOG.warn(
                            "the verdict of hand-in={} could not be stored yet",
                            job.key().id(),
                            error);
                    return vertx.timer(STORE_PAUSE.toMillis(), TimeUnit.MILLISECONDS)
                            .compose(due -> store(job, course, tries - 1));
                });
    }

    private void tell(Job job, Optional<Ended> ended) {
        ended.ifPresentOrElse(announcements::scored, () -> dropped(job));
    }

    private void dropped(Job job) {
        metrics.dropped.increment();
        LOG.info("the verdict of hand-in={} is not wanted any more", job.key().id());
    }

    /** Nobody wants it, or it was lost; then it may have been taken again since. */
    private Future<Void> giveBackRecalled(Job job) {
        dropped(job);
        return giveBack(job, Duration.ZERO, 0);
    }

    private Future<Void> giveBackAfter(Job job, Throwable error) {
        String id = job.key().id();
        if (isPassing(error)) {
            metrics.busy.increment();
            LOG.warn("hand-in={} is graded later: {}", id, error.getMessage());
            return giveBack(job, PAUSE, 0);
        }
        metrics.defect.increment();
        LOG.error("hand-in={} could not be graded", id, error);
        return giveBack(job, PAUSE, 1);
    }

    private Future<Void> giveBack(Job job, Duration pause, int failures) {
        return queue.giveBack(job, name, pause, failures)
                .onFailure(error ->
                        LOG.warn("hand-in={} is left to its lease", job.key().id(), error));
    }
}
