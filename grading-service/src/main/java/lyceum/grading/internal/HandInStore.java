package lyceum.grading.internal;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import lyceum.grading.HandInState;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;

/** Hand-ins in PostgreSQL: what students hand in, and how it stands; the schema is db/grading. */
final class HandInStore {

    static final String COLUMNS = """
            h.id, h.student, h.homework, h.package, h.created_at, h.file_name, h.state, h.scale, h.score,
            h.result::text, h.compile_error::text, h.partials::text, h.exit_code, h.stdout, h.stderr, h.attempt,
            CASE WHEN h.state = 'Pending'
                 THEN (SELECT count(*) FROM hand_in q WHERE q.state = 'Pending' AND q.number <= h.number)
            END AS queue_position""";

    private static final String LIST_COLUMNS = COLUMNS.replace(
            "h.compile_error::text, h.partials::text, h.exit_code, h.stdout, h.stderr",
            "NULL AS compile_error, NULL AS partials, h.exit_code, NULL AS stdout, NULL AS stderr");

    /** Two requests of one student for one homework do this one after the other. */
    private static final String ONE_BY_ONE = "SELECT pg_advisory_xact_lock(hashtextextended($1 || '/' || $2, 0))";

    private static final String COUNT_OPEN = """
            SELECT count(*) FROM hand_in WHERE student = $1 AND homework = $2 AND state IN ('Pending', 'Running')""";

    private static final String INSERT = """
            INSERT INTO hand_in (id, student, is_staff, homework, package, created_at, file_name, content, state, scale, not_before)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'Pending', $9, now())""";

    private static final String FIND = "SELECT " + COLUMNS + " FROM hand_in h WHERE h.id = $1";

    private static final String WHERE =
            " WHERE ($1::text IS NULL OR h.student = $1) AND ($2::text IS NULL OR h.homework = $2)";

    private static final String PAGE =
            "SELECT " + LIST_COLUMNS + " FROM hand_in h" + WHERE + " ORDER BY h.number DESC LIMIT $3 OFFSET $4";

    private static final String COUNT = "SELECT count(*) FROM hand_in h" + WHERE;

    private static final String CONTENT =
            "SELECT package, file_name, content FROM hand_in WHERE id = $1 AND ($2::text IS NULL OR student = $2)";

    /** Of those that were imported only the verdict is there. What was handed in empty has at least its name. */
    private static final String LOCK =
            "SELECT content <> '' OR file_name IS NOT NULL AS is_stored FROM hand_in WHERE id = $1 FOR UPDATE";

    private static final String KEEP_ATTEMPT = """
            INSERT INTO attempt
            SELECT number, attempt, state, scale, score, result, compile_error, partials, exit_code, stdout, stderr
              FROM hand_in WHERE id = $1 AND state IN ('Accepted', 'Rejected')""";

    private static final String AGAIN = """
            UPDATE hand_in
               SET state = 'Pending', attempt = attempt + 1, failures = 0, not_before = now(), score = 0,
                   scale = CASE WHEN $2 THEN 1.0 ELSE scale END, result = NULL, compile_error = NULL, partials = NULL,
                   exit_code = NULL, stdout = NULL, stderr = NULL, grader = NULL, leased_until = NULL
             WHERE id = $1""";

    private static final String DISCARD = """
            UPDATE hand_in
               SET state = 'Rejected', result = $4::text::json, partials = '[]', score = 0, grader = NULL, leased_until = NULL
             WHERE state IN ('Pending', 'Running') AND ($1::text IS NULL OR homework = $1)
               AND ($2::text IS NULL OR id = $2) AND ($3::text IS NULL OR student = $3)
            RETURNING id, student, homework, attempt""";

    private static final String COUNT_PENDING = "SELECT count(*) FROM hand_in WHERE state = 'Pending'";

    private final Pool pool;

    HandInStore(Pool pool) {
        this.pool = pool;
    }

    /**
     * A new hand-in.
     *
     * @param isStaff whether a teacher handed it in
     */
    record New(
            String id,
            String student,
            boolean isStaff,
            String homework,
            String codePackage,
            Instant createdAt,
            String fileName,
            Buffer content,
            double scale) {}

    /** What was handed in, as it was. */
    record Kept(String codePackage, String fileName, Buffer content) {}

    /** @return done when it is on the disk; or CONFLICT where as many as may be are not graded yet */
    Future<Void> insert(New handIn, int mostOpen) {
        Tuple whose = Tuple.of(handIn.student(), handIn.homework());
        return pool.withTransaction(transaction -> transaction
                .preparedQuery(ONE_BY_ONE)
                .execute(whose)
                .compose(locked -> checkOpen(transaction, whose, mostOpen))
                .compose(fewer -> transaction.preparedQuery(INSERT).execute(tuple(handIn)))
                .mapEmpty());
    }

    /** @return done; or CONFLICT where as many as may be are not graded yet */
    Future<Void> checkOpen(String student, String homework, int most) {
        return checkOpen(pool, Tuple.of(student, homework), most);
    }

