package lyceum.media.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import lyceum.media.MediaService.Job;
import lyceum.media.MediaService.OpenJob;
import lyceum.media.MediaService.Priority;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which jobs are open on this instance. One context uses it. */
final class Jobs {

    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);
    private static final int CHECKS_PER_IDLE_LIMIT = 4;

    private final Vertx vertx;
    private final MediaConfig config;
    private final String instance;
    private final Path directory;
    private final FfmpegProgram program;
    private final MediaMetrics metrics;
    private final Slots slots;
    private final Disk disk;
    private final Map<String, LiveJob> open = new ConcurrentHashMap<>();
    private final List<OpenJob> opening = new ArrayList<>();

    /**
     * @param instance the name that this instance is asked by
     * @param directory its own; gets a directory for each job
     */
    Jobs(
            Vertx vertx,
            MediaConfig config,
            String instance,
            Path directory,
            FfmpegProgram program,
            MediaMetrics metrics) {
        this.vertx = vertx;
        this.config = config;
        this.instance = instance;
        this.directory = directory;
        this.program = program;
        this.metrics = metrics;
        this.slots = new Slots(
                config.ffmpeg().concurrency(),
                config.ffmpeg().queue(),
                config.ffmpeg().backgroundQueue());
        this.disk = new Disk(config.diskBytes());
        metrics.show(config, this, slots, disk);
    }

    /** Begins to close jobs that nobody touches. */
    void watch() {
        long shortestMillis = Math.min(
                config.interactive().idle().toMillis(),
                config.background().idle().toMillis());
        vertx.setPeriodic(
                Math.max(1, shortestMillis / CHECKS_PER_IDLE_LIMIT),
                id -> List.copyOf(open.keySet()).stream()
                        .filter(job -> open.get(job).isLeftAlone())
                        .forEach(this::abandon));
    }

    private void abandon(String job) {
        LOG.info("closed job={} that was left alone", job);
        remove(job);
    }

    /** @return failures as {@link lyceum.media.MediaService#openJob} */
    Future<Job> open(OpenJob order) {
        if (!program.engine().usable()) {
            return Future.failedFuture(new Failure(Kind.UNAVAILABLE, "sound cannot be cut here"));
        }
        JobLimits limits = config.limits(order.priority());
        if (count(order.priority()) + opening(other -> other.priority() == order.priority()) >= limits.jobs()) {
            metrics.jobsRefused.increment();
            return Future.failedFuture(new Failure(Kind.BUSY, "too many sound jobs; try again later"));
        }
        if (!order.owner().isEmpty() && countOf(order.owner()) >= share(order.priority())) {
            metrics.ownerRefused.increment();
            return Future.failedFuture(new Failure(Kind.BUSY, "too many jobs of yours; " + wayOut(order.priority())));
        }
        opening.add(order);
        String id = UUID.randomUUID().toString();
        return JobFiles.in(vertx, directory.resolve(id))
                .onComplete(made -> opening.remove(order))
                .map(files -> {
                    JobRoom room = JobRoom.of(vertx, config, program, files, limits, disk.share());
                    open.put(id, new LiveJob(vertx, order, limits, slots, room, metrics));
                    return new Job(id, instance);
                });
    }

    /** An interactive job ends with the request that waits for it; no client knows it, so none can close it. */
    private static String wayOut(Priority priority) {
        return priority == Priority.INTERACTIVE ? "try again" : "close one of them";
    }

    /** @return jobs that are open; for any thread */
    long count(Priority priority) {
        return open.values().stream()
                .filter(job -> job.order().priority() == priority)
                .count();
    }

    private int share(Priority priority) {
        return priority == Priority.INTERACTIVE
                ? Math.max(config.jobsPerOwner(), config.limits(priority).jobs() / 2)
                : config.jobsPerOwner();
    }

    private long countOf(String owner) {
        return opening(order -> order.owner().equals(owner))
                + open.values().stream()
                        .filter(job -> job.order().owner().equals(owner))
                        .count();
    }

    private long opening(Predicate<OpenJob> which) {
        return opening.stream().filter(which).count();
    }

    /** @return the answer of a job; or NOT_FOUND */
    <T> Future<T> on(String id, Function<LiveJob, Future<T>> question) {
        LiveJob job = open.get(id);
        return job == null ? Future.failedFuture(Failure.notFound("no such job")) : question.apply(job);
    }

    /** Closes all jobs. */
    Future<Void> close() {
        return Future.join(List.copyOf(open.keySet()).stream().map(this::remove).toList())
                .mapEmpty();
    }

    /** Closes a job; an unknown one is ignored. */
    Future<Void> remove(String id) {
        LiveJob job = open.remove(id);
        return job == null
                ? Future.succeededFuture()
                : job.close().onFailure(error -> LOG.warn("cannot remove the files of job={}", id, error));
    }
}
