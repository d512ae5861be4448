package lyceum.grading.internal;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;

/** What earlier attempts found; {@link HandInStore#again} keeps it. */
final class AttemptStore {

    private static final String HEAD = """
            SELECT h.id, h.student, h.homework, h.package, h.created_at, h.file_name, a.state, a.scale, a.score,
                   a.result::text, a.exit_code, a.attempt, NULL::bigint AS queue_position,""";

    private static final String FROM = """
             FROM hand_in h JOIN attempt a ON a.hand_in = h.number
            WHERE h.id = $1 AND ($2::text IS NULL OR h.student = $2)""";

    private static final String PAGE = HEAD
            + " NULL AS compile_error, NULL AS partials, NULL AS stdout, NULL AS stderr" + FROM
            + " ORDER BY a.attempt DESC LIMIT $3 OFFSET $4";

    private static final String FIND =
            HEAD + " a.compile_error::text, a.partials::text, a.stdout, a.stderr" + FROM + " AND a.attempt = $3";

    private static final String COUNT = """
            SELECT count(a.attempt) FROM hand_in h LEFT JOIN attempt a ON a.hand_in = h.number
             WHERE h.id = $1 AND ($2::text IS NULL OR h.student = $2) GROUP BY h.number""";

    private final Pool pool;

    AttemptStore(Pool pool) {
        this.pool = pool;
    }

    /**
     * @param student null for anybody's
     * @return how many there are; empty where there is no such hand-in
     */
    Future<Optional<Long>> count(String id, String student) {
        return pool.preparedQuery(COUNT)
                .execute(Tuple.of(id, student))
                .map(rows -> rows.stream().findFirst().map(row -> row.getLong(0)));
    }

    /** @return the latest first, without what is only shown of one */
    Future<List<StoredHandIn>> page(String id, String student, int count, long offset) {
        return pool.preparedQuery(PAGE)
                .execute(Tuple.of(id, student, count, offset))
                .map(rows -> rows.stream().map(HandInStore::handIn).toList());
    }

    Future<Optional<StoredHandIn>> find(String id, String student, int attempt) {
        return pool.preparedQuery(FIND)
                .execute(Tuple.of(id, student, attempt))
                .map(rows -> rows.stream().findFirst().map(HandInStore::handIn));
    }
}
