package lyceum.account.internal;

import static lyceum.account.internal.Failing.assertFails;
import static lyceum.account.internal.TestAccounts.NOON;
import static lyceum.account.internal.TestAccounts.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import lyceum.account.Account;
import lyceum.account.AccountService;
import lyceum.account.AccountService.AccountPage;
import lyceum.account.AccountService.ListAccounts;
import lyceum.account.AccountService.ListRevocations;
import lyceum.account.AccountService.Outcome;
import lyceum.account.AccountService.PutAccount;
import lyceum.account.AccountService.RemoveAccount;
import lyceum.account.AccountService.Revocation;
import lyceum.account.AccountService.SetPassword;
import lyceum.account.AccountService.StoredAccount;
import lyceum.account.Role;
import lyceum.platform.Failure.Kind;
import lyceum.platform.LogLines;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Accounts over the bus. */
class AccountsTest {

    private static final long SECOND = NOON.getEpochSecond();

    private final BlockingQueue<Revocation> told = new LinkedBlockingQueue<>();
    private TestAccounts accounts;
    private AccountService service;
    private LogLines audit;

    @BeforeEach
    void start() {
        accounts = new TestAccounts().deploy();
        service = accounts.service;
        accounts.bus.listen(AccountService.REVOKED, told::add).await();
        audit = LogLines.of("lyceum.audit");
    }

    @AfterEach
    void stop() {
        audit.close();
        accounts.close();
    }

    @Test
    void areCreated() throws InterruptedException {
        StoredAccount stored = service.putAccount(
                        new PutAccount("root", "ada", PASSWORD, List.of(Role.ADMIN, Role.STUDENT, Role.ADMIN), false))
                .await();

        Account ada = new Account("ada", List.of(Role.STUDENT, Role.ADMIN), false, NOON, NOON);
        assertThat(stored).isEqualTo(new StoredAccount(ada, true));
        assertThat(accounts.find("ada")).isEqualTo(ada);
        assertThat(audit.lines())
                .containsExactly(written("root", "created roles=[student, admin] disabled=false password=set"));
        assertThat(told.poll(100, TimeUnit.MILLISECONDS)).isNull();
        assertThat(revocations()).isEmpty();
    }

    @Test
    void areReplacedWithTheirPassword() throws InterruptedException {
        accounts.put("ada", Role.ADMIN);
        accounts.clock.pass(Duration.ofMinutes(1));

        StoredAccount stored = service.putAccount(
                        new PutAccount("root", "ada", "another password", List.of(Role.TEACHER), false))
                .await();

        Account replaced = new Account("ada", List.of(Role.TEACHER), false, NOON, NOON.plusSeconds(60));
        assertThat(stored).isEqualTo(new StoredAccount(replaced, false));
        assertThat(accounts.logIn("ada", PASSWORD).outcome()).isEqualTo(Outcome.WRONG);
        assertThat(accounts.logIn("ada", "another password").account()).isEqualTo(replaced);
        assertRevoked(new Revocation("ada", SECOND + 61));
        assertThat(audit.lines().get(1))
                .isEqualTo(written("root", "replaced roles=[teacher] disabled=false password=set"));
    }

    @Test
    void keepTheirPasswordWhereNoOtherIsGiven() throws InterruptedException {
        accounts.put("ada", Role.ADMIN);

        StoredAccount stored = service.putAccount(new PutAccount("root", "ada", null, List.of(), false))
                .await();

        assertThat(stored).isEqualTo(new StoredAccount(new Account("ada", List.of(), false, NOON, NOON), false));
        assertThat(accounts.logIn("ada", PASSWORD).outcome()).isEqualTo(Outcome.ACCEPTED);
        assertRevoked(new Revocation("ada", SECOND + 1));
        assertThat(audit.lines().get(1)).contains("replaced roles=[] disabled=false password=kept");
    }

    /** Also those of the very second. */
    @Test
    void loseAllTokensWhenTheyAreDisabled() throws InterruptedException {
        accounts.put("ada");

        service.putAccount(new PutAccount("root", "ada", null, List.of(), true)).await();

        assertThat(accounts.find("ada").disabled()).isTrue();
        assertRevoked(new Revocation("ada", SECOND + 1));
    }

    @Test
    void needAPasswordToBeCreated() {
        assertFails(
                Kind.INVALID,
                "a new account needs a password",
                () -> service.putAccount(new PutAccount("root", "ada", null, List.of(), false))
                        .await());
    }

    @Test
    void areNotCreatedWithANameOrAPasswordThatCannotBe() {
        assertFails(Kind.INVALID, "a name has 1 to 64 characters", () -> accounts.put(""));
        assertFails(
                Kind.INVALID,
                "a password has 8 to 128 characters, none of them a control",
                () -> service.putAccount(new PutAccount("root", "ada", "1234567", List.of(), false))
                        .await());
        assertFails(
                Kind.INVALID,
                "a password is not the name",
                () -> service.putAccount(new PutAccount("root", PASSWORD, PASSWORD, List.of(), false))
                        .await());
        assertThat(accounts.rows("SELECT * FROM account")).isEmpty();
        assertThat(audit.lines()).isEmpty();
    }

