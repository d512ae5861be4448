package lyceum.grading.internal;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;

/** Which sealed bodies have come, to whichever instance of this service; the schema is db/grading. */
final class ReplayStore {

    private static final String ADMIT = """
            INSERT INTO sealed_body (id, forgotten_at) VALUES ($1, now() + $2 * interval '1 millisecond')
            ON CONFLICT (id) DO NOTHING""";

    private static final String FORGET = "DELETE FROM sealed_body WHERE forgotten_at < now()";

    private static final String COUNT = "SELECT count(*) FROM sealed_body";

    private final Pool pool;

    ReplayStore(Pool pool) {
        this.pool = pool;
    }

    /**
     * @param kept how long it is remembered
     * @return whether it is the first of that id
     */
    Future<Boolean> admit(String id, Duration kept) {
        return pool.preparedQuery(ADMIT).execute(Tuple.of(id, kept.toMillis())).map(rows -> rows.rowCount() > 0);
    }

    /** @return how many are remembered after those were forgotten whose time is over */
    Future<Long> forget() {
        return pool.query(FORGET)
                .execute()
                .compose(gone -> pool.query(COUNT).execute())
                .map(rows -> rows.iterator().next().getLong(0));
    }
}
