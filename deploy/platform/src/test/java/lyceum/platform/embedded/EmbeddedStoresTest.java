package lyceum.platform.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import lyceum.platform.TestJvm;
import lyceum.platform.TestPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedStoresTest {

    @TempDir
    Path data;

    private final ExecutorService thread = Executors.newSingleThreadExecutor();

    private Vertx vertx;

    @BeforeEach
    void start() {
        vertx = Vertx.vertx();
    }

    @AfterEach
    void stop() {
        thread.shutdownNow();
        vertx.close().await();
    }

    @Test
    void keepsTablesOverARestart() {
        try (EmbeddedStore store = postgres()) {
            sql(store, "CREATE TABLE kept AS SELECT 42 AS answer");
        }
        try (EmbeddedStore store = postgres()) {
            assertThat(sql(store, "SELECT answer FROM kept")).isEqualTo("42");
            assertThat(sql(store, "SHOW fsync")).isEqualTo("on");
        }
    }

    @Test
    void createsTablesAnewWhereTheFirstStartWasCutOff() throws Exception {
        Process jvm = firstStart();
        await().atMost(60, TimeUnit.SECONDS).until(() -> isBegun() || !jvm.isAlive());

        List<ProcessHandle> all =
                Stream.concat(Stream.of(jvm.toHandle()), jvm.descendants()).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        jvm.waitFor();

        try (EmbeddedStore store = postgres()) {
            assertThat(sql(store, "SELECT 1")).isEqualTo("1");
        }
        try (Stream<Path> directories = Files.list(data.resolve("postgres")).filter(Files::isDirectory)) {
            assertThat(directories).containsExactly(data.resolve("postgres/tables"));
        }
    }

    /** @return whether initdb has written its first file */
    private boolean isBegun() throws IOException {
        if (!Files.isDirectory(data.resolve("postgres"))) {
            return false;
        }
        try (Stream<Path> directories = Files.list(data.resolve("postgres"))) {
            return directories.anyMatch(directory -> Files.exists(directory.resolve("PG_VERSION")));
        }
    }

    /** Where a container forbids user namespaces. */
    @Test
    void startsForRootAsNobodyToo() {
        assumeTrue("root".equals(System.getProperty("user.name")), "an ordinary user needs no way around root");

        try (EmbeddedStore store = EmbeddedPostgres.start(
                data, TestPostgres.programs(), line -> {}, Tenancy.LASTING, Unprivileged::asNobody)) {
            assertThat(sql(store, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void sharesTheServersOfAnotherProcess() {
        try (EmbeddedStore first = postgres();
                EmbeddedStore second = postgres()) {
            assertThat(second.url()).isEqualTo(first.url());
        }
    }

    /** Processes that use the servers of another one have learnt their addresses once. */
    @Test
    void areWhereTheyWereAfterARestart() {
        String tables;
        String keys;
        try (EmbeddedStore postgres = postgres();
                EmbeddedStore redis = redis()) {
            tables = postgres.url();
            keys = redis.url();
        }
        try (EmbeddedStore postgres = postgres();
                EmbeddedStore redis = redis()) {
            assertThat(postgres.url()).isEqualTo(tables);
            assertThat(redis.url()).isEqualTo(keys);
        }
    }

    @Test
    void goElsewhereWhereSomebodyHasTheirPort() throws IOException {
        URI before;
        try (EmbeddedStore redis = redis()) {
            before = URI.create(redis.url());
        }
        try (ServerSocket other = new ServerSocket(before.getPort(), 1, InetAddress.getLoopbackAddress());
                EmbeddedStore redis = redis()) {
            assertThat(URI.create(redis.url()).getPort()).isNotEqualTo(other.getLocalPort());
        }
    }

    /** A backup that began while nothing ran: the suite must not stand on servers that end with it. */
    @Test
    void waitsForWhoRunsThemOnlyWhileItHasWork() throws Exception {
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        EmbeddedStore passing =
                EmbeddedRedis.start(data.resolve("redis"), TestPostgres.programs(), line -> {}, Tenancy.PASSING);
        Future<EmbeddedStore> starting =
                thread.submit(() -> EmbeddedRedis.start(data.resolve("redis"), TestPostgres.programs(), told::add));
        assertThat(told.poll(60, TimeUnit.SECONDS))
                .isEqualTo("waiting for a backup, a restore or an import with the same Redis to end");
        assertThat(redis(passing, Request.cmd(Command.SET).arg("kept").arg("42")))
                .isEqualTo("OK");

        passing.close();

        try (EmbeddedStore store = starting.get(60, TimeUnit.SECONDS)) {
            assertThat(store.isOurs()).isTrue();
            assertThat(redis(store, Request.cmd(Command.GET).arg("kept"))).isEqualTo("42");
            try (EmbeddedStore other = redis()) {
                assertThat(other.url()).isEqualTo(store.url());
            }
        }
    }

    @Test
    void keepsKeysOverARestart() {
        try (EmbeddedStore store = redis()) {
            assertThat(redis(store, Request.cmd(Command.SET).arg("kept").arg("42")))
                    .isEqualTo("OK");
        }
        try (EmbeddedStore store = redis()) {
            assertThat(redis(store, Request.cmd(Command.GET).arg("kept"))).isEqualTo("42");
        }
    }

    @Test
    void doNotWriteTheirFileAnewForEachHalfMinuteOfACamera() {
        try (EmbeddedStore store = redis()) {
            assertThat(redis(store, Request.cmd(Command.CONFIG).arg("GET").arg("auto-aof-rewrite-min-size")))
                    .contains(Integer.toString(512 << 20));
        }
    }

    @Test
    void stopsWhenTheJvmIsKilledAndStartsAgain() throws Exception {
        Process jvm = firstStart();
        await().atMost(60, TimeUnit.SECONDS).until(() -> Files.exists(data.resolve("postgres/url")) || !jvm.isAlive());
        String server = Files.readAllLines(data.resolve("postgres/tables/postmaster.pid"))
                .get(0);

        jvm.destroyForcibly().waitFor();

        try (EmbeddedStore store = postgres()) {
            assertThat(sql(store, "SELECT 1")).isEqualTo("1");
            assertThat(ProcessHandle.of(Long.parseLong(server))).isEmpty();
        }
    }

    @Test
    void startsPostgresAgainWhereItIsKilled() throws Exception {
        try (EmbeddedStore store = postgres()) {
            sql(store, "CREATE TABLE kept AS SELECT 42 AS answer");

            kill(Files.readAllLines(data.resolve("postgres/tables/postmaster.pid"))
                    .get(0));

            await().atMost(60, TimeUnit.SECONDS)
                    .ignoreExceptions()
                    .until(() -> sql(store, "SELECT answer FROM kept").equals("42"));
        }
    }

    @Test
    void startsRedisAgainAsOftenAsItIsKilled() throws Exception {
        try (EmbeddedStore store = redis()) {
            redis(store, Request.cmd(Command.SET).arg("kept").arg("42"));
            for (int time = 0; time < 2; time++) {
                String server = redis(store, Request.cmd(Command.INFO).arg("server"));

                kill(server.replaceFirst("(?s).*process_id:(\\d+).*", "$1"));

                await().atMost(60, TimeUnit.SECONDS)
                        .ignoreExceptions()
                        .until(() -> redis(store, Request.cmd(Command.GET).arg("kept"))
                                .equals("42"));
            }
        }
    }

    /** @param pid of a process, which has ended when this returns */
    private static void kill(String pid) throws Exception {
        ProcessHandle process = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        process.destroyForcibly();
        process.onExit().get();
    }

    private Process firstStart() throws IOException {
        return new ProcessBuilder(TestJvm.command(
                        "-cp",
                        System.getProperty("java.class.path"),
                        EmbeddedStoresTest.class.getName(),
                        data.toString()))
                .inheritIO()
                .start();
    }

    /** The JVM that is killed. */
    public static void main(String[] arguments) throws IOException {
        EmbeddedStore store = postgres(Path.of(arguments[0]));
        System.in.read();
        store.close();
    }

    private EmbeddedStore postgres() {
        return postgres(data);
    }

    private static EmbeddedStore postgres(Path data) {
        return EmbeddedPostgres.start(data.resolve("postgres"), TestPostgres.programs(), line -> {});
    }

    private EmbeddedStore redis() {
        return EmbeddedRedis.start(data.resolve("redis"), TestPostgres.programs(), line -> {});
    }

    private String sql(EmbeddedStore store, String statement) {
        PgConnection connection = PgConnection.connect(vertx, PgConnectOptions.fromUri(store.url()))
                .await();
        try {
            var rows = connection.query(statement).execute().await().iterator();
            return rows.hasNext() ? rows.next().getValue(0).toString() : "";
        } finally {
            connection.close().await();
        }
    }

    private String redis(EmbeddedStore store, Request request) {
        Redis client = Redis.createClient(vertx, store.url());
        try {
            return client.send(request).await().toString();
        } finally {
            client.close().await();
        }
    }
}
