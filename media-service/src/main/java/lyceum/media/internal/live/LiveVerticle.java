package lyceum.media.internal.live;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import lyceum.media.LiveChannel;
import lyceum.media.LiveService;
import lyceum.platform.Bus;
import lyceum.platform.Chore;

/** Live video of media-service: puts its parts together and opens them to the bus. */
public final class LiveVerticle extends VerticleBase {

    private static final Duration REPLY_LIMIT = Duration.ofSeconds(10);
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    /** Of each channel one waits to write, and few look after files. */
    private static final int MORE_WORKERS = 4;

    private final LiveConfig config;
    private final Studio studio;
    private final String instance;
    private final Path directory;
    private final MeterRegistry meters;

    private WorkerExecutor workers;
    private ChannelRegistry registry;
    private LiveRecordings recordings;
    private Channels channels;
    private Chore signs;
    private LiveMetrics metrics;

    /**
     * @param studio where ffmpeg runs
     * @param instance unique in the cluster
     * @param directory gets the files of channels; removed by the caller
     * @param meters get what is counted of channels
     */
    public LiveVerticle(LiveConfig config, Studio studio, String instance, Path directory, MeterRegistry meters) {
        this.config = config;
        this.studio = studio;
        this.instance = instance;
        this.directory = directory;
        this.meters = meters;
    }

    @Override
    public Future<?> start() {
        Bus bus = new Bus(vertx, REPLY_LIMIT);
        InstantSource clock = InstantSource.system();
        // To write may take as long as the child likes: the watchdog is ours, not that of the pool.
        workers = vertx.createSharedWorkerExecutor(
                "lyceum-live-" + instance, 2 * config.channels() + MORE_WORKERS, 1, TimeUnit.HOURS);
        registry = new ChannelRegistry(vertx, config.redisUrl(), instance);
        recordings = new LiveRecordings(vertx, workers, config, studio, instance, clock);
        metrics = new LiveMetrics(meters);
        Workshop shop = new Workshop(vertx, bus, workers, config, studio, instance, directory, clock, metrics);
        HeldChannels held = new HeldChannels(shop, registry);
        LiveProcesses processes = new LiveProcesses(shop);
        PublishSessions sessions = new PublishSessions(shop, held, processes, recordings);
        channels = new Channels(shop, held, sessions, recordings);
        metrics.show(config, held, processes, sessions);
        signs = new Chore("to tell which channels are here", channels::sign);
        vertx.setPeriodic(ChannelRegistry.LEASE.dividedBy(3).toMillis(), due -> signs.run());
        return recordings
                .open()
                .compose(opened -> bus.serve(LiveChannel.class, channels, instance))
                .compose(reachable -> bus.serve(LiveService.class, new ChannelDirectory(registry, held, sessions, bus)))
                .onSuccess(reachable -> signs.run());
    }

    @Override
    public Future<?> stop() {
        if (channels == null) {
            return Future.succeededFuture();
        }
        signs.end();
        return channels.close()
                .eventually(() -> recordings.close(FAREWELL))
                .eventually(() -> registry.leave().otherwiseEmpty())
                .eventually(registry::close)
                .eventually(workers::close)
                .onComplete(closed -> metrics.close());
    }
}
