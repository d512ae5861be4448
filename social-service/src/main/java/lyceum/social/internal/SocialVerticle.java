package lyceum.social.internal;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import lyceum.platform.Bus;
import lyceum.platform.Chore;
import lyceum.platform.Migrations;
import lyceum.platform.Readiness;
import lyceum.social.SocialService;

/** social-service: puts its parts together and opens it to the bus. */
public final class SocialVerticle extends VerticleBase {

    static final List<String> MIGRATIONS = List.of("V1__social", "V2__user_name_digest");

    /** Behind the full second, so that an hour is over when it is looked for. */
    private static final int BEHIND_MILLIS = 5;

    private final SocialConfig config;
    private final Readiness readiness;
    private final MeterRegistry meters;
    private final Clock clock;
    private final Pace pace;

    private final List<Chore> chores = new ArrayList<>();

    private Bus bus;
    private SocialMetrics metrics;

    /**
     * @param readiness told how to check that the database answers
     * @param meters get what is counted of classes
     */
    public SocialVerticle(SocialConfig config, Readiness readiness, MeterRegistry meters) {
        this(config, readiness, meters, Clock.tickMillis(ZoneOffset.UTC), Pace.USUAL);
    }

    SocialVerticle(SocialConfig config, Readiness readiness, MeterRegistry meters, Clock clock, Pace pace) {
        this.config = config;
        this.readiness = readiness;
        this.meters = meters;
        this.clock = clock;
        this.pace = pace;
    }

    @Override
    public Future<?> start() {
        return new Migrations(config.database(), MIGRATIONS).run(vertx).compose(migrated -> open());
    }

    @Override
    public Future<?> stop() {
        chores.forEach(Chore::end);
        return bus == null ? Future.succeededFuture() : bus.drain().onComplete(drained -> metrics.close());
    }

    private Future<Void> open() {
        Pool pool = config.database().open(vertx);
        bus = new Bus(vertx, config.replyTimeout());
        LocalHours hours = new LocalHours(config.zone());
        ClassStore store = new ClassStore(pool);
        metrics = new SocialMetrics(meters, config.heldLimitBytes(), config.mostClasses());
        Classes classes = new Classes(
                new TurnStore(pool, config.mostClasses(), pace.patience()),
                new Announcements(bus),
                metrics,
                hours,
                clock,
                config.heldLimitBytes());
        Members members = new Members(new MemberStore(pool), classes, pace, System::nanoTime);
        readiness.add("social", () -> store.census().map("PostgreSQL answers"));
        HourRoll roll = new HourRoll(store, classes, hours, clock);
        Chore rolling = chore("ending hours", roll::roll);
        Chore looking = chore("looking after members", members::look);
        Chore tidying = chore("tidying", () -> tidy(store, members));
        return store.begin(SocialService.MAIN_CLASS, hours.hourStart(clock.instant()))
                .compose(begun -> rolling.run())
                .compose(rolled -> bus.serve(
                        SocialService.class, new Social(classes, members, store, new ListStore(pool), hours, clock)))
                .onSuccess(served -> {
                    again(rolling, looking);
                    vertx.setPeriodic(pace.tidying().toMillis(), timer -> tidying.run());
                });
    }

    private Chore chore(String name, Supplier<Future<?>> work) {
        Chore chore = new Chore(name, work);
        chores.add(chore);
        return chore;
    }

    /** Begins at full seconds, where hours end, and never before the last look is over. */
    private void again(Chore rolling, Chore looking) {
        long interval = pace.look().toMillis();
        vertx.setTimer(
                interval - clock.millis() % interval + BEHIND_MILLIS,
                timer -> Future.join(rolling.run(), looking.run()).onComplete(done -> again(rolling, looking)));
    }

    private Future<?> tidy(ClassStore store, Members members) {
        return Future.join(
                store.forgetTurns(config.turnsKept().toMillis()).compose(forgotten -> store.forgetUnused()),
                members.forget(),
                store.census().onSuccess(metrics::show));
    }
}
