package lyceum.account.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lyceum.account.Account;
import lyceum.account.AccountService.Outcome;
import lyceum.account.Role;
import lyceum.platform.LogLines;
import lyceum.platform.Settings.WrongSetting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The administrator who is there from the first start on. */
class FirstStartTest {

    @TempDir
    Path directory;

    private TestAccounts accounts;
    private FirstAccount first;

    @BeforeEach
    void start() {
        accounts = new TestAccounts();
        first = new FirstAccount(AccountName.of("root"), directory.resolve("password"));
    }

    @AfterEach
    void stop() {
        accounts.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n"})
    void createsAnAdministrator(String end) throws IOException {
        write(" a first password" + end);
        try (LogLines audit = LogLines.of("lyceum.audit")) {
            accounts.deploy(first);

            assertThat(audit.lines())
                    .containsExactly("who=\"LYCEUM_ADMIN_USER\" what=\"created roles=[admin]\" on=\"account root\""
                            + " from=\"-\" request=\"-\" outcome=\"done\"");
        }

        assertThat(accounts.logIn("root", " a first password").account())
                .isEqualTo(new Account("root", List.of(Role.ADMIN), false, TestAccounts.NOON, TestAccounts.NOON));
    }

    @Test
    void leavesAnAccountThatIsThereAsItIs() throws IOException {
        accounts.deploy().put("root", Role.TEACHER);
        write("a first password");
        try (LogLines audit = LogLines.of("lyceum.audit")) {
            accounts.deploy(first);

            assertThat(audit.lines()).isEmpty();
        }

        assertThat(accounts.logIn("root", TestAccounts.PASSWORD).account().roles())
                .containsExactly(Role.TEACHER);
    }

    @Test
    void readsNoFileWhereTheAccountIsThere() {
        accounts.deploy().put("root", Role.ADMIN);

        accounts.deploy(first);

        assertThat(accounts.logIn("root", TestAccounts.PASSWORD).outcome()).isEqualTo(Outcome.ACCEPTED);
    }

    @Test
    void failsWithoutTheFile() {
        assertThatThrownBy(() -> accounts.deploy(first))
                .isInstanceOf(WrongSetting.class)
                .hasMessageStartingWith("LYCEUM_ADMIN_PASSWORD_FILE: cannot be read: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "secret", "two words\nand lines"})
    void failsWithAPasswordThatCannotBe(String text) throws IOException {
        write(text);

        assertThatThrownBy(() -> accounts.deploy(first))
                .isInstanceOf(WrongSetting.class)
                .hasMessage("LYCEUM_ADMIN_PASSWORD_FILE: a password has 8 to 128 characters, none of them a control");
        assertThat(accounts.rows("SELECT * FROM account")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"changeme", "Password", "adminadmin\n"})
    void failsWithAPasswordThatEverybodyTriesFirstInProduction(String text) throws IOException {
        write(text);

        assertThatThrownBy(() -> accounts.deployInProduction(first))
                .isInstanceOf(WrongSetting.class)
                .hasMessage("LYCEUM_ADMIN_PASSWORD_FILE: has a password that everybody tries first; not where"
                        + " LYCEUM_PROFILE is prod");
        assertThat(accounts.rows("SELECT * FROM account")).isEmpty();
    }

    @Test
    void isMissedInProductionOnly() {
        try (LogLines log = LogLines.of(AccountVerticle.class.getName())) {
            accounts.deploy();
            assertThat(log.lines()).isEmpty();

            accounts.deployInProduction();
            assertThat(log.lines())
                    .containsExactly("there is no account:"
                            + " LYCEUM_ADMIN_USER and LYCEUM_ADMIN_PASSWORD_FILE create the first");

            accounts.put("ada");
            accounts.deployInProduction();
            assertThat(log.lines()).hasSize(1);
        }
    }

    private void write(String password) throws IOException {
        Files.writeString(directory.resolve("password"), password);
    }
}
