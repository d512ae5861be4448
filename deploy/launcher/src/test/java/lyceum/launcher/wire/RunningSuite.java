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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import lyceum.launcher.SmallHouse;
import lyceum.launcher.Suite;
import lyceum.platform.Database;
import lyceum.platform.TestDirectory;
import lyceum.platform.TestPostgres;
import lyceum.platform.TestRedis;

/**
 * The house, on fresh databases of its own, with a client and a look at its rows. With the system property
 * {@code lyceum.village} it is {@link Village} of many processes, whose gateways are asked by turns; else one program in
 * this JVM.
 */
public final class RunningSuite implements AutoCloseable {

    private static final boolean IS_VILLAGE = Boolean.getBoolean("lyceum.village");
    private static final Duration START = Duration.ofSeconds(60);

    private final Vertx vertx;
    private final Map<String, String> settings;
    private final Residence residence;
    private final Client client;
    private final List<Door> doors;
    private final Map<String, Pool> rows = new HashMap<>();

    private RunningSuite(Vertx vertx, Map<String, String> settings, Residence residence) {
        this.vertx = vertx;
        this.settings = settings;
        this.residence = residence;
        client = new Client(vertx, residence.httpPorts());
        doors = residence.httpPorts().stream()
                .map(port -> new Door(new Client(vertx, List.of(port)), port))
                .toList();
    }

    /**
     * @param settings in place of the defaults, or beside them
     * @param services that there are, none for all
     */
    public static RunningSuite start(Map<String, String> settings, String... services) {
        Set<String> chosen = Set.of(services);
        return start(
                settings,
                all -> IS_VILLAGE
                        ? Village.build(Path.of(all.get("LYCEUM_DATA_DIR")), all, chosen)
                        : indoors(SmallHouse.start(all, chosen)));
    }

    /**
     * A part of a house.
     *
     * @param settings in place of the defaults, or beside them, among them how the others are found
     * @param services of this part
     */
    public static RunningSuite join(Map<String, String> settings, String... services) {
        return start(settings, all -> indoors(Suite.start(all, Set.of(services), line -> {})));
    }

    private static Residence indoors(Future<Suite> start) {
        return new Indoors(start.timeout(START.toSeconds(), TimeUnit.SECONDS).await());
    }

    private static RunningSuite start(Map<String, String> settings, Function<Map<String, String>, Residence> build) {
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
            return new RunningSuite(vertx, all, build.apply(all));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Client client() {
        return client;
    }

    /** @return connections whose search path is the schema of that service, {@code elicast} */
    public Pool rows(String service) {
        return rows.computeIfAbsent(
                service, schema -> new Database(settings.get("LYCEUM_POSTGRES_URL"), schema, 2).open(vertx));
    }

    /** @return what tests of this suite may run on */
    public Vertx vertx() {
        return vertx;
    }

    /** @return where clients come to, on this machine; of several gateways the last */
    public int port() {
        return doors.get(doors.size() - 1).port();
    }

    /** @return each gateway by itself */
    public List<Door> doors() {
        return doors;
    }

    /** @return what the operator's Prometheus reads, of all processes */
    public String metrics() {
        return residence.managementPorts().stream()
                .map(port -> new Client(vertx, List.of(port))
                        .send(Request.of("GET", "/metrics"))
                        .await()
                        .text())
                .collect(Collectors.joining());
    }

    /** @return where streams are kept, password included */
    public String redisUrl() {
        return settings.get("LYCEUM_REDIS_URL");
    }

    @Override
    public void close() {
        residence.close();
        vertx.close().await();
        TestDirectory.delete(Path.of(settings.get("LYCEUM_DATA_DIR")));
    }
}
