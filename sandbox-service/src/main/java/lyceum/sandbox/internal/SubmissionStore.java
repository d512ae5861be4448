package lyceum.sandbox.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import lyceum.platform.Database;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.platform.Migrations;
import lyceum.sandbox.Outcome;
import lyceum.sandbox.Run;
import lyceum.sandbox.Run.Priority;
import lyceum.sandbox.SandboxService.Order;
import lyceum.sandbox.Submission;
import lyceum.sandbox.Submission.State;

/**
 * Submissions in PostgreSQL, as one instance sees them; the schema is db/sandbox. Time is the database's, so that the
 * clocks of instances need not agree.
 */
final class SubmissionStore {

    private static final String WAITING = """
            SELECT count(*) AS all_waiting, count(*) FILTER (WHERE caller = $1) AS of_caller
              FROM submission
             WHERE state = 'QUEUED'""";

    /** Its turn comes after the last one of the same caller, but not before the turn that others have reached. */
    private static final String INSERT = """
            INSERT INTO submission (token, caller, priority, run, webhook, turn)
            SELECT $1::text, $2::text, $3::text, $4::bytea, $5::text, coalesce(greatest(
                   (SELECT min(turn) FROM submission WHERE state = 'QUEUED' AND priority = $3),
                   (SELECT max(turn) + 1 FROM submission WHERE state = 'QUEUED' AND priority = $3 AND caller = $2)), 0)""";

    private static final String FIND = """
            SELECT token, caller, priority, run, state, outcome, submitted_at, ended_at
              FROM submission
             WHERE caller = $1 AND token = ANY($2)""";

    private static final String REMOVE = "DELETE FROM submission WHERE caller = $1 AND token = $2";

    private static final String TAKE = """
            WITH next AS MATERIALIZED (
                SELECT token FROM submission
                 WHERE state = 'QUEUED' AND priority = $1
                 ORDER BY turn, submitted_at
                 LIMIT $2
                   FOR UPDATE SKIP LOCKED)
            UPDATE submission s
               SET state = 'RUNNING', tries = tries + 1, owner = $3, lease_until = now() + $4::bigint * interval '1 ms'
              FROM next
             WHERE s.token = next.token
            RETURNING s.token, run, tries, (extract(epoch FROM now() - submitted_at) * 1000)::bigint AS queued_millis""";

    private static final String RENEW = """
            UPDATE submission
               SET lease_until = now() + $2::bigint * interval '1 ms'
             WHERE state = 'RUNNING' AND owner = $1 AND token = ANY($3)
            RETURNING token""";

    private static final String GIVE_BACK = """
            UPDATE submission
               SET state = 'QUEUED', owner = NULL, lease_until = NULL, tries = tries - $4::int
             WHERE state = 'RUNNING' AND token = $1 AND owner = $2 AND tries = $3""";

    private static final String END = """
            UPDATE submission
               SET state = 'ENDED', outcome = $1, ended_at = now(), owner = NULL, lease_until = NULL,
                   delivery = CASE WHEN webhook <> '' THEN 'DUE' END, delivery_at = now()
             WHERE state = 'RUNNING'""";

    private static final String FINISH = END + " AND token = $2 AND owner = $3 AND tries = $4";

    private static final String END_HOPELESS = END + " AND lease_until < now() AND tries >= $2 RETURNING token";

    private static final String REQUEUE = """
            UPDATE submission
               SET state = 'QUEUED', owner = NULL, lease_until = NULL
             WHERE state = 'RUNNING' AND lease_until < now() AND tries < $1""";

    private static final String REMOVE_OLD = """
            DELETE FROM submission
             WHERE state = 'ENDED' AND ended_at < now() - $1::bigint * interval '1 ms'
               AND delivery IS DISTINCT FROM 'DUE'""";

    private static final String COUNT = "SELECT state, count(*) AS count FROM submission GROUP BY state";

    private static final List<String> MIGRATIONS = List.of("V1__submission");

    /** PostgreSQL, appendix A. */
    private static final String UNIQUE_VIOLATION = "23505";

    private final Database database;
    private final Pool pool;
    private final String owner;
    private final Duration lease;

    /**
     * Is closed with the verticle that makes it.
     *
     * @param owner the name of this instance
     * @param lease how long what it takes is its own
     */
    SubmissionStore(Vertx vertx, Database database, String owner, Duration lease) {
        this.database = database;
        this.pool = database.open(vertx);
        this.owner = owner;
        this.lease = lease;
    }

    /** @return done when the tables are as this version needs them; before that, nothing else may be asked */
    Future<Void> prepare(Vertx vertx) {
        return new Migrations(database, MIGRATIONS).run(vertx);
    }

    /** @return what is to be delivered of them */
    WebhookStore webhooks() {
        return new WebhookStore(pool);
    }

    /**
     * Stores runs of one caller, all or none.
     *
     * @param mostWaiting of all callers; those that are stored at this moment by others are not counted
     * @param mostOfCaller of this one
     * @return done; or BUSY, CONFLICT where one of their ids is in use
     */
    Future<Void> insert(List<Order> orders, int mostWaiting, int mostOfCaller) {
        String caller = orders.get(0).run().caller();
        List<Tuple> rows = orders.stream().map(SubmissionStore::row).toList();
        return pool.withTransaction(transaction -> waiting(transaction, caller)
                        .compose(waiting -> waiting.getLong("all_waiting") + rows.size() <= mostWaiting
                                        && waiting.getLong("of_caller") + rows.size() <= mostOfCaller
                                ? transaction.preparedQuery(INSERT).executeBatch(rows)
                                : Future.failedFuture(
                                        new Failure(Kind.BUSY, "too many submissions are waiting already"))))
                .recover(SubmissionStore::asFailure)
                .mapEmpty();
    }