    @Test
    void areOneHoweverTheirNameIsComposed() {
        accounts.put("\u00e4da");

        assertThat(service.putAccount(new PutAccount("root", "a\u0308da", null, List.of(), false))
                        .await()
                        .isNew())
                .isFalse();
        assertThat(accounts.find("a\u0308da").name()).isEqualTo("\u00e4da");
    }

    @ParameterizedTest
    @CsvSource({"STUDENT,false", "ADMIN,true"})
    void ofAdministratorsAreNotLockedByThemselves(Role role, boolean disabled) {
        Account root = accounts.put("root", Role.ADMIN);

        assertFails(
                Kind.CONFLICT,
                "administrators do not lock themselves out",
                () -> service.putAccount(new PutAccount("root", "root", null, List.of(role), disabled))
                        .await());
        assertFails(
                Kind.CONFLICT,
                "administrators do not lock themselves out",
                () -> service.removeAccount(new RemoveAccount("root", "root")).await());
        assertThat(accounts.find("root")).isEqualTo(root);
    }

    @Test
    void ofAdministratorsMayBeReplacedByThemselves() {
        accounts.put("root", Role.ADMIN);
        PutAccount order = new PutAccount("root", "root", null, List.of(Role.ADMIN, Role.TEACHER), false);

        assertThat(service.putAccount(order).await().account().roles()).containsExactly(Role.TEACHER, Role.ADMIN);
    }

