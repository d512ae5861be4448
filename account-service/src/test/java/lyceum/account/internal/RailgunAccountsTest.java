package lyceum.account.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lyceum.account.internal.RailgunAccounts.OldUser;
import lyceum.platform.ImportReport;
import lyceum.platform.Settings;
import lyceum.platform.TestPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RailgunAccountsTest {

    private static final List<OldUser> USERS = List.of(
            new OldUser("root", true, true),
            new OldUser("ada", false, true),
            new OldUser("bob", false, false),
            new OldUser("a/b", false, true));

    private final Vertx vertx = Vertx.vertx();
    private AccountConfig config;

    @BeforeEach
    void open() {
        config = AccountConfig.from(new Settings(Map.of()), TestPostgres.freshDatabase(vertx));
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void becomeAccountsThatNeedAPassword() {
        assertThat(take(false).lines())
                .containsExactly(
                        "account: read 4, imported 3, already there 0, refused 1",
                        "refused account a/b: a name has no invisible characters, no slash, and no space at its ends",
                        "3 accounts need a new password (PUT /accounts/{name}): ada, bob, root");
        assertThat(
                        rows(
                                "SELECT name || ' ' || array_to_string(roles, ',') || ' ' || is_disabled FROM account ORDER BY 1"))
                .containsExactly("ada student false", "bob student true", "root admin,teacher false");
    }

    @Test
    void areTakenOnce() {
        take(false);

        assertThat(take(false).lines()).contains("account: read 4, imported 0, already there 3, refused 1");
    }

    @Test
    void areNotTakenWhenItIsDry() {
        ImportReport dry = take(true);

        assertThat(rows("SELECT name FROM account")).isEmpty();
        assertThat(take(false).lines()).isEqualTo(dry.lines());
    }

    private ImportReport take(boolean isDry) {
        ImportReport report = new ImportReport();
        RailgunAccounts.take(vertx, config, USERS, isDry, report);
        return report;
    }

    private List<String> rows(String sql) {
        Pool pool = config.database().open(vertx);
        try {
            List<String> rows = new ArrayList<>();
            pool.query(sql).execute().await().forEach(row -> rows.add(row.getString(0)));
            return rows;
        } finally {
            pool.close().await();
        }
    }
}