    private static Future<Void> checkOpen(SqlClient client, Tuple whose, int most) {
        return client.preparedQuery(COUNT_OPEN).execute(whose).map(rows -> {
            if (rows.iterator().next().getLong(0) >= most) {
                throw new Failure(
                        Kind.CONFLICT,
                        "You can only have at most %d pending or running submission(s) for this homework."
                                .formatted(most));
            }
            return null;
        });
    }

    private static Tuple tuple(New handIn) {
        return Tuple.of(handIn.id(), handIn.student(), handIn.isStaff(), handIn.homework(), handIn.codePackage())
                .addOffsetDateTime(handIn.createdAt().atOffset(ZoneOffset.UTC))
                .addString(handIn.fileName())
                .addBuffer(handIn.content())
                .addDouble(handIn.scale());
    }

    Future<Optional<StoredHandIn>> find(String id) {
        return pool.preparedQuery(FIND)
                .execute(Tuple.of(id))
                .map(rows -> rows.stream().findFirst().map(HandInStore::handIn));
    }

    /**
     * @param student null for all
     * @param homework null for all
     * @return the newest first, without what is only shown of one
     */
    Future<List<StoredHandIn>> page(String student, String homework, int count, long offset) {
        return pool.preparedQuery(PAGE)
                .execute(Tuple.of(student, homework, count, offset))
                .map(rows -> rows.stream().map(HandInStore::handIn).toList());
    }

    Future<Long> count(String student, String homework) {
        return pool.preparedQuery(COUNT)
                .execute(Tuple.of(student, homework))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    /** @param student null for anybody's */
    Future<Optional<Kept>> content(String id, String student) {
        return pool.preparedQuery(CONTENT)
                .execute(Tuple.of(id, student))
                .map(rows -> rows.stream()
                        .findFirst()
                        .map(row -> new Kept(
                                row.getString("package"), row.getString("file_name"), row.getBuffer("content"))));
    }

    /**
     * @return whether it is there; what was found is kept as an earlier attempt, what is being found is not wanted. Or
     *     CONFLICT where what was handed in is not stored
     */
    Future<Boolean> again(String id, boolean isFullScale) {
        return pool.withTransaction(transaction -> transaction
                .preparedQuery(LOCK)
                .execute(Tuple.of(id))
                .map(HandInStore::checkStored)
                .compose(locked -> transaction.preparedQuery(KEEP_ATTEMPT).execute(Tuple.of(id)))
                .compose(kept -> transaction.preparedQuery(AGAIN).execute(Tuple.of(id, isFullScale)))
                .map(rows -> rows.rowCount() > 0));
    }

    private static RowSet<Row> checkStored(RowSet<Row> locked) {
        if (locked.stream().anyMatch(row -> !row.getBoolean("is_stored"))) {
            throw new Failure(Kind.CONFLICT, "The original submission is not stored.");
        }
        return locked;
    }

    /**
     * @param homework null for all
     * @return what was rejected
     */
    Future<List<Ended>> clear(String homework) {
        return discard(Tuple.of(homework, null, null), Verdict.DISCARDED);
    }

    /**
     * @param student null for anybody's
     * @return it, rejected; empty where it has a verdict, or is not there
     */
    Future<Optional<Ended>> cancel(String id, String student) {
        return discard(Tuple.of(null, id, student), student == null ? Verdict.DISCARDED : Verdict.WITHDRAWN)
                .map(rejected -> rejected.stream().findFirst());
    }

    private Future<List<Ended>> discard(Tuple which, Verdict verdict) {
        return pool.preparedQuery(DISCARD)
                .execute(which.addString(StoredJson.of(verdict.result())))
                .map(rows -> rows.stream()
                        .map(row -> new Ended(
                                row.getString("id"),
                                row.getString("student"),
                                row.getString("homework"),
                                row.getInteger("attempt"),
                                HandInState.REJECTED,
                                0,
                                0,
                                verdict.result()))
                        .toList());
    }

    /** @return how many wait, which also tells that the database answers */
    Future<Long> pending() {
        return pool.query(COUNT_PENDING)
                .execute()
                .map(rows -> rows.iterator().next().getLong(0));
    }

    /** @param row of a hand-in, or of an earlier attempt, with all columns */
    static StoredHandIn handIn(Row row) {
        Long position = row.getLong("queue_position");
        return new StoredHandIn(
                row.getString("id"),
                row.getString("student"),
                row.getString("homework"),
                row.getString("package"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getString("file_name"),
                HandInState.named(row.getString("state")).orElseThrow(),
                row.getDouble("scale"),
                row.getDouble("score"),
                StoredJson.text(row.getString("result")),
                StoredJson.text(row.getString("compile_error")),
                StoredJson.partials(row.getString("partials")),
                row.getInteger("exit_code"),
                row.getString("stdout"),
                row.getString("stderr"),
                row.getInteger("attempt"),
                position == null ? null : Math.toIntExact(position));
    }
}
