package lyceum.grading.internal;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import lyceum.grading.AttemptService;
import lyceum.grading.HandInService;
import lyceum.grading.HandInService.HandedIn;
import lyceum.grading.HomeworkService;
import lyceum.grading.HomeworkService.HomeworkChanged;
import lyceum.grading.RunnerService;
import lyceum.platform.Bus;
import lyceum.platform.Chore;
import lyceum.platform.Migrations;
import lyceum.platform.Readiness;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** grading-service: puts its parts together and opens it to the bus. */
public final class GradingVerticle extends VerticleBase {

    static final List<String> MIGRATIONS = List.of("V1__grading", "V2__sealed_body");

    private static final Logger LOG = LoggerFactory.getLogger(GradingVerticle.class);

    /** A hand-in is taken at once when it is told of; this is for what nobody has told. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private static final Duration SHELF_LOOK = Duration.ofSeconds(30);
    private static final Duration CENSUS_LOOK = Duration.ofSeconds(15);
    private static final Duration REPLAY_LOOK = Duration.ofSeconds(10);
    private static final int RENEWALS_PER_LEASE = 3;

    private final GradingConfig config;
    private final Readiness readiness;
    private final MeterRegistry registry;

    private final String instance = UUID.randomUUID().toString();
    private final List<Chore> chores = new ArrayList<>();

    private Bus bus;
    private GradingMetrics metrics;
    private Grader grader;

    /**
     * @param readiness told how to check that the database answers
     * @param registry gets what is counted of hand-ins
     */
    public GradingVerticle(GradingConfig config, Readiness readiness, MeterRegistry registry) {
        this.config = config;
        this.readiness = readiness;
        this.registry = registry;
    }

    @Override
    public Future<?> start() {
        Future<Envelopes> envelopes = vertx.executeBlocking(() -> Keys.read(config.runners()));
        Future<Texts> texts = vertx.executeBlocking(() -> new Texts(Translations.load()));
        Future<Void> migrated = new Migrations(config.database(), MIGRATIONS).run(vertx);
        return Future.all(envelopes, texts, migrated).compose(ready -> open(envelopes.result(), texts.result()));
    }

    @Override
    public Future<?> stop() {
        chores.forEach(Chore::end);
        return grader == null
                ? Future.succeededFuture()
                : Future.join(grader.stop(), bus.drain()).onComplete(stopped -> metrics.close());
    }

    private Future<Void> open(Envelopes envelopes, Texts texts) {
        bus = new Bus(vertx, config.replyTimeout());
        Stores stores = stores(config.database().open(vertx));
        metrics = new GradingMetrics(registry);
        Announcements announcements = new Announcements(bus, metrics);
        Library library = new Library(
                vertx,
                stores.homework(),
                new HomeworkReader(config.zone()),
                config.homeworkDirectory(),
                config.shelfBytes());
        UnpackingRoom room = new UnpackingRoom(vertx);
        ReplayWindow replays =
                new ReplayWindow(stores.replays(), config.runners().skew(), ReplayWindow.CAPACITY, Clock.systemUTC());
        readiness.add("grading", () -> stores.handIns().pending().map("PostgreSQL answers"));
        grader = new Grader(
                vertx,
                stores.queue(),
                stores.verdicts(),
                announcements,
                work(bus, library, room),
                config.grading(),
                metrics);
        metrics.show(grader, config.grading().atOnce(), library, config.shelfBytes());
        return library.reload()
                .compose(read -> serve(bus, stores, announcements, library, room, texts))
                .compose(served -> bus.serve(
                        RunnerService.class,
                        new Runners(
                                vertx,
                                envelopes,
                                replays,
                                stores.verdicts(),
                                stores.queue(),
                                announcements,
                                config.runners().lease(),
                                metrics)))
                .compose(served -> bus.listen(HandInService.HANDED_IN, this::handedIn))
                .compose(heard -> bus.listen(HandInService.SCORED, fact -> grader.recall(fact.id(), fact.attempt())))
                .compose(heard -> bus.listen(HomeworkService.CHANGED, fact -> reread(library, fact)))
                .onSuccess(ready -> begin(stores.queue(), library, replays));
    }

    private static Stores stores(Pool pool) {
        return new Stores(
                new HandInStore(pool),
                new AttemptStore(pool),
                new QueueStore(pool),
                new VerdictStore(pool),
                new ScoreStore(pool),
                new HomeworkStore(pool),
                new ReplayStore(pool));
    }

    private Future<Void> serve(
            Bus bus, Stores stores, Announcements announcements, Library library, UnpackingRoom room, Texts texts) {
        Language fallback = Language.of(config.language());
        HandInViews views = new HandInViews(texts);
        return bus.serve(
                        HomeworkService.class,
                        new Homeworks(
                                library,
                                stores.homework(),
                                stores.scores(),
                                bus,
                                instance,
                                fallback,
                                Clock.systemUTC()))
                .compose(served -> bus.serve(
                        HandInService.class,
                        new HandIns(
                                library,
                                room,
                                stores.handIns(),
                                stores.scores(),
                                views,
                                announcements,
                                fallback,
                                config.mostPending())))
                .compose(served -> bus.serve(AttemptService.class, new Attempts(library, stores.attempts(), views)));
    }

    private Grader.Work work(Bus bus, Library library, UnpackingRoom room) {
        Judge judge = new Judge(vertx, bus, config.judge());
        RemoteAddress addresses = new RemoteAddress(vertx, config.grading().isPrivateAllowed());
        return new Assignments(library, room, addresses, judge::judge)::grade;
    }

    private void begin(QueueStore queue, Library library, ReplayWindow replays) {
        Duration renewal = config.grading().lease().dividedBy(RENEWALS_PER_LEASE);
        again("taking hand-ins", LOOK, grader::take);
        again("renewing leases", renewal, grader::renew);
        again("reclaiming hand-ins", LOOK, () -> queue.reclaim().onSuccess(metrics.reclaimed::increment));
        again("counting hand-ins", CENSUS_LOOK, () -> queue.census().onSuccess(metrics::show));
        again("looking at homework", SHELF_LOOK, library::refresh);
        again("forgetting sealed bodies", REPLAY_LOOK, replays::forget);
    }

    private void again(String name, Duration pause, Supplier<Future<?>> work) {
        Chore chore = new Chore(name, work);
        chores.add(chore);
        vertx.setPeriodic(pause.toMillis(), due -> chore.run());
    }

    private void reread(Library library, HomeworkChanged fact) {
        if (fact.instance().equals(instance)) {
            return;
        }
        Future<?> read = fact.homework().equals(HomeworkService.EVERY) ? library.reload() : library.refresh();
        read.onFailure(error -> LOG.warn("homework that has changed could not be read yet", error));
    }

    private void handedIn(HandedIn fact) {
        grader.recall(fact.id(), fact.attempt() - 1);
        grader.take().onFailure(error -> LOG.debug("nothing could be taken", error));
    }
}
