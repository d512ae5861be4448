package lyceum.platform;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a service's schema to the version of the program: SQL files {@code db/<schema>/<name>.sql} of the class path,
 * each run once, in one transaction, under a lock that the whole cluster shares. A file that has landed is never edited:
 * a changed one is refused.
 */
public final class Migrations {

    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

    /** A schema of this name is there while a restore is not finished; nothing starts on half of a backup. */
    public static final String RESTORING = "lyceum_restoring";

    /** What has been applied to a schema; made in each. */
    public static final String TABLE =
            "CREATE TABLE IF NOT EXISTS migration (name text PRIMARY KEY, crc bigint NOT NULL, applied timestamptz NOT NULL DEFAULT now())";

    /** What exists is no news: the driver would log each notice of it. */
    private static final String QUIETLY = "SET LOCAL client_min_messages = warning; ";

    private final Database database;
    private final List<String> names;

    /** @param names the files in the order they were written, without directory and ending */
    public Migrations(Database database, List<String> names) {
        this.database = database;
        this.names = names;
    }

    /** @return done when every file has been applied, now or earlier; fails where one of them was edited */
    public Future<Void> run(Vertx vertx) {
        Pool pool = database.openPatient(vertx);
        return pool.withTransaction(this::apply).eventually(pool::close);
    }

    private Future<Void> apply(SqlConnection connection) {
        return connection
                .preparedQuery("SELECT pg_advisory_xact_lock(hashtext($1))")
                .execute(Tuple.of("lyceum." + database.schema()))
                .compose(locked -> refuseHalfOfABackup(connection))
                .compose(whole -> connection
                        .query(QUIETLY + "CREATE SCHEMA IF NOT EXISTS " + database.schema())
                        .execute())
                .compose(created -> connection.query(TABLE).execute())
                .compose(created ->
                        connection.query("SELECT name, crc FROM migration").execute())
                .compose(rows -> applyMissing(connection, checksums(rows)));
    }

    private static Future<Void> refuseHalfOfABackup(SqlConnection connection) {
        return connection
                .preparedQuery("SELECT FROM pg_namespace WHERE nspname = $1")
                .execute(Tuple.of(RESTORING))
                .compose(rows -> rows.size() == 0
                        ? Future.succeededFuture()
                        : Future.failedFuture(new IllegalStateException(
                                "a restore was begun and not finished: repeat --restore with --replace")));
    }

    private Future<Void> applyMissing(SqlConnection connection, Map<String, Long> applied) {
        Future<Void> done = Future.succeededFuture();
        for (String name : names) {
            String sql = script(database.schema(), name)
                    .orElseThrow(() -> new IllegalStateException("no such migration: " + name));
            long crc = checksum(sql);
            if (!applied.containsKey(name)) {
                done = done.compose(before -> applyOne(connection, name, sql, crc));
            } else if (applied.get(name) != crc) {
                return Future.failedFuture(new IllegalStateException(
                        "db/%s/%s.sql was edited after it had been applied".formatted(database.schema(), name)));
            }
        }
        return done;
    }

    private Future<Void> applyOne(SqlConnection connection, String name, String sql, long crc) {
        LOG.info("migrating schema={} to={}", database.schema(), name);
        return connection
                .query(sql)
                .execute()
                .compose(done -> connection
                        .preparedQuery("INSERT INTO migration (name, crc) VALUES ($1, $2)")
                        .execute(Tuple.of(name, crc)))
                .mapEmpty();
    }

    private static Map<String, Long> checksums(Iterable<Row> rows) {
        Map<String, Long> checksums = new HashMap<>();
        rows.forEach(row -> checksums.put(row.getString("name"), row.getLong("crc")));
        return checksums;
    }

    /** @return the text of a migration of the class path, if there is one */
    public static Optional<String> script(String schema, String name) {
        try (InputStream file = Migrations.class.getResourceAsStream("/db/%s/%s.sql".formatted(schema, name))) {
            return file == null
                    ? Optional.empty()
                    : Optional.of(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return the CRC-32 of a migration, by which an edited one is found out */
    public static long checksum(String sql) {
        CRC32 crc = new CRC32();
        crc.update(sql.getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }
}
