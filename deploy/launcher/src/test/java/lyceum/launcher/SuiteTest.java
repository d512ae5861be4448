package lyceum.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lyceum.platform.Settings.WrongSetting;
import lyceum.platform.TestPostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuiteTest {

    private static final Set<String> ALL = Set.of();

    /** Nobody is there, and nobody asks. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "LYCEUM_POSTGRES_URL", "postgresql://lyceum:secret@127.0.0.1:1/lyceum",
            "LYCEUM_REDIS_URL", "redis://127.0.0.1:1");

    @TempDir
    Path data;

    private final House house = new House();

    @Test
    void isReadyWithoutAnyService() throws Exception {
        Suite suite = start(List.of(), ALL);

        assertThat(status(suite.managementPort(), "/health/ready")).isEqualTo(200);
        assertThat(status(suite.managementPort(), "/health/started")).isEqualTo(200);
        assertThat(suite.httpPort()).isZero();
        assertThat(suite.redisUrl()).startsWith("redis://");

        suite.close().await();
    }

    @Test
    void startsServicesSideBySideAndStopsThemInTheOppositeOfTheirOrder() {
        Suite suite = startWithoutStores(house.services);

        suite.close().await();

        assertThat(house.diary).hasSize(4).endsWith("hall out", "cellar out");
        assertThat(house.diary.subList(0, 2)).containsExactlyInAnyOrder("cellar in", "hall in");
    }

    @Test
    void tellsWhereClientsComeTo() throws Exception {
        Suite suite = startWithoutStores(house.services);

        assertThat(status(suite.httpPort(), "/")).isEqualTo(200);

        suite.close().await();
    }

    @Test
    void keepsTablesOverARestartAndTellsWhatTakesTime() {
        List<String> progress = new ArrayList<>();
        Suite first = Suite.start(List.of(), environment(), ALL, progress::add).await();
        sql(first, "CREATE TABLE kept AS SELECT 42 AS answer");
        first.close().await();

        Suite second = start(List.of(), ALL);

        assertThat(sql(second, "SELECT answer FROM kept")).isEqualTo("42");
        assertThat(progress).contains("creating the database");
        second.close().await();
        assertThat(StoreProcesses.of(data)).isEmpty();
    }

    @Test
    void startsNoStoreThatNobodyNeedsAndJoinsTheOthers() {
        Suite hall = start(house.services, Set.of("hall"));

        assertThat(data).isEmptyDirectory();
        assertThat(hall.vertx().isClustered()).isTrue();

        hall.close().await();
    }

    @Test
    void usesAnExternalStoreWhereThereIsOne() {
        Suite suite = startWithoutStores(house.services);

        assertThat(suite.postgresUrl()).isEqualTo(ELSEWHERE.get("LYCEUM_POSTGRES_URL"));
        assertThat(suite.redisUrl()).isEqualTo(ELSEWHERE.get("LYCEUM_REDIS_URL"));
        assertThat(data).isEmptyDirectory();

        suite.close().await();
    }

    @Test
    void leavesNothingOfAStartThatFails() {
        assertThatThrownBy(() -> start(house.withBrokenRoof(), ALL)).hasMessage("roof did not start: leaks");

        assertThat(house.diary).containsExactly("hall in", "hall out");
        assertThat(StoreProcesses.of(data)).isEmpty();
    }

    @Test
    void startsNothingWhenASettingIsWrong() {
        Map<String, String> environment = environment();
        environment.put("LYCEUM_MANAGEMENT_PORT", "http");

        assertThatThrownBy(() -> Suite.start(house.services, environment, ALL, line -> {})
                        .await())
                .isInstanceOf(WrongSetting.class)
                .hasMessage("LYCEUM_MANAGEMENT_PORT: 'http' is not a number 0..65535");
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void closesOnceHoweverOftenItIsAsked() {
        Suite suite = startWithoutStores(house.services);

        suite.close().await();
        suite.close().await();

        assertThat(house.diary).containsOnlyOnce("hall out");
    }

    private Suite start(List<ServiceEntry<?>> services, Set<String> chosen) {
        return Suite.start(services, environment(), chosen, line -> {}).await();
    }

    private Suite startWithoutStores(List<ServiceEntry<?>> services) {
        Map<String, String> environment = environment();
        environment.putAll(ELSEWHERE);
        return Suite.start(services, environment, ALL, line -> {}).await();
    }

    private Map<String, String> environment() {
        return new HashMap<>(Map.of(
                "LYCEUM_DATA_DIR", data.toString(),
                "LYCEUM_PROGRAM_DIR", TestPostgres.programs().toString(),
                "LYCEUM_MANAGEMENT_PORT", "0",
                // Not the usual one: no test joins a cluster that happens to be on this machine.
                "LYCEUM_CLUSTER_PORT", "15701",
                "LYCEUM_CLUSTER_MEMBERS", "127.0.0.1:15701"));
    }

    private static int status(int port, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:%d%s".formatted(port, path));
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
                .statusCode();
    }

    private static String sql(Suite suite, String statement) {
        PgConnection connection = PgConnection.connect(suite.vertx(), PgConnectOptions.fromUri(suite.postgresUrl()))
                .await();
        try {
            var rows = connection.query(statement).execute().await().iterator();
            return rows.hasNext() ? rows.next().getValue(0).toString() : "";
        } finally {
            connection.close().await();
        }
    }
}
