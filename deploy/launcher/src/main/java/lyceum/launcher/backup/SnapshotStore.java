package lyceum.launcher.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;

/** PostgreSQL as it was at one moment, however long its reading takes and whatever is written meanwhile. */
final class SnapshotStore {

    /** Generated ones are made anew by the table. */
    private static final String COLUMNS = """
            SELECT a.attname
              FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = ? AND c.relname = ? AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
             ORDER BY a.attnum""";

    /** Those that have given out a number. */
    private static final String SEQUENCES =
            "SELECT schemaname || '.' || sequencename, last_value FROM pg_sequences WHERE last_value IS NOT NULL";

    private final DatabaseStore database;

    /** Takes the snapshot. */
    SnapshotStore(DatabaseStore database) throws SQLException {
        this.database = database;
        Connection connection = database.connection();
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setReadOnly(true);
        connection.setAutoCommit(false);
        database.texts("SELECT 1");
    }

    /** @return how many rows were written, in PostgreSQL's binary form, which takes half of the text for sound */
    long copy(String schema, String table, OutputStream sink) throws SQLException, IOException {
        String sql = "COPY %s (%s) TO STDOUT (FORMAT binary)"
                .formatted(DatabaseStore.quoted(schema, table), columns(database, schema, table));
        return database.connection().unwrap(PGConnection.class).getCopyAPI().copyOut(sql, sink);
    }

    static String columns(DatabaseStore database, String schema, String table) throws SQLException {
        return database.texts(COLUMNS, schema, table).stream()
                .map(column -> '"' + column + '"')
                .collect(Collectors.joining(", "));
    }

    /** They stand outside of the snapshot: what they say is never less than what its rows have been given. */
    Map<String, Long> sequences(List<String> schemas) throws SQLException {
        Map<String, Long> sequences = new TreeMap<>();
        try (Statement statement = database.connection().createStatement();
                ResultSet rows = statement.executeQuery(SEQUENCES)) {
            while (rows.next()) {
                String name = rows.getString(1);
                if (schemas.contains(name.substring(0, name.indexOf('.')))) {
                    sequences.put(name, rows.getLong(2));
                }
            }
        }
        return sequences;
    }

    void end() throws SQLException {
        database.connection().rollback();
    }
}
