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
import java.util.ArrayList;
import java.util.HashSet;
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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What dashboards and alerts ask Prometheus for, held against what the running program tells. */
class DashboardTest {

    private static final Path GRAFANA = Path.of("../compose/grafana");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(?: \\$labels\\.)?(\\w+)[^}]*}}");
    /** Prometheus adds them. */
    private static final Set<String> OF_PROMETHEUS = Set.of("instance", "job", "le");
    /** Rules add it to what they record. */
    private static final Set<String> OF_RULES = Set.of("domain");

    @TempDir
    static Path data;

    private static List<String> series;

    /** What is asked, and the text that is made of each answer. */
    record Asked(String where, PromQuery query, String legend) {}

    @BeforeAll
    static void look() throws Exception {
        Vertx vertx = Vertx.vertx();
        Map<String, String> environment = Map.of(
                "LYCEUM_POSTGRES_URL", TestPostgres.freshDatabase(vertx),
                "LYCEUM_REDIS_URL", TestRedis.freshDatabase(vertx),
                "LYCEUM_DATA_DIR", data.toString(),
                "LYCEUM_PROGRAM_DIR", TestPostgres.programs().toString(),
                "LYCEUM_HTTP_PORT", "0",
                "LYCEUM_RTMP_PORT", "0",
                "LYCEUM_MANAGEMENT_PORT", "0",
                // Nobody is there, and nothing is told: only what is counted of it.
                "LYCEUM_TRACES_URL", "http://127.0.0.1:9",
                "LYCEUM_TRACES_SHARE", "0");
        Suite suite = SmallHouse.start(environment, Set.of()).await();
        try {
            URI metrics = URI.create("http://127.0.0.1:" + suite.managementPort() + "/metrics");
            // The second answer tells of the first one.
            get(metrics);
            series = get(metrics).lines().toList();
        } finally {
            suite.close().eventually(vertx::close).await();
        }
    }

    @Test
    void asksForMetricsThatThereAre() {
        Set<String> recorded = Alerts.recorded();

        assertThat(asked()).hasSizeGreaterThan(200).allSatisfy(asked -> {
            Set<String> metrics = asked.query().metrics();
            assertThat(metrics)
                    .as(asked.where())
                    .allSatisfy(metric -> assertThat(told(metric)).as(metric).isNotEmpty());
            assertThat(recorded).as(asked.where()).containsAll(asked.query().recorded());
            assertThat(metrics.isEmpty()
                            && asked.query().recorded().isEmpty()
                            && asked.query().made().isEmpty())
                    .as("%s asks for something of ours", asked.where())
                    .isEqualTo(asked.where().equals("LyceumDown"));
        });
    }

    @Test
    void asksForLabelsThatThereAre() {
        assertThat(asked()).allSatisfy(asked -> {
            for (String metric : asked.query().metrics()) {
                Set<String> labels = new HashSet<>(asked.query().groups());
                labels.removeAll(OF_PROMETHEUS);
                assertThat(labels)
                        .as(asked.where())
                        .allSatisfy(label -> assertThat(told(metric))
                                .as("%s has %s", metric, label)
                                .anyMatch(line -> line.contains(label + "=\"")));
            }
            assertThat(asked.query().conditions()).as(asked.where()).allSatisfy(this::isSelective);
        });
    }

    /** What services count of themselves is there from the start, with each of its values. */
    private void isSelective(PromQuery.Condition condition) {
        boolean isThere =
                condition.metric().startsWith("lyceum_") && !condition.metric().startsWith("lyceum_bus");
        String value = isThere && condition.operator().equals("=") ? condition.value() + "\"" : "";
        if (!OF_PROMETHEUS.contains(condition.label())) {
            assertThat(told(condition.metric()))
                    .as(condition.toString())
                    .anyMatch(line -> line.contains(condition.label() + "=\"" + value));
        }
    }

    @Test
    void asksInTheLanguageOfPrometheus() {
        assertThat(asked()).allSatisfy(asked -> {
            assertThat(asked.query().isBalanced()).as(asked.where()).isTrue();
            assertThat(asked.query().unknownFunctions()).as(asked.where()).isEmpty();
        });
    }

    @Test
    void callsAnswersByLabelsThatTheyHave() {
        assertThat(asked()).allSatisfy(asked -> {
            Set<String> known = new HashSet<>(asked.query().groups());
            known.addAll(asked.query().made());
            known.addAll(OF_PROMETHEUS);
            known.addAll(OF_RULES);
            if (asked.query().groups().isEmpty()) {
                asked.query().metrics().forEach(metric -> known.addAll(labels(metric)));
            }
            assertThat(known).as(asked.where()).containsAll(placeholders(asked.legend()));
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

        assertThat(boards()).hasSize(10).allSatisfy(board -> {
            JsonObject variable =
                    board.getJsonObject("templating").getJsonArray("list").getJsonObject(0);
            assertThat(variable.getString("type")).isEqualTo("datasource");
            assertThat(variable.getJsonObject("current").getString("value")).isEqualTo(source.get("uid"));
            assertThat(panels(board)
                            .map(panel -> panel.getJsonObject("datasource").getString("uid")))
                    .isNotEmpty()
                    .containsOnly("${" + variable.getString("name") + "}");
        });
        assertThat(boards().stream().map(board -> board.getString("uid"))).doesNotHaveDuplicates();
        assertThat(mounts)
                .contains("./grafana/dashboards:"
                        + Yaml.map(provider.get("options")).get("path") + ":ro");
    }

    private static List<String> told(String metric) {
        return series.stream().filter(line -> line.matches(metric + "[{ ].*")).toList();
    }

    private static Set<String> labels(String metric) {
        return told(metric).stream()
                .flatMap(line -> Pattern.compile("(\\w+)=\"").matcher(line).results())
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
    }

    private static Set<String> placeholders(String legend) {
        return PLACEHOLDER
                .matcher(legend)
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toSet());
    }

    private static List<Asked> asked() {
        List<Asked> all = new ArrayList<>();
        boards().forEach(board -> panels(board)
                .forEach(panel -> panel.getJsonArray("targets").stream()
                        .map(JsonObject.class::cast)
                        .forEach(target -> all.add(new Asked(
                                board.getString("uid") + ": " + panel.getString("title"),
                                new PromQuery(target.getString("expr")),
                                target.getString("legendFormat"))))));
        Alerts.queries()
                .forEach(query -> all.add(new Asked(query.getKey(), query.getValue(), summary(query.getKey()))));
        return all;
    }

    private static String summary(String name) {
        return Alerts.all().stream()
                .filter(alert -> alert.get("alert").equals(name))
                .map(alert -> (String) Yaml.map(alert.get("annotations")).get("summary"))
                .findFirst()
                .orElse("")
                .replace("{{ $value", "");
    }

    private static List<JsonObject> boards() {
        try (Stream<Path> files = Files.list(GRAFANA.resolve("dashboards"))) {
            return files.map(DashboardTest::read).toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonObject read(Path file) {
        try {
            return new JsonObject(Files.readString(file));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stream<JsonObject> panels(JsonObject board) {
        return board.getJsonArray("panels").stream().map(JsonObject.class::cast);
    }

    private static String get(URI uri) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }
}
