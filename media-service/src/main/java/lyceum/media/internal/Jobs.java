package lyceum.media.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import lyceum.media.MediaService;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rules of {@link MediaService}: which jobs are open on this instance, and what may be asked of them. */
final class Jobs implements MediaService {

    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);
    private static final String SEGMENTS_FORMAT = "segments -- Invliad json format";
    private static final int CHECKS_PER_IDLE_LIMIT = 4;
    /** ffmpeg notices its own limit up to one cluster late; the kernel's must not come before it. */
    private static final long FILE_SLACK_BYTES = 8L << 20;

    private final Vertx vertx;
    private final MediaConfig config;
    private final String instance;
    private final Path directory;
    private final FfmpegProgram program;
    private final Slots slots;
    private final Map<String, LiveJob> open = new HashMap<>();
    private int opening;

    /**
     * @param instance the name that this instance is asked by
     * @param directory its own; gets a directory for each job
     */
    Jobs(Vertx vertx, MediaConfig config, String instance, Path directory, FfmpegProgram program) {
        this.vertx = vertx;
        this.config = config;
        this.instance = instance;
        this.directory = directory;
        this.program = program;
        this.slots = new Slots(config.ffmpeg().concurrency(), config.ffmpeg().queue());
    }

    /** Begins to close jobs that nobody touches. */
    void watch() {
        long period = Math.max(1, config.jobs().idle().toMillis() / CHECKS_PER_IDLE_LIMIT);
        vertx.setPeriodic(
                period,
                id -> List.copyOf(open.keySet()).stream()
                        .filter(job -> open.get(job).idleFor(config.jobs().idle()))
                        .forEach(this::abandon));
    }

    private void abandon(String job) {
        LOG.info("closed job={} that was left alone", job);
        remove(job);
    }

    @Override
    public Future<Job> openJob(OpenJob order) {
        if (!program.engine().usable()) {
            return Future.failedFuture(new Failure(Kind.UNAVAILABLE, "sound cannot be cut here"));
        }
        if (open.size() + opening >= config.jobs().jobs()) {
            return Future.failedFuture(new Failure(Kind.BUSY, "too many sound jobs; try again later"));
        }
        opening++;
        String id = UUID.randomUUID().toString();
        return JobFiles.in(vertx, directory.resolve(id))
                .onComplete(made -> opening--)
                .map(files -> {
                    open.put(id, job(files));
                    return new Job(id, instance);
                });
    }

    private LiveJob job(JobFiles files) {
        long outputBytes = config.jobs().outputBytes();
        Runner runner =
                new Runner(vertx, files.directory(), config.ffmpeg().runLimit(), outputBytes + FILE_SLACK_BYTES);
        Workbench bench = new Workbench(files, new Ffmpeg(program.command(), runner), outputBytes);
        return new LiveJob(vertx, config.jobs(), files, runner, bench);
    }

    @Override
    public Future<Done> append(Append order) {
        return on(order.jobId(), job -> job.append(order)).map(written -> new Done());
    }

    @Override
    public Future<Outputs> repair(Repair order) {
        return on(order.jobId(), job -> job.repair(slots, config.ffmpeg().operationLimit()))
                .map(Jobs::sizes);
    }

    @Override
    public Future<Outputs> split(Split order) {
        if (order.segments().size() > config.jobs().segments()) {
            String text = "more than %d segments".formatted(config.jobs().segments());
            return Future.failedFuture(Failure.invalid(text));
        }
        if (!order.segments().stream().allMatch(Jobs::possible)) {
            return Future.failedFuture(Failure.invalid(SEGMENTS_FORMAT));
        }
        return on(
                        order.jobId(),
                        job -> job.split(
                                order.segments(), slots, config.ffmpeg().operationLimit()))
                .map(Jobs::sizes);
    }

    private static boolean possible(Segment segment) {
        return segment.startMillis() >= -FARTHEST_MILLIS
                && segment.startMillis() <= segment.endMillis()
                && segment.endMillis() <= FARTHEST_MILLIS;
    }

    private static Outputs sizes(List<SoundFile> outputs) {
        return new Outputs(outputs.stream().map(SoundFile::sizeBytes).toList());
    }

    @Override
    public Future<Piece> read(Read question) {
        return on(question.jobId(), job -> job.read(question)).map(Piece::new);
    }

    @Override
    public Future<Done> closeJob(CloseJob order) {
        return remove(order.jobId()).map(removed -> new Done());
    }

    @Override
    public Future<Engine> inspect(Inspect question) {
        return Future.succeededFuture(program.engine());
    }

    /** Closes all jobs. */
    Future<Void> close() {
        return Future.join(List.copyOf(open.keySet()).stream().map(this::remove).toList())
                .mapEmpty();
    }

    private <T> Future<T> on(String id, Function<LiveJob, Future<T>> question) {
        LiveJob job = open.get(id);
        return job == null ? Future.failedFuture(Failure.notFound("no such job")) : question.apply(job);
    }

    private Future<Void> remove(String id) {
        LiveJob job = open.remove(id);
        return job == null
                ? Future.succeededFuture()
                : job.close().onFailure(error -> LOG.warn("cannot remove the files of job={}", id, error));
    }
}
