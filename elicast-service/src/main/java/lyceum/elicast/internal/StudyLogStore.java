package lyceum.elicast.internal;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import lyceum.elicast.ElicastService.OpenTicket;
import lyceum.elicast.ElicastService.SubmitLog;

/** Tickets and log entries in PostgreSQL; the schema is db/elicast. */
final class StudyLogStore {

    private static final String INSERT_TICKET = """
            INSERT INTO log_ticket (created_at, ticket, ip, user_agent, referer, name)
            VALUES ($1, $2, $3, $4, $5, $6)""";

    private static final String INSERT_ENTRY = """
            INSERT INTO log_entry (created_at, ticket_id, data)
            SELECT $1, id, $3 FROM log_ticket WHERE ticket = $2""";

    private final Pool pool;

    StudyLogStore(Pool pool) {
        this.pool = pool;
    }

    Future<Void> insertTicket(String ticket, OpenTicket order, OffsetDateTime now) {
        return pool.preparedQuery(INSERT_TICKET)
                .execute(Tuple.of(now, ticket, order.ip(), order.userAgent(), order.referer(), order.name()))
                .mapEmpty();
    }

    /** @return whether there is such a ticket */
    Future<Boolean> insertEntry(SubmitLog order, OffsetDateTime now) {
        return pool.preparedQuery(INSERT_ENTRY)
                .execute(Tuple.of(now, order.ticket(), order.data()))
                .map(rows -> rows.rowCount() == 1);
    }
}
