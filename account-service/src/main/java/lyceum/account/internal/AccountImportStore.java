package lyceum.account.internal;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.Set;
import java.util.function.Consumer;
import lyceum.account.Role;
import lyceum.platform.Database;

/** Adds accounts of an original server, in a transaction of the caller's, who waits. */
final class AccountImportStore {

    private static final String INSERT = """
            INSERT INTO account (name, password, roles, is_disabled, created_at, changed_at)
            VALUES ($1, $2, $3, $4, $5, $5)
            ON CONFLICT (name) DO NOTHING""";

    private final SqlConnection transaction;

    private AccountImportStore(SqlConnection transaction) {
        this.transaction = transaction;
    }

    /** Does it in one transaction, which is taken back in the end where it is dry. */
    static void inOneGo(Vertx vertx, Database database, boolean isDry, Consumer<AccountImportStore> work) {
        Pool pool = database.open(vertx);
        SqlConnection connection = pool.getConnection().await();
        Transaction transaction = connection.begin().await();
        boolean isWhole = false;
        try {
            work.accept(new AccountImportStore(connection));
            isWhole = true;
        } finally {
            (isWhole && !isDry ? transaction.commit() : transaction.rollback()).await();
            connection.close().eventually(pool::close).await();
        }
    }

    /** @return whether there was none of that name */
    boolean add(String name, String password, Set<Role> roles, boolean isDisabled, OffsetDateTime now) {
        String[] names = roles.stream().map(Role::wireName).sorted().toArray(String[]::new);
        return transaction
                        .preparedQuery(INSERT)
                        .execute(Tuple.of(name, password, names, isDisabled, now))
                        .await()
                        .rowCount()
                == 1;
    }
}
