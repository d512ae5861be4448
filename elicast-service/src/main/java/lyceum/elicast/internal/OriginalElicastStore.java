package lyceum.elicast.internal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The SQLite database of elicast-server (contract, section 3), read only and by id, some rows at a time. SQLite is a library
 * that reads files while its caller waits: for the command line.
 */
final class OriginalElicastStore implements AutoCloseable {

    private static final String LESSONS = """
            SELECT id, created, title, teacher, is_protected, is_for_experiment, is_deleted, ots, voice_blobs
              FROM elicast""";

    private static final String RUNS = "SELECT id, created, code, output, exit_code FROM code_run";

    private static final String ANSWERS = """
            SELECT id, created, elicast_id, ex_id, typeof(ex_id) AS ex_type, solve_ots, code, output, exit_code
              FROM code_run_exercise""";

    private static final String TICKETS = "SELECT id, created, ticket, ip, user_agent, referer, name FROM log_ticket";

    private static final String ENTRIES = "SELECT id, created, log_ticket_id, data FROM log_entry";

    private final Connection connection;

    /** Opens a file that is there; fails where it is none of SQLite or cannot be read. */
    OriginalElicastStore(Path file) throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite:%s?mode=ro".formatted(file.toUri()));
    }

    /** @param created milliseconds since 1970 */
    record OldLesson(
            long id,
            long created,
            String title,
            String teacher,
            boolean isProtected,
            boolean isForExperiment,
            boolean isDeleted,
            String ots,
            String voiceBlobs) {}

    /** A run; of an exercise where there is a lesson. {@code exercise} is null where the original has kept no number. */
    record OldRun(
            long id,
            long created,
            Long lesson,
            Long exercise,
            String solveOts,
            String code,
            String output,
            int exitCode) {}

    record OldTicket(long id, long created, String ticket, String ip, String userAgent, String referer, String name) {}

    record OldEntry(long id, long created, long ticket, String data) {}

    /** @return the lessons behind an id; each may have 100 MB, so one at a time is asked for */
    List<OldLesson> lessons(long after, int count) throws SQLException {
        return next(
                LESSONS,
                after,
                count,
                row -> new OldLesson(
                        row.getLong("id"),
                        row.getLong("created"),
                        row.getString("title"),
                        row.getString("teacher"),
                        row.getBoolean("is_protected"),
                        row.getBoolean("is_for_experiment"),
                        row.getBoolean("is_deleted"),
                        row.getString("ots"),
                        row.getString("voice_blobs")));
    }

    List<OldRun> runs(long after, int count) throws SQLException {
        return next(
                RUNS,
                after,
                count,
                row -> new OldRun(
                        row.getLong("id"),
                        row.getLong("created"),
                        null,
                        null,
                        null,
                        row.getString("code"),
                        row.getString("output"),
                        row.getInt("exit_code")));
    }

    List<OldRun> answers(long after, int count) throws SQLException {
        return next(
                ANSWERS,
                after,
                count,
                row -> new OldRun(
                        row.getLong("id"),
                        row.getLong("created"),
                        row.getLong("elicast_id"),
                        "integer".equals(row.getString("ex_type")) ? row.getLong("ex_id") : null,
                        row.getString("solve_ots"),
                        row.getString("code"),
                        row.getString("output"),
                        row.getInt("exit_code")));
    }

    List<OldTicket> tickets(long after, int count) throws SQLException {
        return next(
                TICKETS,
                after,
                count,
                row -> new OldTicket(
                        row.getLong("id"),
                        row.getLong("created"),
                        row.getString("ticket"),
                        row.getString("ip"),
                        row.getString("user_agent"),
                        row.getString("referer"),
                        row.getString("name")));
    }

    List<OldEntry> entries(long after, int count) throws SQLException {
        return next(
                ENTRIES,
                after,
                count,
                row -> new OldEntry(
                        row.getLong("id"),
                        row.getLong("created"),
                        row.getLong("log_ticket_id"),
                        row.getString("data")));
    }

    private interface Reading<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> List<T> next(String sql, long after, int count, Reading<T> reading) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql + " WHERE id > ? ORDER BY id LIMIT ?")) {
            statement.setLong(1, after);
            statement.setInt(2, count);
            List<T> next = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    next.add(reading.read(rows));
                }
            }
            return next;
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
