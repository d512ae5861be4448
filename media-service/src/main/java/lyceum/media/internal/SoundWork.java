package lyceum.media.internal;

import io.vertx.core.Future;
import java.util.List;
import lyceum.media.MediaService;
import lyceum.platform.Failure;

/** The rules of {@link MediaService}: what may be asked of jobs that somebody waits for. */
final class SoundWork implements MediaService {

    private static final String SEGMENTS_FORMAT = "segments -- Invliad json format";

    private final MediaConfig config;
    private final Jobs jobs;
    private final Engine engine;

    SoundWork(MediaConfig config, Jobs jobs, Engine engine) {
        this.config = config;
        this.jobs = jobs;
        this.engine = engine;
    }

    @Override
    public Future<Job> openJob(OpenJob order) {
        return jobs.open(order);
    }

    @Override
    public Future<Done> append(Append order) {
        return jobs.on(order.jobId(), job -> job.append(order)).map(written -> new Done());
    }

    @Override
    public Future<Outputs> repair(Repair order) {
        return jobs.on(
                        order.jobId(),
                        job -> job.operate("repair", () -> bench(job).repair(job.inputs())))
                .map(SoundWork::sizes);
    }

    @Override
    public Future<Outputs> split(Split order) {
        if (order.segments().size() > config.segments()) {
            return Future.failedFuture(Failure.invalid("more than %d segments".formatted(config.segments())));
        }
        if (!order.segments().stream().allMatch(SoundWork::possible)) {
            return Future.failedFuture(Failure.invalid(SEGMENTS_FORMAT));
        }
        return jobs.on(
                        order.jobId(),
                        job -> job.operate("split", () -> bench(job).split(job.inputs(), order.segments())))
                .map(SoundWork::sizes);
    }

    private static boolean possible(Segment segment) {
        return segment.startMillis() >= -FARTHEST_MILLIS
                && segment.startMillis() <= segment.endMillis()
                && segment.endMillis() <= FARTHEST_MILLIS;
    }

    private static Workbench bench(LiveJob job) {
        JobRoom room = job.room();
        SoundCutter cutter = new SoundCutter(new Ffmpeg(room.inside()));
        return new Workbench(room.files(), cutter, job.limits().outputBytes());
    }

    private static Outputs sizes(List<Product> outputs) {
        return new Outputs(outputs.stream().map(Product::sizeBytes).toList());
    }

    @Override
    public Future<Piece> read(Read question) {
        return jobs.on(question.jobId(), job -> job.read(question)).map(Piece::new);
    }

    @Override
    public Future<Done> closeJob(CloseJob order) {
        return jobs.remove(order.jobId()).map(removed -> new Done());
    }

    @Override
    public Future<Engine> inspect(Inspect question) {
        return Future.succeededFuture(engine);
    }
}
