package lyceum.account.internal;

import static lyceum.account.internal.Failing.assertFails;
import static lyceum.account.internal.TestAccounts.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import lyceum.account.Account;
import lyceum.account.AccountService.Login;
import lyceum.account.AccountService.Outcome;
import lyceum.account.AccountService.PutAccount;
import lyceum.account.AccountService.SetPassword;
import lyceum.account.Role;
import lyceum.platform.Failure.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names and passwords over the bus. */
class LoginsTest {

    private static final Login WRONG = new Login(Outcome.WRONG, null, 0, 0);

    private TestAccounts accounts;

    @BeforeEach
    void start() {
        accounts = new TestAccounts().deploy();
    }

    @AfterEach
    void stop() {
        accounts.close();
    }

    @Test
    void areCountedByTheirOutcome() {
        accounts.put("ada");

        accounts.logIn("ada", PASSWORD);
        for (int i = 0; i < TestAccounts.LIMIT.failures(); i++) {
            accounts.logIn("ada", "wrong");
        }
        accounts.logIn("ada", PASSWORD);

        assertThat(counted("accepted")).isEqualTo(1);
        assertThat(counted("wrong")).isEqualTo(TestAccounts.LIMIT.failures());
        assertThat(counted("limited")).isEqualTo(1);
        assertThat(accounts.registry.get("lyceum.account.waiting.limit").gauge().value())
                .isEqualTo(100);
    }

