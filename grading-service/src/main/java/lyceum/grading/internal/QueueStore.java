package lyceum.grading.internal;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import lyceum.grading.RunnerService.Waiting;

/**
 * The queue of hand-ins: the oldest first, each held by one grader at a time, by a lease that ends unless it is renewed.
 * The clock is the database's, which all graders share.
 */
final class QueueStore {

    private static final String LEASE = "now() + $2 * interval '1 millisecond'";

    private static final String TAKE = """
            UPDATE hand_in SET state = 'Running', grader = $1, leased_until = %s
             WHERE number = (
                   SELECT number FROM hand_in
                    WHERE state = 'Pending' AND not_before <= now() AND homework <> ALL ($3)
                    ORDER BY number LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING id, student, homework, attempt, package, file_name, content, failures""".formatted(LEASE);

    private static final String RENEW = """
            UPDATE hand_in SET leased_until = %s
             WHERE grader = $1 AND state = 'Running'
               AND (id, attempt) IN (SELECT * FROM unnest($3::text[], $4::int[]))
            RETURNING id, student, homework, attempt""".formatted(LEASE);

    private static final String GIVE_BACK = """
            UPDATE hand_in SET state = 'Pending', grader = NULL, leased_until = NULL, failures = failures + $5,
                   not_before = now() + $4 * interval '1 millisecond'
             WHERE id = $1 AND attempt = $2 AND grader = $3 AND state = 'Running'""";

    /** Whoever graded it has died, or cannot reach the database. */
    private static final String RECLAIM = """
            UPDATE hand_in SET state = 'Pending', grader = NULL, leased_until = NULL, failures = failures + 1
             WHERE state = 'Running' AND leased_until < now()""";

    private static final String WAITING = """
            SELECT id, homework, package, created_at, file_name, content, attempt FROM hand_in
             WHERE state = 'Pending' AND not_before <= now() ORDER BY number LIMIT $1""";

    private static final String CENSUS = """
            SELECT count(*) FILTER (WHERE state = 'Pending') AS waiting,
                   count(*) FILTER (WHERE state = 'Running') AS running,
                   coalesce(extract(epoch FROM now() - min(created_at) FILTER (WHERE state = 'Pending')), 0)::float8
                       AS oldest
              FROM hand_in
             WHERE state IN ('Pending', 'Running')""";

    /**
     * How the queue is.
     *
     * @param waiting hand-ins that nobody grades yet
     * @param running those that are graded
     * @param oldestSeconds how long the oldest of those that wait has been there
     */
    record Census(long waiting, long running, double oldestSeconds) {}

    private final Pool pool;

    QueueStore(Pool pool) {
        this.pool = pool;
    }

    /**
     * @param grader who takes it
     * @param others uuids of homework that others grade
     * @return the oldest that nobody grades
     */
    Future<Optional<Job>> take(String grader, Duration lease, Collection<String> others) {
        return pool.preparedQuery(TAKE)
                .execute(Tuple.of(grader, lease.toMillis(), others.toArray(String[]::new)))
                .map(rows -> rows.stream().findFirst().map(QueueStore::job));
    }

    /**
     * Holds on to what a grader has. What it has taken without hearing of it, or could not give back, is left to its lease.
     *
     * @param held what it grades
     * @return what of it is still its own
     */
    Future<Set<Job.Key>> renew(String grader, Duration lease, Collection<Job.Key> held) {
        return pool.preparedQuery(RENEW)
                .execute(Tuple.of(
                        grader,
                        lease.toMillis(),
                        held.stream().map(Job.Key::id).toArray(String[]::new),
                        held.stream().map(Job.Key::attempt).toArray(Integer[]::new)))
                .map(rows -> rows.stream().map(QueueStore::key).collect(Collectors.toUnmodifiableSet()));
    }

    /**
     * Somebody shall take it later.
     *
     * @param failures how many more graders it has cost
     */
    Future<Void> giveBack(Job job, String grader, Duration pause, int failures) {
        return pool.preparedQuery(GIVE_BACK)
                .execute(Tuple.of(job.key().id(), job.key().attempt(), grader, pause.toMillis(), failures))
                .mapEmpty();
    }

    /** @return how many wait again, because nobody has renewed their leases */
    Future<Integer> reclaim() {
        return pool.query(RECLAIM).execute().map(rows -> rows.rowCount());
    }

    Future<Census> census() {
        return pool.query(CENSUS).execute().map(rows -> {
            Row row = rows.iterator().next();
            return new Census(row.getLong("waiting"), row.getLong("running"), row.getDouble("oldest"));
        });
    }

    /** @return the oldest that wait */
    Future<List<Waiting>> waiting(int count) {
        return pool.preparedQuery(WAITING)
                .execute(Tuple.of(count))
                .map(rows -> rows.stream().map(QueueStore::waiting).toList());
    }

    private static Job job(Row row) {
        return new Job(
                key(row),
                row.getString("package"),
                row.getString("file_name"),
                row.getBuffer("content"),
                row.getInteger("failures"));
    }

    private static Job.Key key(Row row) {
        return new Job.Key(
                row.getString("id"), row.getString("student"), row.getString("homework"), row.getInteger("attempt"));
    }

    private static Waiting waiting(Row row) {
        return new Waiting(
                row.getString("id"),
                row.getString("homework"),
                row.getString("package"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getString("file_name"),
                row.getBuffer("content"),
                row.getInteger("attempt"));
    }
}
