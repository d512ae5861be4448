package lyceum.social.internal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
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

    /** Opens a file that is there; fails where it is none of SQLite or cannot be read. */
    OriginalStore(Path file) throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite:%s?mode=ro".formatted(file.toUri()));
    }

    /** Rows of one table that are read some at a time. */
    static final class Rows<T> {

        private final ResultSet rows;
        private final Reading<T> reading;

        private Rows(ResultSet rows, Reading<T> reading) {
            this.rows = rows;
            this.reading = reading;
        }

        /** @return the next ones, at most so many; none at the end */
        List<T> next(int count) throws SQLException {
            List<T> next = new ArrayList<>();
            while (next.size() < count && rows.next()) {
                next.add(reading.read(rows));
            }
            return next;
        }
    }

    private interface Reading<T> {
        T read(ResultSet row) throws SQLException;
    }

    Rows<Click> clicks() throws SQLException {
        return rows(
                CLICKS,
                row -> new Click(
                        0, needed(row, "user"), text(row, "comment"), text(row, "style"), row.getLong("timestamp")));
    }

    Rows<Event> events() throws SQLException {
        return rows(EVENTS, row -> new Event(0, needed(row, "user"), needed(row, "name"), row.getLong("timestamp")));
    }

    Rows<User> users() throws SQLException {
        return rows(USERS, row -> new User(0, needed(row, "name"), row.getLong("clicks"), row.getLong("events")));
    }

    Rows<Hour> hours() throws SQLException {
        return rows(
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

    private <T> Rows<T> rows(String sql, Reading<T> reading) throws SQLException {
        // Closed with the connection.
        return new Rows<>(connection.createStatement().executeQuery(sql), reading);
    }

    private static String needed(ResultSet row, String column) throws SQLException {
        String text = text(row, column);
        if (text == null) {
            throw new SQLException("a row without " + column);
        }
        return text;
    }

    /** PostgreSQL cannot store U+0000, which SQLite can. */
    private static String text(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        return text == null ? null : text.replace('\0', '\uFFFD');
    }
}