    private double counted(String outcome) {
        return accounts.registry
                .get("lyceum.account.logins")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    @Test
    void acceptTheRightPassword() {
        Account ada = accounts.put("ada", Role.TEACHER);

        assertThat(accounts.logIn("ada", PASSWORD)).isEqualTo(new Login(Outcome.ACCEPTED, ada, 0, 0));
    }

    @Test
    void acceptANameAndAPasswordHoweverTheyWereComposed() {
        accounts.service
                .putAccount(new PutAccount("root", "\u00e4da", "p\u00e4ssword", List.of(), false))
                .await();

        assertThat(accounts.logIn("a\u0308da", "pa\u0308ssword").account().name())
                .isEqualTo("\u00e4da");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Correct horse", "correct horse ", "", "ada", "\0", "a\ud800"})
    void refuseAnyOtherPassword(String password) {
        accounts.put("ada");

        assertThat(accounts.logIn("ada", password)).isEqualTo(WRONG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ada", "eve", "", "\0", "ada\u200b", "' OR true --"})
    void refuseAnyOtherName(String name) {
        accounts.put("ada");

        assertThat(accounts.logIn(name, PASSWORD)).isEqualTo(WRONG);
    }

    @Test
    void refuseADisabledAccountInTheSameWords() {
        accounts.service
                .putAccount(new PutAccount("root", "ada", PASSWORD, List.of(), true))
                .await();

        assertThat(accounts.logIn("ada", PASSWORD)).isEqualTo(WRONG);
    }

    @Test
    void refuseAPasswordThatIsTooLongForOneWithoutHashingIt() {
        assertThat(accounts.logIn("ada", "x".repeat(1 << 20))).isEqualTo(WRONG);
        assertThat(failures("ada")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada", "nobody"})
    void checkNothingAfterTooManyWrongPasswords(String name) {
        accounts.put("ada");
        fail(name, 3);

        accounts.clock.pass(Duration.ofMinutes(5));

        assertThat(accounts.logIn(name, PASSWORD))
                .isEqualTo(new Login(
                        Outcome.LIMITED, null, 0, Duration.ofMinutes(10).toMillis()));
        assertThat(failures(name)).isEqualTo(3);
    }

    @Test
    void areCheckedAgainWhenTheWindowIsOver() {
        Account ada = accounts.put("ada");
        fail("ada", 1);
        accounts.clock.pass(Duration.ofMinutes(14));
        fail("ada", 2);
        assertThat(accounts.logIn("ada", PASSWORD).retryAfterMillis())
                .isEqualTo(Duration.ofMinutes(1).toMillis());

        accounts.clock.pass(Duration.ofMinutes(1));

        fail("ada", 2);
        assertThat(accounts.logIn("ada", PASSWORD).account()).isEqualTo(ada);
    }

    @Test
    void areNotForgottenByARestart() {
        accounts.put("ada");
        fail("ada", 3);

        accounts.deploy();

        assertThat(accounts.logIn("ada", PASSWORD).outcome()).isEqualTo(Outcome.LIMITED);
    }

    @Test
    void areForgottenWhenTheRightPasswordComes() {
        accounts.put("ada");
        fail("ada", 2);

        accounts.logIn("ada", PASSWORD);

        fail("ada", 2);
        assertThat(accounts.logIn("ada", PASSWORD).outcome()).isEqualTo(Outcome.ACCEPTED);
    }

    @Test
    void areForgottenWithThePasswordThatWasTried() {
        accounts.put("ada");
        accounts.put("eve");
        fail("ada", 3);
        fail("eve", 3);

        accounts.service
                .setPassword(new SetPassword("root", "ada", "another password"))
                .await();
        accounts.put("eve");

        assertThat(accounts.logIn("ada", "another password").outcome()).isEqualTo(Outcome.ACCEPTED);
        assertThat(accounts.logIn("eve", PASSWORD).outcome()).isEqualTo(Outcome.ACCEPTED);
    }

    @Test
    void ofOneNameDoNotCountForAnother() {
        accounts.put("ada");
        fail("eve", 3);

        assertThat(accounts.logIn("ada", PASSWORD).outcome()).isEqualTo(Outcome.ACCEPTED);
    }

    /** Two are checked at once: when the third has been counted, one more has begun. */
    @Test
    void areLimitedHoweverManyComeAtOnce() {
        accounts.put("ada");
        List<Future<Login>> begun = IntStream.range(0, 60)
                .mapToObj(i -> accounts.begin("ada", "guess " + i))
                .toList();

        List<Outcome> outcomes =
                begun.stream().map(login -> login.await().outcome()).toList();

        assertThat(outcomes).filteredOn(Outcome.WRONG::equals).hasSizeBetween(3, 4);
        assertThat(outcomes).filteredOn(Outcome.LIMITED::equals).hasSizeBetween(56, 57);
    }

    @Test
    void ofOneNameWithTheRightPasswordAreAllAccepted() {
        accounts.put("class");
        List<Future<Login>> begun = IntStream.range(0, 60)
                .mapToObj(i -> accounts.begin("class", PASSWORD))
                .toList();

        assertThat(begun)
                .allSatisfy(login -> assertThat(login.await().outcome()).isEqualTo(Outcome.ACCEPTED));
    }

    @Test
    void areRefusedWhereTooManyWait() {
        accounts.deploy(TestAccounts.CHEAP, 1, 2);
        List<Future<Login>> begun = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            begun.add(accounts.begin("ada", PASSWORD));
        }

        assertFails(
                Kind.BUSY,
                "too many logins are waiting, please try again",
                () -> begun.get(3).await());
        assertThat(begun.subList(0, 3))
                .allSatisfy(login -> assertThat(login.await()).isEqualTo(WRONG));
    }

    @Test
    void replaceAHashOfOtherParameters() {
        accounts.put("ada");
        String before = accounts.phc("ada");
        accounts.deploy(new HashCost(128, 2, 1), 1, 1);

        assertThat(accounts.logIn("ada", "wrong password").outcome()).isEqualTo(Outcome.WRONG);
        assertThat(accounts.phc("ada")).isEqualTo(before);
        assertThat(accounts.logIn("ada", PASSWORD).outcome()).isEqualTo(Outcome.ACCEPTED);

        assertThat(accounts.phc("ada")).startsWith("$argon2id$v=19$m=128,t=2,p=1$");
        assertThat(accounts.logIn("ada", PASSWORD).outcome()).isEqualTo(Outcome.ACCEPTED);
        assertThat(accounts.rows("SELECT * FROM revocation")).isEmpty();
    }

    @Test
    void leaveAHashOfTheseParametersAlone() {
        accounts.put("ada");
        String before = accounts.phc("ada");

        accounts.logIn("ada", PASSWORD);

        assertThat(accounts.phc("ada")).isEqualTo(before);
    }

    /** So long that all else of a login is nothing beside it. */
    @Test
    void takeAsLongForANameThatNobodyHas() {
        accounts.deploy(new HashCost(32 * 1024, 8, 1), 1, 1);
        accounts.put("ada");

        assertThat(nanos("nobody")).isGreaterThan(nanos("ada") / 3);
    }

    @Test
    void areSweptWhenTheirWindowIsOver() {
        fail("old", 3);
        accounts.clock.pass(Duration.ofMinutes(10));
        fail("young", 1);
        accounts.clock.pass(Duration.ofMinutes(5));

        FailedLoginStore store = new FailedLoginStore(accounts.pool());
        int forgotten = store.forgetOutlived(TestAccounts.LIMIT.outlived(accounts.clock.instant()))
                .await();

        assertThat(forgotten).isEqualTo(1);
        assertThat(failures("old")).isZero();
        assertThat(failures("young")).isEqualTo(1);
    }

    /** @return how long the quickest of some logins takes */
    private long nanos(String name) {
        return LongStream.range(0, TestAccounts.LIMIT.failures())
                .map(i -> {
                    long start = System.nanoTime();
                    assertThat(accounts.logIn(name, "wrong password")).isEqualTo(WRONG);
                    return System.nanoTime() - start;
                })
                .min()
                .orElseThrow();
    }

    private void fail(String name, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(accounts.logIn(name, "wrong password")).isEqualTo(WRONG);
        }
    }

    private int failures(String name) {
        return accounts.rows("SELECT failures FROM failed_login WHERE name = $1", name).stream()
                .mapToInt(row -> row.getInteger("failures"))
                .sum();
    }
}