    @Test
    void areRemoved() throws InterruptedException {
        accounts.put("ada");

        service.removeAccount(new RemoveAccount("root", "ada")).await();

        assertUnknown(() -> accounts.find("ada"));
        assertThat(accounts.logIn("ada", PASSWORD).outcome()).isEqualTo(Outcome.WRONG);
        assertRevoked(new Revocation("ada", SECOND + 1));
        assertThat(audit.lines().get(1)).isEqualTo(written("root", "removed"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"eve", "Ada", "", "\0", "a/b"})
    void areNotFoundByAnotherName(String name) {
        accounts.put("ada");

        assertUnknown(() -> accounts.find(name));
        assertUnknown(
                () -> service.removeAccount(new RemoveAccount("root", name)).await());
        assertUnknown(() -> service.setPassword(new SetPassword("root", name, "another password"))
                .await());
        assertThat(revocations()).isEmpty();
        assertThat(told).isEmpty();
    }

    @Test
    void areGivenAnotherPassword() throws InterruptedException {
        accounts.put("ada");
        accounts.clock.pass(Duration.ofSeconds(5));

        service.setPassword(new SetPassword("ada", "ada", "another password")).await();

        assertThat(accounts.logIn("ada", PASSWORD).outcome()).isEqualTo(Outcome.WRONG);
        assertThat(accounts.logIn("ada", "another password").account().changedAt())
                .isEqualTo(NOON.plusSeconds(5));
        assertRevoked(new Revocation("ada", SECOND + 6));
        assertThat(audit.lines().get(1)).isEqualTo(written("ada", "given another password"));
    }

    @Test
    void keepTheirPasswordWhereAnotherCannotBe() {
        accounts.put("ada");

        assertFails(
                Kind.INVALID,
                "a password has 8 to 128 characters, none of them a control",
                () -> service.setPassword(new SetPassword("ada", "ada", "short"))
                        .await());
        assertThat(accounts.logIn("ada", PASSWORD).outcome()).isEqualTo(Outcome.ACCEPTED);
    }

    @Test
    void areListedInPagesByCodePoint() {
        List<Account> all = new ArrayList<>();
        for (String name : List.of("B", "a b", "ab", "ä", "김", "🙂")) {
            all.add(accounts.put(name));
        }

        assertThat(page("", 4)).isEqualTo(new AccountPage(all.subList(0, 4), false));
        assertThat(page("ä", 2)).isEqualTo(new AccountPage(all.subList(4, 6), true));
        assertThat(page("🙂", 200)).isEqualTo(new AccountPage(List.of(), true));
        assertThat(page("", 6)).isEqualTo(new AccountPage(all, true));
    }

    @ParameterizedTest
    @CsvSource({"'',0", "'',201", "'',-1"})
    void areNotListedBeyondAPage(String after, int count) {
        assertFails(Kind.INVALID, "no such page", () -> page(after, count));
    }

    @Test
    void areNotListedBehindWhatCannotBeAText() {
        assertFails(Kind.INVALID, "no such page", () -> page("a\0", 1));
    }

    @Test
    void areRevokedUpToTheLatestChange() {
        accounts.put("ada");
        accounts.put("eve");
        service.removeAccount(new RemoveAccount("root", "eve")).await();
        accounts.put("eve");
        service.setPassword(new SetPassword("root", "eve", "another password")).await();
        accounts.put("ada");

        assertThat(revocations()).containsExactly(new Revocation("ada", SECOND + 1), new Revocation("eve", SECOND + 2));
        assertThat(service.listRevocations(new ListRevocations("ada")).await().items())
                .containsExactly(new Revocation("eve", SECOND + 2));
    }

    /** A login that has read them before keeps a smaller number, however late its token is issued. */
    @Test
    void areRevokedByMoreWithEachChangeOfASecond() {
        accounts.put("ada");
        long unrevoked = accounts.logIn("ada", PASSWORD).revokedBeforeSecond();

        accounts.put("ada");
        long once = accounts.logIn("ada", PASSWORD).revokedBeforeSecond();
        service.removeAccount(new RemoveAccount("root", "ada")).await();
        accounts.put("ada");

        assertThat(List.of(unrevoked, once)).containsExactly(0L, SECOND + 1);
        assertThat(accounts.logIn("ada", PASSWORD).revokedBeforeSecond()).isEqualTo(SECOND + 2);
        assertThat(revocations()).containsExactly(new Revocation("ada", SECOND + 2));
    }

    /** Tokens that were issued meanwhile are older than the change. */
    @Test
    void areRevokedUpToTheMomentAtWhichTheChangeIsStoredAndNotOrdered() throws InterruptedException {
        accounts.put("ada");
        accounts.deploy(TestAccounts.CHEAP, 1, 100);
        LockedAccounts locked = LockedAccounts.of(accounts.pool());
        Future<?> holdsTheOnlyTurn = accounts.begin("eve", PASSWORD);
        Future<StoredAccount> disabled =
                service.putAccount(new PutAccount("root", "ada", "another password", List.of(), true));
        // What is asked later is answered later: the order has come.
        revocations();
        accounts.clock.pass(Duration.ofSeconds(7));
        assertThat(holdsTheOnlyTurn.isComplete()).isFalse();
        locked.close();

        assertThat(disabled.await().account().changedAt()).isEqualTo(NOON.plusSeconds(7));
        assertRevoked(new Revocation("ada", SECOND + 8));
    }

    @Test
    void areAskedForToTheEndByWhoAskedBeforeAStop() {
        accounts.put("ada");
        LockedAccounts locked = LockedAccounts.of(accounts.pool());
        Future<?> login = accounts.begin("ada", PASSWORD);
        // What is asked later is answered later: the question has come.
        revocations();

        Future<Void> stopped = accounts.undeploy();
        Awaitility.await()
                .until(() -> service.listRevocations(new ListRevocations(""))
                                .otherwiseEmpty()
                                .await()
                        == null);
        assertThat(stopped.isComplete()).isFalse();
        locked.close();

        assertThat(login.await()).extracting("outcome").isEqualTo(Outcome.ACCEPTED);
        stopped.await();
    }

    @Test
    void areRevokedInPages() {
        accounts.rows("INSERT INTO revocation SELECT lpad(i::text, 4, '0'), i FROM generate_series(0, 1000) i");

        assertThat(revocations()).hasSize(AccountService.PAGE_REVOCATIONS);
        assertThat(service.listRevocations(new ListRevocations("0999")).await().items())
                .containsExactly(new Revocation("1000", 1000));
    }

    @Test
    void areWrittenDownInOneLineWhoeverDidIt() {
        service.putAccount(new PutAccount("eve\"\n2026 INFO all is well", "ada", PASSWORD, List.of(), false))
                .await();

        assertThat(audit.lines())
                .containsExactly(written("eve??2026 INFO all is well", "created roles=[] disabled=false password=set"));
    }

    @Test
    void areKeptWithoutTheirPasswords() {
        accounts.put("ada");

        assertThat(accounts.phc("ada")).startsWith("$argon2id$v=19$m=64,t=1,p=1$");
        assertThat(accounts.rows("SELECT account::text AS row FROM account")
                        .get(0)
                        .getString("row"))
                .doesNotContain(PASSWORD);
    }

    @Test
    void areReadyWhileTheDatabaseAnswers() {
        assertThat(accounts.readiness.ask().get("account").await()).isEqualTo("PostgreSQL answers");
    }

    private AccountPage page(String after, int count) {
        return service.listAccounts(new ListAccounts(after, count)).await();
    }

    private List<Revocation> revocations() {
        return service.listRevocations(new ListRevocations("")).await().items();
    }

    private void assertRevoked(Revocation revocation) throws InterruptedException {
        assertThat(told.poll(30, TimeUnit.SECONDS)).isEqualTo(revocation);
        assertThat(revocations()).containsExactly(revocation);
    }

    private static void assertUnknown(ThrowingCallable question) {
        assertFails(Kind.NOT_FOUND, "no such account", question);
    }

    private static String written(String by, String act) {
        return "who=\"%s\" what=\"%s\" on=\"account ada\" from=\"-\" request=\"-\" outcome=\"done\"".formatted(by, act);
    }
}
