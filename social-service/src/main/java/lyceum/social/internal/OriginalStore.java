package lyceum.social.internal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import lyceum.platform.ImportReport;
import lyceum.social.SocialService.Click;
import lyceum.social.SocialService.Event;
import lyceum.social.SocialService.Hour;
import lyceum.social.SocialService.User;

/**
 * {@code db.sqlite} of the original server (frust-api), read only and in its order. SQLite is a library that reads files while
 * its caller waits: whoever asks this is on a worker thread.
 */
final class OriginalStore implements AutoCloseable {

    private static final String CLICKS = "SELECT user, comment, style, timestamp FROM clicks ORDER BY id";

    private static final String EVENTS = "SELECT user, name, timestamp FROM events ORDER BY id";

    /** In the order of first appearance. */
    private static final String USERS = "SELECT name, clicks, events FROM users ORDER BY rowid";

    private static final String HOURS =
            "SELECT timestamp, clicks, events, clicks_total, events_total FROM hours ORDER BY timestamp";

    private final Connection connection;
    private final ImportReport report;

    /**
     * Opens a file that is there; fails where it is none of SQLite or cannot be read.
     *
     * @param report told of rows that cannot be taken
     */
    OriginalStore(Path file, ImportReport report) throws SQLException {
        this.report = report;
        connection = DriverManager.getConnection("jdbc:sqlite:%s?mode=ro".formatted(file.toUri()));
    }

    /** Rows of one table that are read some at a time. */
    static final class Rows<T> {

        private final String table;
        private final ResultSet rows;
        private final Reading<T> reading;
        private final ImportReport report;

        private long number;

        private Rows(String table, ResultSet rows, Reading<T> reading, ImportReport report) {
            this.table = table;
            this.rows = rows;
            this.reading = reading;
            this.report = report;
        }

        /** @return the next ones, at most so many; none at the end */
        List<T> next(int count) throws SQLException {
            List<T> next = new ArrayList<>();
            while (next.size() < count && rows.next()) {
                number++;
                try {
                    next.add(reading.read(rows));
                } catch (Unusable e) {
                    report.refused(table, Long.toString(number), e.getMessage());
                }
            }
            return next;
        }
    }

    /** A row that this server cannot have. */
    private static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        private Unusable(String reason) {
            super(reason);
        }
    }

    private interface Reading<T> {
        T read(ResultSet row) throws SQLException, Unusable;
    }

    Rows<Click> clicks() throws SQLException {
        return rows(
                "clicks",
                CLICKS,
                row -> new Click(
                        0, needed(row, "user"), text(row, "comment"), text(row, "style"), row.getLong("timestamp")));
    }

    Rows<Event> events() throws SQLException {
        return rows(
                "events",
                EVENTS,
                row -> new Event(0, needed(row, "user"), needed(row, "name"), row.getLong("timestamp")));
    }

    Rows<User> users() throws SQLException {
        return rows(
                "users", USERS, row -> new User(0, needed(row, "name"), row.getLong("clicks"), row.getLong("events")));
    }

    Rows<Hour> hours() throws SQLException {
        return rows(
                "hours",
                HOURS,
                row -> new Hour(
                        row.getLong("timestamp"),
                        row.getLong("clicks"),
                        row.getLong("events"),
                        row.getLong("clicks_total"),
                        row.getLong("events_total")));
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private <T> Rows<T> rows(String table, String sql, Reading<T> reading) throws SQLException {
        // Closed with the connection.
        return new Rows<>(table, connection.createStatement().executeQuery(sql), reading, report);
    }

    private static String needed(ResultSet row, String column) throws SQLException, Unusable {
        String text = text(row, column);
        if (text == null) {
            throw new Unusable("no " + column);
        }
        return text;
    }

    /** PostgreSQL cannot store U+0000, which SQLite can. */
    private static String text(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        return text == null ? null : text.replace('\0', '\uFFFD');
    }
}