    /** @return those of them that exist and belong to the caller, by their tokens */
    Future<Map<String, Submission>> find(String caller, Collection<String> tokens) {
        return pool.preparedQuery(FIND)
                .execute(Tuple.of(caller, (Object) tokens.toArray(String[]::new)))
                .map(rows -> rows.stream()
                        .map(SubmissionStore::submission)
                        .collect(Collectors.toMap(Submission::token, found -> found)));
    }

    /** @return whether it existed and belonged to the caller */
    Future<Boolean> remove(String caller, String token) {
        return isOne(pool.preparedQuery(REMOVE).execute(Tuple.of(caller, token)));
    }

    /** @return those whose turn it is; they are this instance's until the lease ends */
    Future<List<TakenRun>> take(Priority priority, int count) {
        return pool.preparedQuery(TAKE)
                .execute(Tuple.of(priority.name(), count, owner, lease.toMillis()))
                .map(rows -> rows.stream().map(SubmissionStore::taken).toList());
    }

    /** @return those that are this instance's still, for another lease */
    Future<Set<String>> renew(Collection<String> tokens) {
        return pool.preparedQuery(RENEW)
                .execute(Tuple.of(owner, lease.toMillis(), tokens.toArray(String[]::new)))
                .map(SubmissionStore::tokens);
    }

    /**
     * Lets it wait again.
     *
     * @param isTry whether this attempt counts
     * @return whether it was this instance's still
     */
    Future<Boolean> giveBack(TakenRun taken, boolean isTry) {
        return isOne(
                pool.preparedQuery(GIVE_BACK).execute(Tuple.of(taken.token(), owner, taken.attempt(), isTry ? 0 : 1)));
    }

    /** @return whether it was this instance's still, and has its outcome now */
    Future<Boolean> finish(TakenRun taken, Outcome outcome) {
        return isOne(pool.preparedQuery(FINISH)
                .execute(Tuple.of(StoredRecord.bytes(outcome), taken.token(), owner, taken.attempt())));
    }

    /** @return how many wait again because their instance gave no sign */
    Future<Integer> requeue() {
        return pool.preparedQuery(REQUEUE)
                .execute(Tuple.of(TakenRun.MOST_ATTEMPTS))
                .map(RowSet::rowCount);
    }

    /** @return those whose instance gave no sign in their last attempt, and which have this outcome now */
    Future<Set<String>> endHopeless(Outcome outcome) {
        return pool.preparedQuery(END_HOPELESS)
                .execute(Tuple.of(StoredRecord.bytes(outcome), TakenRun.MOST_ATTEMPTS))
                .map(SubmissionStore::tokens);
    }

    /** @return how many were removed */
    Future<Integer> removeOld(Duration age) {
        return pool.preparedQuery(REMOVE_OLD).execute(Tuple.of(age.toMillis())).map(RowSet::rowCount);
    }

    /** @return how many there are of each state; those that are absent are none */
    Future<Map<State, Long>> count() {
        return pool.preparedQuery(COUNT).execute().map(rows -> {
            Map<State, Long> counts = new EnumMap<>(State.class);
            rows.forEach(row -> counts.put(State.valueOf(row.getString("state")), row.getLong("count")));
            return counts;
        });
    }

    private static Tuple row(Order order) {
        Run run = order.run();
        return Tuple.of(run.id(), run.caller(), run.priority().name(), StoredRecord.bytes(run), order.webhook());
    }

    private static Future<Row> waiting(SqlConnection transaction, String caller) {
        return transaction
                .preparedQuery(WAITING)
                .execute(Tuple.of(caller))
                .map(rows -> rows.iterator().next());
    }

    private static Future<Boolean> isOne(Future<RowSet<Row>> changed) {
        return changed.map(rows -> rows.rowCount() == 1);
    }

    private static <T> Future<T> asFailure(Throwable error) {
        boolean isTaken = error instanceof PgException database && UNIQUE_VIOLATION.equals(database.getSqlState());
        return Future.failedFuture(isTaken ? new Failure(Kind.CONFLICT, "there is a submission of that id") : error);
    }

    private static Set<String> tokens(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> row.getString("token"))
                .collect(Collectors.toSet());
    }

    private static TakenRun taken(Row row) {
        return new TakenRun(
                row.getString("token"),
                StoredRecord.read(Run.class, row.getBuffer("run")),
                row.getInteger("tries"),
                row.getLong("queued_millis"));
    }

    /** @return a submission, of a row with all columns of {@link #FIND} */
    static Submission submission(Row row) {
        Buffer outcome = row.getBuffer("outcome");
        OffsetDateTime endedAt = row.getOffsetDateTime("ended_at");
        String token = row.getString("token");
        String caller = row.getString("caller");
        Priority priority = Priority.valueOf(row.getString("priority"));
        return new Submission(
                token,
                StoredRecord.read(Run.class, row.getBuffer("run"))
                        .orElseGet(() -> Unreadable.run(token, caller, priority)),
                State.valueOf(row.getString("state")),
                outcome == null ? null : outcome(outcome),
                row.getOffsetDateTime("submitted_at").toInstant(),
                endedAt == null ? null : endedAt.toInstant());
    }

    private static Outcome outcome(Buffer bytes) {
        return StoredRecord.read(Outcome.class, bytes).orElse(Unreadable.OUTCOME);
    }
}
