package lyceum.account.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import lyceum.account.Account;
import lyceum.account.AccountService;
import lyceum.account.AccountService.AccountPage;
import lyceum.account.AccountService.Done;
import lyceum.account.AccountService.FindAccount;
import lyceum.account.AccountService.ListAccounts;
import lyceum.account.AccountService.ListRevocations;
import lyceum.account.AccountService.LogIn;
import lyceum.account.AccountService.Login;
import lyceum.account.AccountService.Outcome;
import lyceum.account.AccountService.PutAccount;
import lyceum.account.AccountService.RemoveAccount;
import lyceum.account.AccountService.Revocation;
import lyceum.account.AccountService.RevocationPage;
import lyceum.account.AccountService.SetPassword;
import lyceum.account.AccountService.StoredAccount;
import lyceum.account.Role;
import lyceum.platform.BetweenNodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every record of the contract, from one node of a cluster to another and back. */
class RecordsBetweenNodesTest {

    private static final Instant AT = Instant.parse("2026-11-24T10:00:00.123Z");
    private static final Account ACCOUNT = new Account("김 🙂", List.of(Role.STUDENT, Role.ADMIN), true, AT, AT);

    static Stream<Record> records() {
        return Stream.of(
                ACCOUNT,
                new Account("a", List.of(), false, AT, AT),
                new LogIn("김", "p\u00e4ssword\""),
                new Login(Outcome.ACCEPTED, ACCOUNT, 0, 0),
                new Login(Outcome.LIMITED, null, 0, Long.MAX_VALUE),
                new FindAccount("a"),
                new ListAccounts("", 200),
                new AccountPage(List.of(ACCOUNT, ACCOUNT), false),
                new AccountPage(List.of(), true),
                new PutAccount("root", "a", null, List.of(), true),
                new PutAccount("root", "a", "a password", List.of(Role.TEACHER), false),
                new StoredAccount(ACCOUNT, true),
                new RemoveAccount("root", "a"),
                new SetPassword("root", "a", "a password"),
                new ListRevocations(""),
                new Revocation("a", Long.MAX_VALUE),
                new RevocationPage(List.of(new Revocation("a", 0))),
                new RevocationPage(List.of()),
                new Done());
    }

    @ParameterizedTest
    @MethodSource("records")
    void carriesItUnchanged(Record sent) {
        assertThat(BetweenNodes.carried(sent)).isEqualTo(sent);
    }

    @Test
    void leavesNoRecordOfTheContractOut() {
        assertThat(records().map(Object::getClass))
                .contains(Arrays.stream(AccountService.class.getDeclaredClasses())
                        .filter(Class::isRecord)
                        .toArray(Class<?>[]::new));
    }

    @Test
    void showsNoPassword() {
        assertThat(records().map(Record::toString))
                .noneMatch(text -> text.contains("ssword\"") || text.contains("a password"));
    }
}
