package lyceum.launcher.backup;

import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import lyceum.launcher.backup.Schemas.Migration;
import lyceum.platform.Migrations;
import lyceum.platform.PostgresAddress;
import lyceum.platform.StoreAddress;
import org.postgresql.ssl.DefaultJavaSSLFactory;

/** A connection of the command line to Lyceum's PostgreSQL, over JDBC, which alone speaks {@code COPY}; every call blocks. */
public final class DatabaseStore implements AutoCloseable {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
    /** An index over a large table may take its time; no answer at all for so long is none that comes. */
    private static final Duration SILENCE_LIMIT = Duration.ofHours(2);

    /** What looks at the certificate of the server. */
    private static final Set<SslMode> CHECKING = EnumSet.of(SslMode.VERIFY_CA, SslMode.VERIFY_FULL);

    private static final String OTHERS = """
            SELECT DISTINCT application_name
              FROM pg_stat_activity
             WHERE datname = current_database() AND application_name LIKE 'lyceum-%' AND pid <> pg_backend_pid()
             ORDER BY 1""";

    private static final String TABLES = """
            SELECT c.relname
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = ? AND c.relkind = 'r'
             ORDER BY 1""";

    private final Connection connection;

    private DatabaseStore(Connection connection) {
        this.connection = connection;
    }

    /** @param url as {@code LYCEUM_POSTGRES_URL} has it */
    public static DatabaseStore open(String url) throws SQLException {
        PgConnectOptions options = PostgresAddress.options(url);
        Properties properties = new Properties();
        properties.setProperty("user", options.getUser());
        if (options.getPassword() != null) {
            properties.setProperty("password", options.getPassword());
        }
        properties.setProperty("sslmode", options.getSslMode().value);
        if (CHECKING.contains(options.getSslMode())) {
            // Without a file this driver would look for one at home.
            StoreAddress.of(url)
                    .authorities()
                    .ifPresentOrElse(
                            file -> properties.setProperty("sslrootcert", file.toString()),
                            () -> properties.setProperty("sslfactory", DefaultJavaSSLFactory.class.getName()));
        }
        properties.setProperty("ApplicationName", "lyceum");
        properties.setProperty("connectTimeout", Long.toString(CONNECT_LIMIT.toSeconds()));
        properties.setProperty("socketTimeout", Long.toString(SILENCE_LIMIT.toSeconds()));
        properties.setProperty("tcpKeepAlive", "true");
        String address =
                "jdbc:postgresql://%s:%d/%s".formatted(options.getHost(), options.getPort(), options.getDatabase());
        return new DatabaseStore(DriverManager.getConnection(address, properties));
    }

    Connection connection() {
        return connection;
    }

    /** @return the services that are connected to it, {@code lyceum-…} */
    public List<String> servicesAtWork() throws SQLException {
        return texts(OTHERS);
    }

    /** @return whether a restore into it was begun and not finished */
    boolean isMarked() throws SQLException {
        return !texts("SELECT nspname FROM pg_namespace WHERE nspname = '%s'".formatted(Migrations.RESTORING))
                .isEmpty();
    }

    /** Keeps services from starting; seen by all at once. */
    void mark() throws SQLException {
        execute("CREATE SCHEMA IF NOT EXISTS " + Migrations.RESTORING);
    }

    void unmark() throws SQLException {
        execute("DROP SCHEMA IF EXISTS " + Migrations.RESTORING);
    }

    /** @return migrations of those of our schemas that there are */
    Map<String, List<Migration>> schemas() throws SQLException {
        Map<String, List<Migration>> schemas = new LinkedHashMap<>();
        for (String schema : Schemas.ALL) {
            if (!texts("SELECT tablename FROM pg_tables WHERE schemaname = '%s' AND tablename = 'migration'"
                            .formatted(schema))
                    .isEmpty()) {
                schemas.put(schema, migrations(schema));
            }
        }
        return schemas;
    }

    private List<Migration> migrations(String schema) throws SQLException {
        List<Migration> migrations = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT name, crc FROM %s.migration".formatted(schema))) {
            while (rows.next()) {
                migrations.add(new Migration(rows.getString(1), rows.getLong(2)));
            }
        }
        migrations.sort(Migration.ORDER);
        return List.copyOf(migrations);
    }

    /** @return tables of a schema by name, partitions one by one */
    List<String> tables(String schema) throws SQLException {
        return texts(TABLES, schema);
    }

    /** @return what the first column of each row says */
    List<String> texts(String sql, String... parameters) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    texts.add(rows.getString(1));
                }
            }
        }
        return texts;
    }

    /** @param sql one statement or several */
    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** @return a table or sequence as it is written in a statement */
    static String quoted(String schema, String name) {
        return '"' + schema + "\".\"" + name.replace("\"", "\"\"") + '"';
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
