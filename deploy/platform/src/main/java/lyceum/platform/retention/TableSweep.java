package lyceum.platform.retention;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import lyceum.platform.Database;
import lyceum.platform.Loop;

/**
 * Rows of a service's own tables. Many small statements, each a transaction of its own, on a connection of their own, under
 * a lock of PostgreSQL that another instance does not wait for.
 *
 * @param sql removes, or empties, at most {@code $2} rows from before {@code $1}, a {@code timestamptz}
 */
public record TableSweep(Database database, String what, int days, String sql) implements Sweep {

    static final int ROWS_AT_ONCE = 1_000;
    /** So a day removes a million rows at most, and a first sweep of many years takes some days. */
    static final int MOST_STATEMENTS = 1_000;

    @Override
    public Future<Long> removeBefore(Vertx vertx, Instant limit) {
        Pool pool = new Database(database.url(), database.schema(), 1).open(vertx);
        return pool.withConnection(connection -> alone(connection)
                        .compose(isAlone -> isAlone ? remove(connection, limit) : Future.succeededFuture(0L)))
                .eventually(pool::close);
    }

    /** Given back with the connection. */
    private Future<Boolean> alone(SqlConnection connection) {
        return connection
                .preparedQuery("SELECT pg_try_advisory_lock(hashtext($1))")
                .execute(Tuple.of("lyceum.retention." + database.schema() + '.' + what))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    private Future<Long> remove(SqlConnection connection, Instant limit) {
        Tuple parameters = Tuple.of(limit.atOffset(ZoneOffset.UTC), ROWS_AT_ONCE);
        long[] removed = {0};
        int[] statements = {0};
        return Loop.whileTrue(() -> connection
                        .preparedQuery(sql)
                        .execute(parameters)
                        .map(rows -> {
                            removed[0] += rows.rowCount();
                            return rows.rowCount() == ROWS_AT_ONCE && ++statements[0] < MOST_STATEMENTS;
                        }))
                .map(done -> removed[0]);
    }
}
