package lyceum.grading.internal;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import lyceum.platform.Database;

/** Adds hand-ins of an original server that have been graded, in a transaction of the caller's, who waits. */
final class HandInImportStore {

    /** They come in any order, may be more than fit into memory, and are to be numbered in that of their arrival. */
    private static final String WAITING_ROOM = """
            CREATE TEMPORARY TABLE arrived (
                old_number bigint, id text PRIMARY KEY, student text, is_staff boolean, homework text, package text,
                created_at timestamptz, state text, scale float8, score float8, result json, exit_code int, stdout text,
                stderr text)
            ON COMMIT DROP""";

    private static final String ADD =
            "INSERT INTO arrived VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::text::json, $12, $13, $14)";

    private static final String THERE = """
            SELECT id FROM hand_in WHERE id = ANY($1)
            UNION ALL
            SELECT id FROM arrived WHERE id = ANY($1)""";

    private static final String FINISH = """
            INSERT INTO hand_in (id, student, is_staff, homework, package, created_at, content, state, scale, score, result,
                                 partials, exit_code, stdout, stderr, not_before)
            SELECT id, student, is_staff, homework, package, created_at, ''::bytea, state, scale, score, result, '[]'::json,
                   exit_code, stdout, stderr, created_at
              FROM arrived
             ORDER BY old_number, id""";

    private final SqlConnection transaction;

    private HandInImportStore(SqlConnection transaction) {
        this.transaction = transaction;
    }

    /**
     * @param oldNumber in the order of arrival
     * @param result JSON, null for none
     */
    record Verdict(
            long oldNumber,
            String id,
            String student,
            boolean isStaff,
            String homework,
            String codePackage,
            OffsetDateTime createdAt,
            String state,
            double scale,
            double score,
            String result,
            Integer exitCode,
            String stdout,
            String stderr) {}

    /** What is done in one transaction. */
    interface Work {
        void with(HandInImportStore store) throws IOException;
    }

    /** Does it in one transaction, which is taken back in the end where it is dry. */
    static void inOneGo(Vertx vertx, Database database, boolean isDry, Work work) throws IOException {
        Pool pool = database.open(vertx);
        SqlConnection connection = pool.getConnection().await();
        Transaction transaction = connection.begin().await();
        boolean isWhole = false;
        try {
            connection.query(WAITING_ROOM).execute().await();
            work.with(new HandInImportStore(connection));
            isWhole = true;
        } finally {
            (isWhole && !isDry ? transaction.commit() : transaction.rollback()).await();
            connection.close().eventually(pool::close).await();
        }
    }

    /** @return those that there are, to be added to */
    Set<String> there(List<String> ids) {
        Set<String> there = new HashSet<>();
        transaction
                .preparedQuery(THERE)
                .execute(Tuple.of(ids.toArray(String[]::new)))
                .await()
                .forEach(row -> there.add(row.getString("id")));
        return there;
    }

    void addAll(List<Verdict> verdicts) {
        if (verdicts.isEmpty()) {
            return;
        }
        transaction
                .preparedQuery(ADD)
                .executeBatch(verdicts.stream().map(HandInImportStore::row).toList())
                .await();
    }

    /** Numbers all that were added. */
    void finish() {
        transaction.query(FINISH).execute().await();
    }

    private static Tuple row(Verdict verdict) {
        return Tuple.tuple()
                .addLong(verdict.oldNumber())
                .addString(verdict.id())
                .addString(verdict.student())
                .addBoolean(verdict.isStaff())
                .addString(verdict.homework())
                .addString(verdict.codePackage())
                .addOffsetDateTime(verdict.createdAt())
                .addString(verdict.state())
                .addDouble(verdict.scale())
                .addDouble(verdict.score())
                .addString(verdict.result())
                .addInteger(verdict.exitCode())
                .addString(verdict.stdout())
                .addString(verdict.stderr());
    }
}
