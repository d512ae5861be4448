package lyceum.launcher.wire;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import lyceum.launcher.SmallHouse;
import lyceum.launcher.Suite;
import lyceum.platform.Database;
import lyceum.platform.TestDirectory;
import lyceum.platform.TestPostgres;
import lyceum.platform.TestRedis;

/** The house, on fresh databases of its own, with a client and a look at its rows. */
public final class RunningSuite implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(60);

    private final Vertx vertx;
    private final Path data;
    private final Suite suite;
    private final Client client;
    private final Map<String, Pool> rows = new HashMap<>();

    private RunningSuite(Vertx vertx, Path data, Suite suite) {
        this.vertx = vertx;
        this.data = data;
        this.suite = suite;
        client = new Client(vertx, suite.httpPort());
    }

    /**
     * @param settings in place of the defaults, or beside them
     * @param services that there are, none for all
     */
    public static RunningSuite start(Map<String, String> settings, String... services) {
        return start(settings, all -> SmallHouse.start(all, Set.of(services)));
    }

    /**
     * A part of a house.
     *
     * @param settings in place of the defaults, or beside them, among them how the others are found
     * @param services of this part
     */
    public static RunningSuite join(Map<String, String> settings, String... services) {
        return start(settings, all -> Suite.start(all, Set.of(services), line -> {}));
    }

    private static RunningSuite start(
            Map<String, String> settings, Function<Map<String, String>, Future<Suite>> start) {
        Vertx vertx = Vertx.vertx();
        try {
            Path data = Files.createTempDirectory("lyceum-suite");
            Map<String, String> all = new HashMap<>(settings);
            all.put("LYCEUM_PROGRAM_DIR", TestPostgres.programs().toString());
            all.put("LYCEUM_DATA_DIR", data.toString());
            all.put("LYCEUM_POSTGRES_URL", TestPostgres.freshDatabase(vertx));
            all.put("LYCEUM_REDIS_URL", TestRedis.freshDatabase(vertx));
            all.put("LYCEUM_HTTP_PORT", "0");
            all.putIfAbsent("LYCEUM_RTMP_PORT", "0");
            all.put("LYCEUM_MANAGEMENT_PORT", "0");
            all.put("LYCEUM_JWT_SECRET", "a secret of the tests, 32 bytes or more");
            Suite suite = start.apply(all)
                    .timeout(START.toSeconds(), TimeUnit.SECONDS)
                    .await();
            return new RunningSuite(vertx, data, suite);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Client client() {
        return client;
    }

    /** @return connections whose search path is the schema of that service, {@code elicast} */
    public Pool rows(String service) {
        return rows.computeIfAbsent(service, schema -> new Database(suite.postgresUrl(), schema, 2).open(vertx));
    }

    /** @return what tests of this suite may run on */
    public Vertx vertx() {
        return vertx;
    }

    /** @return where clients come to, on this machine */
    public int port() {
        return suite.httpPort();
    }

    /** @return what the operator's Prometheus reads */
    public String metrics() {
        return new Client(vertx, suite.managementPort())
                .send(Request.of("GET", "/metrics"))
                .await()
                .text();
    }

    /** @return where streams are kept, password included */
    public String redisUrl() {
        return suite.redisUrl();
    }

    @Override
    public void close() {
        suite.close().eventually(vertx::close).await();
        TestDirectory.delete(data);
    }
}
