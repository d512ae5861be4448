package lyceum.grading.internal;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Best scores, which are those of the accepted hand-ins and nothing else: there is no second place that could disagree. */
final class ScoreStore {

    private static final String OF_STUDENT = """
            SELECT homework, max(score * scale) AS best FROM hand_in WHERE student = $1 AND state = 'Accepted' GROUP BY homework""";

    private static final String OF_HOMEWORK = """
            SELECT student, max(score * scale) FILTER (WHERE state = 'Accepted') AS best FROM hand_in
             WHERE homework = $1 AND NOT is_staff GROUP BY student ORDER BY student LIMIT $2""";

    private final Pool pool;

    ScoreStore(Pool pool) {
        this.pool = pool;
    }

    /** @return by uuid of the homework, scaled, not rounded; without those that have none */
    Future<Map<String, Double>> ofStudent(String student) {
        return pool.preparedQuery(OF_STUDENT).execute(Tuple.of(student)).map(rows -> {
            Map<String, Double> best = new HashMap<>();
            rows.forEach(row -> best.put(row.getString("homework"), row.getDouble("best")));
            return best;
        });
    }

    /** @return of everybody who handed in but teachers, by name in code point order; scaled, not rounded; null for none */
    Future<Map<String, Double>> ofHomework(String homework, int most) {
        return pool.preparedQuery(OF_HOMEWORK).execute(Tuple.of(homework, most)).map(rows -> {
            Map<String, Double> best = new LinkedHashMap<>();
            rows.forEach(row -> best.put(row.getString("student"), row.getDouble("best")));
            return best;
        });
    }
}
