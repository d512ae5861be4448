package lyceum.launcher.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lyceum.launcher.SmallHouse;
import lyceum.launcher.Suite;
import lyceum.platform.TestPostgres;
import lyceum.platform.TestRedis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What dashboards ask Prometheus for, held against what the running program tells. */
class DashboardTest {

    private static final Path GRAFANA = Path.of("../compose/grafana");
    private static final Pattern METRIC = Pattern.compile("\\b(?:lyceum|vertx|jvm|process|system)_\\w+");
    private static final Pattern LABELS = Pattern.compile("by \\(([^)]*)\\)");
    /** Prometheus adds them. */
    private static final Set<String> OF_PROMETHEUS = Set.of("instance", "job");

    @TempDir
    Path data;

    @Test
    void asksForMetricsAndLabelsThatThereAre() throws Exception {
        List<String> questions = questions();
        List<String> series = series();

        assertThat(questions).hasSizeGreaterThan(10).allSatisfy(question -> {
            List<String> metrics = METRIC.matcher(question)
                    .results()
                    .map(MatchResult::group)
                    .distinct()
                    .toList();
            assertThat(metrics).as(question).isNotEmpty();
            for (String metric : metrics) {
                List<String> told = series.stream()
                        .filter(line -> line.matches(metric + "[{ ].*"))
                        .toList();
                assertThat(told).as(metric).isNotEmpty();
                assertThat(labels(question))
                        .allSatisfy(label -> assertThat(told)
                                .as("%s has %s", metric, label)
                                .anyMatch(line -> line.contains(label + "=\"")));
            }
        });
    }

    @Test
    void findsItsSourceAndItsFiles() {
        Map<String, Object> source =
                Yaml.map(Yaml.list(Yaml.document(GRAFANA.resolve("provisioning/datasources/prometheus.yaml"))
                                .get("datasources"))
                        .get(0));
        Map<String, Object> provider =
                Yaml.map(Yaml.list(Yaml.document(GRAFANA.resolve("provisioning/dashboards/lyceum.yaml"))
                                .get("providers"))
                        .get(0));
        List<String> mounts = Yaml.texts(Yaml.map(Yaml.map(Yaml.document(Path.of("../compose/compose.yaml"))
                                .get("services"))
                        .get("grafana"))
                .get("volumes"));

        assertThat(panels().map(panel -> panel.getJsonObject("datasource").getString("uid")))
                .isNotEmpty()
                .containsOnly((String) source.get("uid"));
        assertThat(mounts)
                .contains("./grafana/dashboards:"
                        + Yaml.map(provider.get("options")).get("path") + ":ro");
    }

    private List<String> series() throws Exception {
        Vertx vertx = Vertx.vertx();
        Map<String, String> environment = Map.of(
                "LYCEUM_POSTGRES_URL", TestPostgres.freshDatabase(vertx),
                "LYCEUM_REDIS_URL", TestRedis.freshDatabase(vertx),
                "LYCEUM_DATA_DIR", data.toString(),
                "LYCEUM_PROGRAM_DIR", TestPostgres.programs().toString(),
                "LYCEUM_HTTP_PORT", "0",
                "LYCEUM_RTMP_PORT", "0",
                "LYCEUM_MANAGEMENT_PORT", "0");
        Suite suite = SmallHouse.start(environment, Set.of()).await();
        try {
            URI metrics = URI.create("http://127.0.0.1:" + suite.managementPort() + "/metrics");
            // The second answer tells of the first one.
            get(metrics);
            return get(metrics).lines().toList();
        } finally {
            suite.close().eventually(vertx::close).await();
        }
    }

    private static String get(URI uri) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }

    private static List<String> questions() {
        return panels().flatMap(panel -> panel.getJsonArray("targets").stream())
                .map(target -> ((JsonObject) target).getString("expr"))
                .toList();
    }

    private static Stream<JsonObject> panels() {
        try {
            return new JsonObject(Files.readString(GRAFANA.resolve("dashboards/lyceum.json")))
                    .getJsonArray("panels").stream().map(JsonObject.class::cast);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Set<String> labels(String question) {
        return LABELS.matcher(question)
                .results()
                .flatMap(match -> Stream.of(match.group(1).split(",\\s*")))
                .filter(label -> !OF_PROMETHEUS.contains(label))
                .collect(Collectors.toSet());
    }
}
