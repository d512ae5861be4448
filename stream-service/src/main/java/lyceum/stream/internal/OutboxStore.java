package lyceum.stream.internal;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** What is still to be told in event streams, in PostgreSQL; the schema is db/stream. */
final class OutboxStore {

    private static final String NOTE = "INSERT INTO untold_event (stream, payload) VALUES ($1, $2)";

    private static final String FIND = """
            SELECT position, token, payload FROM untold_event WHERE stream = $1 ORDER BY position LIMIT $2""";

    private static final String REMOVE = "DELETE FROM untold_event WHERE position = ANY($1)";

    private static final String GIVE_UP = """
            DELETE FROM untold_event
             WHERE stream = $1
               AND (noted_at < now() - $2::bigint * interval '1 ms'
                    OR position <= (SELECT position FROM untold_event WHERE stream = $1
                                     ORDER BY position DESC OFFSET $3 LIMIT 1))""";

    private final Pool pool;

    OutboxStore(Pool pool) {
        this.pool = pool;
    }

    /** An event that waits. */
    record Waiting(long position, UUID token, String payload) {}

    /** Notes an event together with the change that it tells of. */
    static Future<Void> note(SqlConnection transaction, DocumentEvent event) {
        return transaction
                .preparedQuery(NOTE)
                .execute(Tuple.of(event.stream(), event.payload()))
                .mapEmpty();
    }

    /** @return the oldest ones, in their order */
    Future<List<Waiting>> find(String stream, int count) {
        return pool.preparedQuery(FIND)
                .execute(Tuple.of(stream, count))
                .map(rows -> rows.stream().map(OutboxStore::waiting).toList());
    }

    /** They have been told. */
    Future<Void> remove(Collection<Waiting> told) {
        Long[] positions = told.stream().map(Waiting::position).toArray(Long[]::new);
        return pool.preparedQuery(REMOVE)
                .execute(Tuple.tuple().addArrayOfLong(positions))
                .mapEmpty();
    }

    /** @return how many were given up, being older than the age or behind so many newer ones */
    Future<Integer> giveUp(String stream, Duration age, int newest) {
        return pool.preparedQuery(GIVE_UP)
                .execute(Tuple.of(stream, age.toMillis(), newest))
                .map(rows -> rows.rowCount());
    }

    private static Waiting waiting(Row row) {
        return new Waiting(row.getLong("position"), row.getUUID("token"), row.getString("payload"));
    }
}
