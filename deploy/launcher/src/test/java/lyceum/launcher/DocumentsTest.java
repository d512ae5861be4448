package lyceum.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What people read: its links lead somewhere, and its settings exist. */
class DocumentsTest {

    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(?:#[^)]*)?\\)");
    private static final Pattern SETTING = Pattern.compile("LYCEUM_[A-Z0-9_]*[A-Z0-9](?![A-Z0-9_])");

    static Stream<Path> documents() throws IOException {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("deploy/docs"))) {
            List<Path> found =
                    docs.filter(file -> file.toString().endsWith(".md")).toList();
            return Stream.concat(
                    Stream.of(ROOT.resolve("README.md"), ROOT.resolve("deploy/README.md")), found.stream());
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void linkToWhatIsThere(Path document) {
        assertThat(LINK.matcher(read(document)).results().map(link -> link.group(1)))
                .filteredOn(link -> !link.startsWith("http"))
                .allSatisfy(link -> assertThat(document.resolveSibling(link)).exists());
    }

    @ParameterizedTest
    @MethodSource("documents")
    void nameSettingsThatThereAre(Path document) {
        String reference = Reference.of(Services.ALL).text();
        assertThat(SETTING.matcher(read(document)).results().map(MatchResult::group))
                .allSatisfy(setting -> assertThat(reference).contains("`" + setting + "`"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
