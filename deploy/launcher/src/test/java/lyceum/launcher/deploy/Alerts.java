package lyceum.launcher.deploy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rules of Prometheus, as Compose gives them to it. */
final class Alerts {

    static final Path FILE = Path.of("../compose/alerts.yaml");

    private Alerts() {}

    static List<Object> groups() {
        return Yaml.list(Yaml.document(FILE).get("groups"));
    }

    private static Stream<Map<String, Object>> rules() {
        return groups().stream()
                .flatMap(group -> Yaml.list(Yaml.map(group).get("rules")).stream())
                .map(Yaml::map);
    }

    /** @return rules that tell somebody */
    static List<Map<String, Object>> all() {
        return rules().filter(rule -> rule.containsKey("alert")).toList();
    }

    /** @return what is asked, by what follows from it: the name of an alert, or of what is recorded */
    static List<Map.Entry<String, PromQuery>> queries() {
        return rules().map(rule ->
                        Map.entry(String.valueOf(rule.getOrDefault("alert", rule.get("record"))), new PromQuery((String)
                                rule.get("expr"))))
                .toList();
    }

    /** @return names of what is recorded for others to ask for */
    static Set<String> recorded() {
        return rules().filter(rule -> rule.containsKey("record"))
                .map(rule -> (String) rule.get("record"))
                .collect(Collectors.toSet());
    }
}
