package lyceum.launcher.backup;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lyceum.launcher.backup.Manifest.Kind;
import lyceum.launcher.backup.Manifest.Part;
import lyceum.launcher.backup.Schemas.Migration;
import lyceum.platform.Migrations;
import org.postgresql.PGConnection;

/**
 * Puts the tables of a backup in the place of those that are there, in one transaction: schemas are built by the migrations
 * that the backup names, and filled; newer migrations follow when the services start.
 */
final class RestoreStore {

    private static final String REFERENCES = """
            SELECT f.relname, t.relname
              FROM pg_constraint c
              JOIN pg_class f ON f.oid = c.conrelid
              JOIN pg_class t ON t.oid = c.confrelid
              JOIN pg_namespace n ON n.oid = f.relnamespace
             WHERE c.contype = 'f' AND n.nspname = ? AND f.oid <> t.oid""";

    private final DatabaseStore database;

    RestoreStore(DatabaseStore database) {
        this.database = database;
    }

    /** @throws Refused where a schema is newer than the program, or was never one of it */
    static void check(Manifest manifest) {
        manifest.schemas()
                .forEach((schema, migrations) -> migrations.forEach(migration -> {
                    long crc = Migrations.script(schema, migration.name())
                            .map(Migrations::checksum)
                            .orElseThrow(
                                    () -> new Refused("the backup is of a newer program (%s): there is no db/%s/%s here"
                                            .formatted(manifest.program(), schema, migration.name())));
                    if (crc != migration.crc()) {
                        throw new Refused("db/%s/%s is not the one that the backup was made with"
                                .formatted(schema, migration.name()));
                    }
                }));
        if (!Schemas.ALL.containsAll(manifest.schemas().keySet())) {
            throw new Refused("the backup has schemas that are none of this program: "
                    + manifest.schemas().keySet());
        }
    }

    /** @return whether no table of ours has rows but those that migrations leave */
    boolean isEmpty() throws SQLException {
        for (String schema : database.schemas().keySet()) {
            for (String table : database.tables(schema)) {
                if (!table.equals("migration") && hasRows(schema, table)) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean hasRows(String schema, String table) throws SQLException {
        return !database.texts("SELECT 'yes' FROM %s LIMIT 1".formatted(DatabaseStore.quoted(schema, table)))
                .isEmpty();
    }

    /** Does it, or nothing. */
    void replace(Manifest manifest, BackupDirectory backup) throws SQLException, IOException {
        Connection connection = database.connection();
        connection.setAutoCommit(false);
        try {
            for (String schema : Schemas.ALL) {
                database.execute("DROP SCHEMA IF EXISTS %s CASCADE".formatted(schema));
            }
            Map<String, Part> parts = new LinkedHashMap<>();
            manifest.parts().stream()
                    .filter(part -> part.kind() == Kind.TABLE)
                    .forEach(part -> parts.put(part.of(), part));
            for (Map.Entry<String, List<Migration>> schema : manifest.schemas().entrySet()) {
                build(schema.getKey(), schema.getValue());
                fill(schema.getKey(), parts, backup);
            }
            if (!parts.isEmpty()) {
                throw new IllegalStateException("tables that no migration makes: " + parts.keySet());
            }
            setSequences(manifest.sequences());
            connection.commit();
        } catch (SQLException | IOException | RuntimeException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private void build(String schema, List<Migration> migrations) throws SQLException {
        database.execute("CREATE SCHEMA " + schema);
        database.execute("SET LOCAL search_path TO " + schema);
        database.execute(Migrations.TABLE);
        for (Migration migration : migrations) {
            database.execute(Migrations.script(schema, migration.name()).orElseThrow());
        }
        for (String table : database.tables(schema)) {
            // What a migration has inserted is in the backup, or was removed later.
            database.execute("TRUNCATE %s RESTART IDENTITY CASCADE".formatted(DatabaseStore.quoted(schema, table)));
        }
    }

    private void fill(String schema, Map<String, Part> parts, BackupDirectory backup) throws SQLException, IOException {
        for (String table : inOrder(schema)) {
            Part part = parts.remove(schema + '.' + table);
            if (part == null) {
                throw new IllegalStateException("the backup has no table %s.%s".formatted(schema, table));
            }
            String sql = "COPY %s (%s) FROM STDIN (FORMAT binary)"
                    .formatted(DatabaseStore.quoted(schema, table), SnapshotStore.columns(database, schema, table));
            try (InputStream rows = backup.read(part)) {
                long count = database.connection()
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn(sql, rows);
                if (count != part.items()) {
                    throw new IllegalStateException(
                            "%s: %d rows instead of %d".formatted(part.of(), count, part.items()));
                }
            }
            database.execute("ANALYZE " + DatabaseStore.quoted(schema, table));
        }
    }

    /** What is referred to comes before what refers to it. */
    private List<String> inOrder(String schema) throws SQLException {
        Map<String, Set<String>> needs = new HashMap<>();
        try (PreparedStatement statement = database.connection().prepareStatement(REFERENCES)) {
            statement.setString(1, schema);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    needs.computeIfAbsent(rows.getString(1), table -> new HashSet<>())
                            .add(rows.getString(2));
                }
            }
        }
        Set<String> waiting = new LinkedHashSet<>(database.tables(schema));
        List<String> order = new ArrayList<>();
        while (!waiting.isEmpty()) {
            String next = waiting.stream()
                    .filter(table ->
                            needs.getOrDefault(table, Set.of()).stream().noneMatch(waiting::contains))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("tables that refer to each other: " + waiting));
            waiting.remove(next);
            order.add(next);
        }
        return order;
    }

    private void setSequences(Map<String, Long> sequences) throws SQLException {
        try (Statement statement = database.connection().createStatement()) {
            for (Map.Entry<String, Long> sequence : sequences.entrySet()) {
                String[] name = sequence.getKey().split("\\.", 2);
                statement.execute("SELECT setval('%s', %d)"
                        .formatted(DatabaseStore.quoted(name[0], name[1]), sequence.getValue()));
            }
        }
    }
}
