package lyceum.elicast.internal;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lyceum.elicast.ElicastService.Piece;
import lyceum.elicast.internal.OriginalElicastStore.OldEntry;
import lyceum.elicast.internal.OriginalElicastStore.OldLesson;
import lyceum.elicast.internal.OriginalElicastStore.OldRun;
import lyceum.elicast.internal.OriginalElicastStore.OldTicket;
import lyceum.platform.Database;

/** Takes rows of the original server over, with their ids, in one transaction of the caller's, who waits. */
final class ElicastImportStore {

    private static final String LESSON = """
            INSERT INTO lesson (id, created_at, title, teacher, is_protected, is_for_experiment, is_deleted, content_id)
            OVERRIDING SYSTEM VALUE VALUES ($1, $2, $3, $4, $5, $6, $7, $8)""";

    private static final String CONTENT =
            "INSERT INTO content (created_at, saved, pieces, voices) VALUES ($1, true, $2, $3) RETURNING id";

    private static final String PIECE =
            "INSERT INTO piece (content_id, part, position, is_text, bytes) VALUES ($1, $2, $3, $4, $5)";

    /** The original has not kept how long they took. */
    private static final String RUN = """
            INSERT INTO code_run (id, created_at, code, output, exit_code, cancelled, wall_time_millis)
            OVERRIDING SYSTEM VALUE VALUES ($1, $2, $3, $4, $5, false, 0)""";

    private static final String ANSWER = """
            INSERT INTO code_run_exercise (id, created_at, lesson_id, ex_id, solve_ots, code, output, exit_code, cancelled,
                                           wall_time_millis)
            OVERRIDING SYSTEM VALUE VALUES ($1, $2, $3, $4, $5, $6, $7, $8, false, 0)""";

    private static final String TICKET = """
            INSERT INTO log_ticket (id, created_at, ticket, ip, user_agent, referer, name)
            OVERRIDING SYSTEM VALUE VALUES ($1, $2, $3, $4, $5, $6, $7)""";

    private static final String ENTRY = """
            INSERT INTO log_entry (id, created_at, ticket_id, data)
            OVERRIDING SYSTEM VALUE VALUES ($1, $2, $3, $4)""";

    private static final String THERE = "SELECT id, created_at FROM %s WHERE id = ANY($1)";

    private static final String TAKEN_TICKETS = "SELECT ticket FROM log_ticket WHERE ticket = ANY($1)";

    private static final String GO_ON = """
            SELECT setval(pg_get_serial_sequence('%1$s', 'id'), max(id)) FROM %1$s HAVING max(id) IS NOT NULL""";

    private static final int PIECES_AT_ONCE = 16;

    private final SqlConnection transaction;

    private ElicastImportStore(SqlConnection transaction) {
        this.transaction = transaction;
    }

    /** What is done in one transaction. */
    interface Work {
        void with(ElicastImportStore store) throws SQLException;
    }

    /** Does it in one transaction, which is taken back in the end where it is dry. */
    static void inOneGo(Vertx vertx, Database database, boolean isDry, Work work) throws SQLException {
        Pool pool = database.open(vertx);
        SqlConnection connection = pool.getConnection().await();
        Transaction transaction = connection.begin().await();
        boolean isWhole = false;
        try {
            work.with(new ElicastImportStore(connection));
            isWhole = true;
        } finally {
            (isWhole && !isDry ? transaction.commit() : transaction.rollback()).await();
            connection.close().eventually(pool::close).await();
        }
    }

    /** @return of those ids that there are, when the rows were created, in milliseconds since 1970 */
    Map<Long, Long> there(String table, List<Long> ids) {
        Map<Long, Long> there = new HashMap<>();
        rows(THERE.formatted(table), Tuple.of(ids.toArray(Long[]::new)))
                .forEach(row -> there.put(
                        row.getLong("id"),
                        row.getOffsetDateTime("created_at").toInstant().toEpochMilli()));
        return there;
    }

    Set<String> takenTickets(List<String> tickets) {
        Set<String> taken = new HashSet<>();
        rows(TAKEN_TICKETS, Tuple.of(tickets.toArray(String[]::new)))
                .forEach(row -> taken.add(row.getString("ticket")));
        return taken;
    }

    void add(OldLesson lesson, OldContent content) {
        OffsetDateTime created = time(lesson.created());
        long contentId = rows(CONTENT, Tuple.of(created, content.pieces().size(), content.voices()))
                .iterator()
                .next()
                .getLong(0);
        List<Piece> pieces = content.pieces();
        for (int from = 0; from < pieces.size(); from += PIECES_AT_ONCE) {
            List<Tuple> some = new ArrayList<>();
            for (Piece piece : pieces.subList(from, Math.min(pieces.size(), from + PIECES_AT_ONCE))) {
                some.add(Tuple.of(contentId, piece.part(), piece.position(), piece.text(), piece.bytes()));
            }
            addAll(PIECE, some);
        }
        Tuple row = Tuple.tuple()
                .addLong(lesson.id())
                .addOffsetDateTime(created)
                .addString(lesson.title())
                .addString(lesson.teacher())
                .addBoolean(lesson.isProtected())
                .addBoolean(lesson.isForExperiment())
                .addBoolean(lesson.isDeleted())
                .addLong(contentId);
        addAll(LESSON, List.of(row));
    }

    void addRuns(List<OldRun> runs) {
        addAll(
                RUN,
                runs.stream()
                        .map(run -> Tuple.of(
                                run.id(), time(run.created()), bytes(run.code()), bytes(run.output()), run.exitCode()))
                        .toList());
    }

    void addAnswers(List<OldRun> answers) {
        addAll(
                ANSWER,
                answers.stream()
                        .map(run -> Tuple.tuple()
                                .addLong(run.id())
                                .addOffsetDateTime(time(run.created()))
                                .addLong(run.lesson())
                                .addLong(run.exercise())
                                .addString(storable(run.solveOts()))
                                .addBuffer(bytes(run.code()))
                                .addBuffer(bytes(run.output()))
                                .addInteger(run.exitCode()))
                        .toList());
    }

    void addTickets(List<OldTicket> tickets) {
        addAll(
                TICKET,
                tickets.stream()
                        .map(ticket -> Tuple.tuple()
                                .addLong(ticket.id())
                                .addOffsetDateTime(time(ticket.created()))
                                .addString(ticket.ticket())
                                .addString(storable(ticket.ip()))
                                .addString(storable(ticket.userAgent()))
                                .addString(storable(ticket.referer()))
                                .addString(ticket.name()))
                        .toList());
    }

    void addEntries(List<OldEntry> entries) {
        addAll(
                ENTRY,
                entries.stream()
                        .map(entry ->
                                Tuple.of(entry.id(), time(entry.created()), entry.ticket(), storable(entry.data())))
                        .toList());
    }

    /** New rows get numbers behind those that were taken over. A sequence is in no transaction. */
    void goOn(String table) {
        rows(GO_ON.formatted(table), Tuple.tuple());
    }

    private RowSet<Row> rows(String sql, Tuple parameters) {
        return transaction.preparedQuery(sql).execute(parameters).await();
    }

    private void addAll(String sql, List<Tuple> rows) {
        if (!rows.isEmpty()) {
            transaction.preparedQuery(sql).executeBatch(rows).await();
        }
    }

    private static OffsetDateTime time(long millis) {
        return Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC);
    }

    private static Buffer bytes(String text) {
        return Buffer.buffer(text.getBytes(StandardCharsets.UTF_8));
    }

    /** PostgreSQL cannot store U+0000, which SQLite can. */
    private static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }
}
