package lyceum.account.internal;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lyceum.account.Account;
import lyceum.account.AccountService;
import lyceum.account.AccountService.FindAccount;
import lyceum.account.AccountService.LogIn;
import lyceum.account.AccountService.Login;
import lyceum.account.AccountService.PutAccount;
import lyceum.account.Role;
import lyceum.platform.Bus;
import lyceum.platform.Database;
import lyceum.platform.Profile;
import lyceum.platform.Readiness;
import lyceum.platform.SettableClock;
import lyceum.platform.TestPostgres;

/** account-service on a bus and a database of its own, with a clock that stands and hashes that cost nothing. */
final class TestAccounts implements AutoCloseable {

    static final Instant NOON = Instant.parse("2026-11-24T12:00:00.500Z");
    static final String PASSWORD = "correct horse";
    static final HashCost CHEAP = new HashCost(64, 1, 1);
    static final LoginLimit LIMIT = new LoginLimit(3, Duration.ofMinutes(15));

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final Vertx vertx = Vertx.vertx();
    final Bus bus = new Bus(vertx, PATIENCE);
    final Readiness readiness = new Readiness();
    final MeterRegistry registry = new SimpleMeterRegistry();
    final SettableClock clock = new SettableClock(NOON);
    final AccountService service = bus.proxy(AccountService.class);

    private final Database database = new Database(TestPostgres.freshDatabase(vertx), "account", 4);
    private final Pool pool = database.open(vertx);

    private String deployment;

    /** Starts the service as it is usual, once more where it runs already. */
    TestAccounts deploy() {
        return deploy(CHEAP, 2, 100);
    }

    TestAccounts deploy(HashCost cost, int hashesAtOnce, int mostWaiting) {
        return deploy(config(Profile.DEV, cost, hashesAtOnce, mostWaiting, Optional.empty()));
    }

    /** Starts the service, or fails as it does. */
    TestAccounts deploy(FirstAccount first) {
        return deploy(config(Profile.DEV, CHEAP, 1, 1, Optional.of(first)));
    }

    /** Starts the service as it is usual, for a class. */
    TestAccounts deployInProduction() {
        return deploy(config(Profile.PROD, CHEAP, 1, 1, Optional.empty()));
    }

    /** The same for a class. */
    TestAccounts deployInProduction(FirstAccount first) {
        return deploy(config(Profile.PROD, CHEAP, 1, 1, Optional.of(first)));
    }

    private AccountConfig config(
            Profile profile, HashCost cost, int hashesAtOnce, int mostWaiting, Optional<FirstAccount> first) {
        return new AccountConfig(database, profile, cost, hashesAtOnce, mostWaiting, LIMIT, first, PATIENCE);
    }

    private TestAccounts deploy(AccountConfig config) {
        if (deployment != null) {
            undeploy().await();
        }
        deployment = vertx.deployVerticle(new AccountVerticle(config, readiness, registry, clock))
                .await();
        return this;
    }

    /** @return done when it has stopped */
    Future<Void> undeploy() {
        String running = deployment;
        deployment = null;
        return vertx.undeploy(running);
    }

    /** @return an account with {@link #PASSWORD}, new or not */
    Account put(String name, Role... roles) {
        return service.putAccount(new PutAccount("operator", name, PASSWORD, List.of(roles), false))
                .await()
                .account();
    }

    Account find(String name) {
        return service.findAccount(new FindAccount(name)).await();
    }

    Login logIn(String name, String password) {
        return begin(name, password).await();
    }

    Future<Login> begin(String name, String password) {
        return service.logIn(new LogIn(name, password));
    }

    /** @return the hash of the password of an account */
    String phc(String name) {
        return rows("SELECT password FROM account WHERE name = $1", name).get(0).getString("password");
    }

    Pool pool() {
        return pool;
    }

    /** @return the rows that an operator would see */
    List<Row> rows(String sql, Object... parameters) {
        return pool.preparedQuery(sql).execute(Tuple.from(parameters)).await().stream()
                .toList();
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
