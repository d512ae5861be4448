package lyceum.account.internal;

import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;

/** The accounts as a transaction of another one keeps them: nobody reads them until it ends. */
final class LockedAccounts {

    private final SqlConnection connection;

    private LockedAccounts(SqlConnection connection) {
        this.connection = connection;
    }

    static LockedAccounts of(Pool pool) {
        SqlConnection connection = pool.getConnection().await();
        connection.query("BEGIN").execute().await();
        connection.query("LOCK TABLE account").execute().await();
        return new LockedAccounts(connection);
    }

    public void close() {
        connection.query("COMMIT").execute().await();
        connection.close().await();
    }
}
