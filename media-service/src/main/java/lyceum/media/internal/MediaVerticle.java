package lyceum.media.internal;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.UUID;
import lyceum.media.MediaService;
import lyceum.media.MediaWorkService;
import lyceum.media.internal.live.LiveConfig;
import lyceum.media.internal.live.LiveVerticle;
import lyceum.media.internal.live.Studio;
import lyceum.platform.Bus;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.platform.Readiness;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** media-service: finds ffmpeg, makes a place to work in, and opens jobs to the bus. */
public final class MediaVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(MediaVerticle.class);

    private final MediaConfig config;
    private final LiveConfig live;
    private final Readiness readiness;
    private final MeterRegistry registry;
    private MediaMetrics metrics;
    private WorkDirectory directory;
    private Jobs jobs;
    private TranscriptEndpoint endpoint;

    /**
     * @param live how live video is made
     * @param readiness gets the check {@code media}: whether ffmpeg is here
     * @param registry gets what is counted of jobs and of live video
     */
    public MediaVerticle(MediaConfig config, LiveConfig live, Readiness readiness, MeterRegistry registry) {
        this.config = config;
        this.live = live;
        this.readiness = readiness;
        this.registry = registry;
    }

    @Override
    public Future<?> start() {
        String instance = UUID.randomUUID().toString();
        return vertx.executeBlocking(() -> WorkDirectory.claim(config.workDirectory(), instance))
                .compose(claimed -> {
                    directory = claimed;
                    return FfmpegProgram.find(vertx, config.ffmpeg(), claimed.path());
                })
                .compose(program -> serve(instance, program));
    }

    private Future<?> serve(String instance, FfmpegProgram program) {
        LOG.info("sound is cut with: {}", program.engine().text());
        readiness.add("media", () -> check(program.engine()));
        metrics = new MediaMetrics(registry);
        jobs = new Jobs(vertx, config, instance, directory.path(), program, metrics);
        jobs.watch();
        MediaService sound = new SoundWork(config, jobs, program.engine());
        MediaWorkService background = new BackgroundWork(vertx, config, jobs, transcriber());
        Bus bus = new Bus(vertx, config.interactive().operation());
        return bus.serve(MediaWorkService.class, background, instance)
                .compose(reachable -> bus.serve(MediaService.class, sound, instance))
                .compose(reachable -> bus.serve(MediaService.class, sound))
                .compose(reachable -> vertx.deployVerticle(new LiveVerticle(
                        live, studio(program), instance, directory.path().resolve("live"), registry)));
    }

    /** Live video is made behind the same walls. */
    private Studio studio(FfmpegProgram program) {
        return new Studio(
                program.engine().usable(),
                work -> Room.open(vertx, program, work).map(room -> new Studio.Scene(room.command(), room::close)));
    }

    private Transcriber transcriber() {
        if (config.transcript().endpoint().isPresent()) {
            endpoint = new TranscriptEndpoint(vertx, config.transcript());
            return endpoint;
        }
        return config.transcript().command().map(TranscriptCommand::new).orElse(null);
    }

    private static Future<String> check(MediaService.Engine engine) {
        return engine.usable()
                ? Future.succeededFuture(engine.text())
                : Future.failedFuture(new Failure(Kind.UNAVAILABLE, engine.text()));
    }

    /** Jobs end with the instance: their callers see that nobody serves it any more. */
    @Override
    public Future<?> stop() {
        return (jobs == null ? Future.succeededFuture() : jobs.close())
                .eventually(() -> endpoint == null ? Future.succeededFuture() : endpoint.close())
                .eventually(this::leave)
                .onComplete(left -> closeMetrics());
    }

    private void closeMetrics() {
        if (metrics != null) {
            metrics.close();
        }
    }

    private Future<Void> leave() {
        return vertx.executeBlocking(() -> {
            if (directory != null) {
                directory.close();
            }
            return null;
        });
    }
}
