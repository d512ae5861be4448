package lyceum.sandbox.internal;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;

/** Outcomes that are to be delivered to webhooks, in PostgreSQL; the schema is db/sandbox. */
final class WebhookStore {

    private static final String TAKE = """
            WITH next AS MATERIALIZED (
                SELECT token FROM submission
                 WHERE delivery = 'DUE' AND delivery_at <= now()
                 ORDER BY delivery_at
                 LIMIT $1
                   FOR UPDATE SKIP LOCKED)
            UPDATE submission s
               SET delivery_tries = delivery_tries + 1, delivery_at = now() + $2::bigint * interval '1 ms'
              FROM next
             WHERE s.token = next.token
            RETURNING s.token, caller, priority, run, state, outcome, submitted_at, ended_at, webhook, delivery_tries""";

    private static final String AGAIN = """
            UPDATE submission
               SET delivery_at = now() + $3::bigint * interval '1 ms', delivery_note = $4
             WHERE token = $1 AND delivery = 'DUE' AND delivery_tries = $2""";

    private static final String SETTLE = """
            UPDATE submission
               SET delivery = $3, delivery_at = NULL, delivery_note = $4
             WHERE token = $1 AND delivery = 'DUE' AND delivery_tries = $2""";

    private final Pool pool;

    WebhookStore(Pool pool) {
        this.pool = pool;
    }

    /**
     * @param hold when another instance may take what has not been settled till then
     * @return those that are due; each has another attempt
     */
    Future<List<Delivery>> take(int count, Duration hold) {
        return pool.preparedQuery(TAKE)
                .execute(Tuple.of(count, hold.toMillis()))
                .map(rows -> rows.stream().map(WebhookStore::delivery).toList());
    }

    /** It has arrived. */
    Future<Void> done(Delivery delivery) {
        return settle(delivery, "DONE", null);
    }

    /**
     * It is given up.
     *
     * @param note why
     */
    Future<Void> failed(Delivery delivery, String note) {
        return settle(delivery, "FAILED", note);
    }

    /**
     * It is tried again after a pause.
     *
     * @param note why
     */
    Future<Void> again(Delivery delivery, Duration pause, String note) {
        return pool.preparedQuery(AGAIN)
                .execute(Tuple.of(delivery.token(), delivery.attempt(), pause.toMillis(), note))
                .mapEmpty();
    }

    private Future<Void> settle(Delivery delivery, String state, String note) {
        return pool.preparedQuery(SETTLE)
                .execute(Tuple.of(delivery.token(), delivery.attempt(), state, note))
                .mapEmpty();
    }

    private static Delivery delivery(Row row) {
        return new Delivery(
                SubmissionStore.submission(row), row.getString("webhook"), row.getInteger("delivery_tries"));
    }
}
