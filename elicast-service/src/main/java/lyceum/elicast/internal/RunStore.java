package lyceum.elicast.internal;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import lyceum.elicast.ElicastService.AnswerExercise;

/** Runs and answers in PostgreSQL; the schema is db/elicast. */
final class RunStore {

    private static final String INSERT_RUN = """
            INSERT INTO code_run (created_at, code, output, exit_code, cancelled, wall_time_millis)
            VALUES ($1, $2, $3, $4, $5, $6)
            RETURNING id""";

    private static final String INSERT_ANSWER = """
            INSERT INTO code_run_exercise
                   (created_at, code, output, exit_code, cancelled, wall_time_millis, lesson_id, ex_id, solve_ots)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            RETURNING id""";

    private final Pool pool;

    RunStore(Pool pool) {
        this.pool = pool;
    }

    /** @return the id of the row */
    Future<Long> insert(FinishedRun run, OffsetDateTime now) {
        return insert(INSERT_RUN, row(run, now));
    }

    /** @return the id of the row */
    Future<Long> insert(AnswerExercise order, FinishedRun run, OffsetDateTime now) {
        Tuple row = row(run, now);
        row.addValue(order.lessonId()).addValue(order.exerciseId()).addValue(order.solveOts());
        return insert(INSERT_ANSWER, row);
    }

    private Future<Long> insert(String statement, Tuple row) {
        return pool.preparedQuery(statement)
                .execute(row)
                .map(rows -> rows.iterator().next().getLong(0));
    }

    private static Tuple row(FinishedRun run, OffsetDateTime now) {
        return Tuple.of(
                now, run.code(), Buffer.buffer(run.output()), run.exitCode(), run.cancelled(), run.wallTimeMillis());
    }
}
