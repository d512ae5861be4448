package lyceum.grading.internal;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Optional;
import lyceum.grading.HandInState;

/**
 * How hand-ins get from one state to the next, each step one conditional statement: of two that come at once one is done
 * and the other finds it done.
 */
final class VerdictStore {

    /** Who grades outside of the house has no other name. */
    private static final String OUTSIDE = "runner";

    private static final String ENDED = " RETURNING id, student, homework, attempt, state, score, scale, result::text";

    private static final String START = """
            UPDATE hand_in SET state = 'Running', grader = $2, leased_until = now() + $3 * interval '1 millisecond'
             WHERE id = $1 AND state = 'Pending'
            RETURNING student, homework, attempt""";

    private static final String REPORT = """
            UPDATE hand_in
               SET state = $2, score = $3, result = $4::text::json, compile_error = $5::text::json,
                   partials = $6::text::json, grader = NULL, leased_until = NULL
             WHERE id = $1 AND state IN ('Pending', 'Running')""" + ENDED;

    /** The state before decides, and is told: two of these at once end it once. */
    private static final String PROCLOG = """
            UPDATE hand_in h
               SET exit_code = $2, stdout = $3, stderr = $4,
                   state = CASE WHEN b.open THEN 'Rejected' ELSE h.state END,
                   result = CASE WHEN b.open THEN $5::text::json ELSE h.result END,
                   partials = CASE WHEN b.open THEN '[]'::json ELSE h.partials END,
                   grader = NULL, leased_until = NULL
              FROM (SELECT number, state IN ('Pending', 'Running') AS open FROM hand_in WHERE id = $1 FOR UPDATE) b
             WHERE h.number = b.number
            RETURNING b.open, h.id, h.student, h.homework, h.attempt, h.state, h.score, h.scale, h.result::text""";

    private static final String FINISH = """
            UPDATE hand_in
               SET state = $4, score = $5, result = $6::text::json, compile_error = $7::text::json,
                   partials = $8::text::json, exit_code = $9, stdout = $10, stderr = $11, grader = NULL,
                   leased_until = NULL
             WHERE id = $1 AND state = 'Running' AND attempt = $2 AND grader = $3""" + ENDED;

    private static final String EXISTS = "SELECT FROM hand_in WHERE id = $1";

    private final Pool pool;

    VerdictStore(Pool pool) {
        this.pool = pool;
    }

    /** What came of a step. */
    enum Step {
        DONE,
        NOT_FOUND,
        TOO_LATE
    }

    /** @param ended who has got a verdict by it; empty for nobody */
    record Stepped(Step step, Optional<Ended> ended) {}

    /** @param started what has begun; empty unless it was done */
    record Begun(Step step, Optional<Job.Key> started) {}

    /**
     * What a process left.
     *
     * @param exitCode null where it never ended by itself
     * @param stdout null where it is not text
     * @param stderr the same
     */
    record ProcessEnd(Integer exitCode, String stdout, String stderr) {

        /** It was ended, or never begun. */
        static final ProcessEnd NONE = new ProcessEnd(null, null, null);
    }

    /** A runner outside begins; it is given up when the lease is over. */
    Future<Begun> start(String id, Duration lease) {
        return pool.preparedQuery(START)
                .execute(Tuple.of(id, OUTSIDE, lease.toMillis()))
                .compose(rows -> rows.stream()
                        .findFirst()
                        .map(row -> Future.succeededFuture(new Begun(
                                Step.DONE,
                                Optional.of(new Job.Key(
                                        id,
                                        row.getString("student"),
                                        row.getString("homework"),
                                        row.getInteger("attempt"))))))
                        .orElseGet(() -> why(id).map(step -> new Begun(step, Optional.empty()))));
    }

    /** A runner outside has a verdict. */
    Future<Stepped> report(String id, Verdict verdict) {
        return pool.preparedQuery(REPORT)
                .execute(Tuple.of(
                        id,
                        verdict.state().wireName(),
                        verdict.score(),
                        StoredJson.of(verdict.result()),
                        StoredJson.of(verdict.compileError()),
                        StoredJson.of(verdict.partials())))
                .compose(rows -> ended(rows)
                        .map(ended -> Future.succeededFuture(new Stepped(Step.DONE, Optional.of(ended))))
                        .orElseGet(() -> why(id).map(step -> new Stepped(step, Optional.empty()))));
    }

    /** A process outside is over; that is the verdict where there is none. */
    Future<Stepped> proclog(String id, ProcessEnd process) {
        return pool.preparedQuery(PROCLOG)
                .execute(Tuple.of(
                        id,
                        process.exitCode(),
                        process.stdout(),
                        process.stderr(),
                        StoredJson.of(Verdict.UNREPORTED.result())))
                .map(rows -> rows.stream()
                        .findFirst()
                        .map(row -> new Stepped(
                                Step.DONE, row.getBoolean("open") ? Optional.of(ended(row)) : Optional.empty()))
                        .orElse(new Stepped(Step.NOT_FOUND, Optional.empty())));
    }

    /**
     * A grader of the house is done.
     *
     * @return who has got the verdict; empty where the grader has lost its lease, or nobody wants the verdict any more
     */
    Future<Optional<Ended>> finish(Job job, String grader, Verdict verdict, ProcessEnd process) {
        return pool.preparedQuery(FINISH)
                .execute(Tuple.of(
                        job.key().id(),
                        job.key().attempt(),
                        grader,
                        verdict.state().wireName(),
                        verdict.score(),
                        StoredJson.of(verdict.result()),
                        StoredJson.of(verdict.compileError()),
                        StoredJson.of(verdict.partials()),
                        process.exitCode(),
                        process.stdout(),
                        process.stderr()))
                .map(VerdictStore::ended);
    }

    Future<Boolean> exists(String id) {
        return pool.preparedQuery(EXISTS).execute(Tuple.of(id)).map(rows -> rows.size() > 0);
    }

    private Future<Step> why(String id) {
        return exists(id).map(exists -> exists ? Step.TOO_LATE : Step.NOT_FOUND);
    }

    private static Optional<Ended> ended(RowSet<Row> rows) {
        return rows.stream().findFirst().map(VerdictStore::ended);
    }

    private static Ended ended(Row row) {
        return new Ended(
                row.getString("id"),
                row.getString("student"),
                row.getString("homework"),
                row.getInteger("attempt"),
                HandInState.named(row.getString("state")).orElseThrow(),
                row.getDouble("score"),
                row.getDouble("scale"),
                StoredJson.text(row.getString("result")));
    }
}
