package lyceum.launcher.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What Prometheus watches, and what is written for whoever is woken by it; what it asks for is in {@link DashboardTest}. */
class AlertsTest {

    private static final Path COMPOSE = Path.of("../compose");
    private static final Pattern DURATION = Pattern.compile("\\d+[smh]");

    @Test
    void saysHowGraveItIsAndWhatToDo() throws IOException {
        String runbook = Files.readString(Path.of("../RUNBOOK.md"));

        assertThat(Alerts.all()).hasSizeGreaterThan(20).allSatisfy(alert -> {
            String name = (String) alert.get("alert");
            Map<String, Object> notes = Yaml.map(alert.get("annotations"));
            assertThat(Yaml.map(alert.get("labels")).get("severity")).isIn("critical", "warning", "info");
            assertThat(String.valueOf(alert.get("for"))).matches(DURATION);
            assertThat((String) notes.get("summary")).isNotBlank();
            assertThat(notes).containsEntry("runbook_url", "deploy/RUNBOOK.md#" + name.toLowerCase());
            assertThat(paragraph(runbook, name)).contains("**Look**", "**Do**");
        });
    }

    @Test
    void hasNoParagraphForAnAlertThatIsNotThere() throws IOException {
        List<String> paragraphs = Files.readAllLines(Path.of("../RUNBOOK.md")).stream()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3))
                .toList();

        assertThat(paragraphs)
                .containsExactlyElementsOf(Alerts.all().stream()
                        .map(alert -> (String) alert.get("alert"))
                        .toList());
    }

    @Test
    void isTheSameForKubernetes() {
        Map<String, Object> rule = Kustomization.render(Path.of("../kubernetes/overlays/prod")).stream()
                .filter(document -> "PrometheusRule".equals(document.get("kind")))
                .findFirst()
                .orElseThrow();

        assertThat(Yaml.list(Yaml.map(rule.get("spec")).get("groups"))).isEqualTo(Alerts.groups());
    }

    @Test
    void isGivenToPrometheus() {
        Map<String, Object> prometheus = Yaml.document(COMPOSE.resolve("prometheus.yaml"));
        Map<String, Object> services =
                Yaml.map(Yaml.document(COMPOSE.resolve("compose.yaml")).get("services"));

        assertThat(Yaml.texts(prometheus.get("rule_files")))
                .allSatisfy(file -> assertThat(
                                Yaml.texts(Yaml.map(services.get("prometheus")).get("volumes")))
                        .contains("./" + Path.of(file).getFileName() + ":" + file + ":ro"));
    }

    private static String paragraph(String runbook, String name) {
        int begin = runbook.indexOf("## " + name + "\n");
        assertThat(begin).as(name).isNotNegative();
        int end = runbook.indexOf("\n## ", begin);
        return runbook.substring(begin, end < 0 ? runbook.length() : end);
    }
}
