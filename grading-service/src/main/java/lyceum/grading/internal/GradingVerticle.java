package lyceum.grading.internal;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.sqlclient.Pool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import lyceum.grading.HandInService;
import lyceum.grading.HomeworkService;
import lyceum.grading.RunnerService;
import lyceum.platform.Bus;
import lyceum.platform.Chore;
import lyceum.platform.Migrations;
import lyceum.platform.Readiness;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** grading-service: puts its parts together and opens it to the bus. */
public final class GradingVerticle extends VerticleBase {

    static final List<String> MIGRATIONS = List.of("V1__grading");

    private static final Logger LOG = LoggerFactory.getLogger(GradingVerticle.class);

    /** A hand-in is taken at once when it is told of; this is for what nobody has told. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private static final Duration SHELF_LOOK = Duration.ofSeconds(30);
    private static final int RENEWALS_PER_LEASE = 3;

    /** As many bodies of runners are remembered, a little above 13 a second. */
    private static final int REPLAYS = 100_000;

    private final GradingConfig config;
    private final Readiness readiness;

    private final List<Chore> chores = new ArrayList<>();

    private Grader grader;

    /** @param readiness told how to check that the database answers */
    public GradingVerticle(GradingConfig config, Readiness readiness) {
        this.config = config;
        this.readiness = readiness;
    }

    @Override
    public Future<?> start() {
        return vertx.executeBlocking(this::envelopes)
                .compose(envelopes ->
                        new Migrations(config.database(), MIGRATIONS).run(vertx).compose(migrated -> open(envelopes)));
    }

    @Override
    public Future<?> stop() {
        chores.forEach(Chore::end);
        return grader == null ? Future.succeededFuture() : grader.stop();
    }

    /** Blocks: reads the keys. */
    private Envelopes envelopes() throws Exception {
        RunnersConfig runners = config.runners();
        Optional<LegacyEnvelope> legacy = Optional.empty();
        if (runners.isLegacyTaken() && runners.keyFile().isPresent()) {
            Path file = runners.keyFile().get();
            legacy = Optional.of(new LegacyEnvelope(
                    EnvelopeKey.parse(Files.readAllBytes(file), file.toString(), runners.isShortKeyPadded())));
        }
        Optional<SealedEnvelope> sealed = Optional.empty();
        if (runners.keys().isPresent()) {
            Clock clock = Clock.systemUTC();
            sealed = Optional.of(new SealedEnvelope(
                    RunnerKeys.read(runners.keys().get()), new ReplayWindow(runners.skew(), REPLAYS, clock), clock));
        }
        return new Envelopes(legacy, sealed);
    }

    private Future<Void> open(Envelopes envelopes) {
        Pool pool = config.database().open(vertx);
        Bus bus = new Bus(vertx, config.replyTimeout());
        Announcements announcements = new Announcements(bus);
        HandInStore handIns = new HandInStore(pool);
        QueueStore queue = new QueueStore(pool);
        VerdictStore verdicts = new VerdictStore(pool);
        ScoreStore scores = new ScoreStore(pool);
        HomeworkStore homework = new HomeworkStore(pool);
        Language fallback = Language.of(config.language());
        Library library = new Library(vertx, homework, new HomeworkReader(config.zone()), config.homeworkDirectory());
        readiness.add("grading", () -> handIns.pending().map("PostgreSQL answers"));
        grader = new Grader(vertx, queue, verdicts, announcements, grading(bus, library), config.grading());
        return vertx.executeBlocking(Translations::load)
                .map(translations -> new HandInViews(new Texts(translations)))
                .compose(views -> library.reload()
                        .compose(read -> bus.serve(
                                HomeworkService.class,
                                new Homeworks(library, homework, scores, bus, fallback, Clock.systemUTC())))
                        .compose(served -> bus.serve(
                                HandInService.class,
                                new HandIns(
                                        library,
                                        handIns,
                                        scores,
                                        views,
                                        announcements,
                                        fallback,
                                        config.mostPending()))))
                .compose(served -> bus.serve(
                        RunnerService.class,
                        new Runners(
                                vertx,
                                envelopes,
                                verdicts,
                                queue,
                                announcements,
                                config.runners().lease())))
                .compose(served -> bus.listen(HandInService.HANDED_IN, fact -> handedIn()))
                .compose(heard -> bus.listen(HomeworkService.CHANGED, fact -> reread(library, fact.homework())))
                .onSuccess(ready -> begin(queue, library));
    }

    private Function<Job, Future<Course>> grading(Bus bus, Library library) {
        Judge judge = new Judge(vertx, bus, config.judge());
        RemoteAddress addresses = new RemoteAddress(vertx, config.grading().isPrivateAllowed());
        return new Assignments(library, addresses, judge::judge)::grade;
    }

    private void begin(QueueStore queue, Library library) {
        Duration renewal = config.grading().lease().dividedBy(RENEWALS_PER_LEASE);
        again("taking hand-ins", LOOK, grader::take);
        again("renewing leases", renewal, grader::renew);
        again("reclaiming hand-ins", LOOK, queue::reclaim);
        again("looking at homework", SHELF_LOOK, library::refresh);
    }

    private void again(String name, Duration pause, Supplier<Future<?>> work) {
        Chore chore = new Chore(name, work);
        chores.add(chore);
        vertx.setPeriodic(pause.toMillis(), due -> chore.run());
    }

    private static void reread(Library library, String homework) {
        Future<?> read = homework.equals(HomeworkService.EVERY) ? library.reload() : library.refresh();
        read.onFailure(error -> LOG.warn("homework that has changed could not be read yet", error));
    }

    private void handedIn() {
        grader.take().onFailure(error -> LOG.debug("nothing could be taken", error));
    }
}
