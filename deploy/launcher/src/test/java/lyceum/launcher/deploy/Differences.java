package lyceum.launcher.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A page of {@code deploy/docs} that says in what recorded cases the house answers otherwise than the original, and why. It is
 * written out of the tables by which the tests judge.
 */
public final class Differences {

    private static final Path DIRECTORY = Path.of("../docs");

    private Differences() {}

    /**
     * Compares a page with what the tables say; with {@code -Dlyceum.docs=write} writes it instead.
     *
     * @param reasons why, by the name of the case
     */
    public static void judge(String file, String title, String about, Map<String, String> reasons) throws IOException {
        String page = page(title, about, reasons);
        if ("write".equals(System.getProperty("lyceum.docs"))) {
            Files.writeString(DIRECTORY.resolve(file), page);
        }
        assertThat(Files.readString(DIRECTORY.resolve(file)))
                .as("deploy/docs/%s is stale: run this test with -Dlyceum.docs=write".formatted(file))
                .isEqualTo(page);
    }

    private static String page(String title, String about, Map<String, String> reasons) {
        Map<String, TreeSet<String>> cases = new TreeMap<>();
        reasons.forEach((name, reason) -> {
            if (!reason.isBlank()) {
                cases.computeIfAbsent(reason, first -> new TreeSet<>()).add(name);
            }
        });
        String rows = cases.entrySet().stream()
                .map(entry -> "| %s | %s |\n".formatted(cell(entry.getKey()), names(entry.getValue())))
                .collect(Collectors.joining());
        return "# %s\n\n%s\n\n| what is different | recorded cases |\n|---|---|\n%s".formatted(title, about, rows);
    }

    private static String names(TreeSet<String> names) {
        return names.stream().map(name -> "`" + cell(name) + "`").collect(Collectors.joining(", "));
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }
}
