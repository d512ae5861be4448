package lyceum.launcher.railgun;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The rows of a file of SQLite, which is only read. */
final class SqliteFile {

    private static final byte[] BEGIN = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    private SqliteFile() {}

    static boolean isOne(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            return Arrays.equals(bytes.readNBytes(BEGIN.length), BEGIN);
        }
    }

    static void read(Path file, SqlDump.Rows rows) throws IOException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:%s?mode=ro".formatted(file.toUri()))) {
            for (String table : tables(connection)) {
                read(connection, table, rows);
            }
        } catch (SQLException e) {
            throw new IOException("not a database of SQLite: " + e.getMessage(), e);
        }
    }

    private static List<String> tables(Connection connection) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet names = statement.executeQuery(
                        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name")) {
            while (names.next()) {
                tables.add(names.getString(1));
            }
        }
        return tables;
    }

    private static void read(Connection connection, String table, SqlDump.Rows rows) throws SQLException, IOException {
        try (Statement statement = connection.createStatement();
                ResultSet found =
                        statement.executeQuery("SELECT * FROM \"%s\"".formatted(table.replace("\"", "\"\"")))) {
            ResultSetMetaData columns = found.getMetaData();
            while (found.next()) {
                Map<String, String> row = new LinkedHashMap<>();
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    row.put(columns.getColumnName(i).toLowerCase(Locale.ROOT), found.getString(i));
                }
                rows.add(table.toLowerCase(Locale.ROOT), row);
            }
        }
    }
}
