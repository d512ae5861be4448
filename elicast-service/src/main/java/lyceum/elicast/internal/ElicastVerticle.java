package lyceum.elicast.internal;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lyceum.elicast.ElicastService;
import lyceum.media.MediaService;
import lyceum.platform.Bus;
import lyceum.platform.Migrations;
import lyceum.platform.Readiness;
import lyceum.sandbox.SandboxService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** elicast-service: puts its parts together and opens it to the bus. */
public final class ElicastVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(ElicastVerticle.class);

    static final List<String> MIGRATIONS = List.of("V1__lesson", "V2__run", "V3__log", "V4__borrowed_part");
    private static final Duration SWEEP_INTERVAL = Duration.ofMinutes(10);

    /** Programs are killed at once; the rest is a row for each. */
    private static final Duration GIVE_UP_LIMIT = Duration.ofSeconds(5);

    private final ElicastConfig config;
    private final Readiness readiness;
    private final MeterRegistry registry;
    private final Clock clock = Clock.tickMillis(ZoneOffset.UTC);

    private ElicastMetrics metrics;
    private Bus bus;
    private Runs runs;

    /**
     * @param readiness told how to check that the database answers
     * @param registry gets what is counted of lessons
     */
    public ElicastVerticle(ElicastConfig config, Readiness readiness, MeterRegistry registry) {
        this.config = config;
        this.readiness = readiness;
        this.registry = registry;
    }

    @Override
    public Future<?> start() {
        return new Migrations(config.database(), MIGRATIONS).run(vertx).compose(migrated -> open());
    }

    @Override
    public Future<?> stop() {
        if (runs == null) {
            return Future.succeededFuture();
        }
        Future<Void> answered = bus.withdraw();
        return within(config.drainLimit(), answered)
                .recover(late -> {
                    runs.giveUpAll();
                    return within(GIVE_UP_LIMIT, answered);
                })
                .onFailure(error -> LOG.warn("stops although something is not answered", error))
                .otherwiseEmpty()
                .onComplete(drained -> metrics.close());
    }

    private static Future<Void> within(Duration limit, Future<Void> answered) {
        return answered.timeout(Math.max(1, limit.toMillis()), TimeUnit.MILLISECONDS);
    }

    private Future<Void> open() {
        metrics = new ElicastMetrics(registry);
        Pool pool = config.database().open(vertx);
        ContentStore contents = new ContentStore(pool, config.database().openRelaxed(vertx));
        LessonStore lessonStore = new LessonStore(pool);
        bus = new Bus(vertx, config.replyTimeout());
        Lessons lessons = new Lessons(lessonStore, contents, bus, metrics, clock);
        Voices voices = new Voices(
                lessonStore,
                contents,
                lessons,
                bus.proxy(MediaService.class),
                instance -> bus.proxy(MediaService.class, config.mediaTimeout(), instance),
                metrics,
                clock);
        SandboxService sandbox = bus.proxy(SandboxService.class, config.runTimeout());
        runs = new Runs(new RunStore(pool), lessonStore, sandbox, config.codeLimits(), bus, metrics, clock);
        readiness.add("elicast", () -> lessonStore.ping().map("PostgreSQL answers"));
        sweep(contents);
        vertx.setPeriodic(SWEEP_INTERVAL.toMillis(), timer -> sweep(contents));
        Elicast elicast = new Elicast(lessons, voices, runs, new StudyLog(new StudyLogStore(pool), metrics, clock));
        return runs.open().compose(heard -> bus.serve(ElicastService.class, elicast));
    }

    private void sweep(ContentStore contents) {
        contents.discardOlderThan(clock.instant().minus(config.draftAge()).atOffset(ZoneOffset.UTC))
                .onSuccess(count -> {
                    metrics.outlived(count);
                    LOG.debug("removed drafts={}", count);
                })
                .onFailure(error -> LOG.warn("old drafts could not be removed", error));
    }
}
