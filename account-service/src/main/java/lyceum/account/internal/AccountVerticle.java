package lyceum.account.internal;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import lyceum.account.AccountService;
import lyceum.platform.Bus;
import lyceum.platform.Migrations;
import lyceum.platform.Profile;
import lyceum.platform.Readiness;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** account-service: puts its parts together and opens it to the bus. */
public final class AccountVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(AccountVerticle.class);

    static final List<String> MIGRATIONS = List.of("V1__account");
    private static final Duration SWEEP_INTERVAL = Duration.ofMinutes(10);

    private final AccountConfig config;
    private final Readiness readiness;
    private final MeterRegistry registry;
    private final Clock clock;

    private Bus bus;
    private AccountMetrics metrics;

    /**
     * @param readiness told how to check that the database answers
     * @param registry gets what is counted of logins
     */
    public AccountVerticle(AccountConfig config, Readiness readiness, MeterRegistry registry) {
        this(config, readiness, registry, Clock.tickMillis(ZoneOffset.UTC));
    }

    AccountVerticle(AccountConfig config, Readiness readiness, MeterRegistry registry, Clock clock) {
        this.config = config;
        this.readiness = readiness;
        this.registry = registry;
        this.clock = clock;
    }

    @Override
    public Future<?> start() {
        return new Migrations(config.database(), MIGRATIONS).run(vertx).compose(migrated -> open());
    }

    @Override
    public Future<?> stop() {
        return bus == null ? Future.succeededFuture() : bus.drain().onComplete(drained -> metrics.close());
    }

    private Future<Void> open() {
        Pool pool = config.database().open(vertx);
        AccountStore store = new AccountStore(pool);
        Hashing hashing = new Hashing(vertx, config.cost(), config.hashesAtOnce(), config.mostWaiting());
        metrics = new AccountMetrics(registry, hashing.turns());
        Logins logins = new Logins(store, new FailedLoginStore(pool), hashing, config.limit(), clock);
        bus = new Bus(vertx, config.replyTimeout());
        readiness.add("account", () -> store.isEmpty().map("PostgreSQL answers"));
        vertx.setPeriodic(SWEEP_INTERVAL.toMillis(), timer -> sweep(logins));
        return config.first()
                .map(wanted -> new FirstStart(vertx, config.profile(), store, hashing, clock).create(wanted))
                .orElseGet(Future::succeededFuture)
                .compose(created -> warnWhereNobodyIsThere(store))
                .compose(warned ->
                        bus.serve(AccountService.class, new Accounts(store, logins, hashing, metrics, bus, clock)));
    }

    private Future<Void> warnWhereNobodyIsThere(AccountStore store) {
        return store.isEmpty()
                .onSuccess(isEmpty -> {
                    if (isEmpty && config.profile() == Profile.PROD) {
                        LOG.warn(
                                "there is no account: {} and {} create the first",
                                FirstAccount.USER_KEY,
                                FirstAccount.FILE_KEY);
                    }
                })
                .mapEmpty();
    }

    private static void sweep(Logins logins) {
        logins.sweep()
                .onSuccess(count -> LOG.debug("forgot failed logins of names={}", count))
                .onFailure(error -> LOG.warn("old failed logins could not be removed", error));
    }
}
