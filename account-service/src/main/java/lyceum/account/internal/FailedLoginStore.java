package lyceum.account.internal;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;

/** Failed logins in PostgreSQL; the schema is db/account. */
final class FailedLoginStore {

    private static final String COUNT = """
            INSERT INTO failed_login AS f (name, failures, since) VALUES ($1, 1, $2)
            ON CONFLICT (name) DO UPDATE
               SET failures = CASE WHEN f.since > $3 THEN f.failures + 1 ELSE 1 END,
                   since = CASE WHEN f.since > $3 THEN f.since ELSE $2 END
            RETURNING failures""";

    private static final String FORGET = "DELETE FROM failed_login WHERE name = $1";

    private static final String FORGET_OUTLIVED = "DELETE FROM failed_login WHERE since <= $1";

    private final Pool pool;

    FailedLoginStore(Pool pool) {
        this.pool = pool;
    }

    /**
     * Counts one more.
     *
     * @param outlived a window that began at or before it is over, and a new one begins now
     * @return how many there are in the present window
     */
    Future<Integer> count(String name, Instant now, Instant outlived) {
        return pool.preparedQuery(COUNT)
                .execute(Tuple.of(name, now.atOffset(ZoneOffset.UTC), outlived.atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.iterator().next().getInteger("failures"));
    }

    Future<Void> forget(String name) {
        return pool.preparedQuery(FORGET).execute(Tuple.of(name)).mapEmpty();
    }

    /** @return how many names are not remembered any more */
    Future<Integer> forgetOutlived(Instant outlived) {
        return pool.preparedQuery(FORGET_OUTLIVED)
                .execute(Tuple.of(outlived.atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.rowCount());
    }
}
