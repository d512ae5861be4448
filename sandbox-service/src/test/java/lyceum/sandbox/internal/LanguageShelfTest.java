package lyceum.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import lyceum.platform.Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class LanguageShelfTest {

    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(LanguageShelf.class);

    @TempDir
    Path directory;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        LOGGER.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        LOGGER.detachAppender(log);
    }

    @Test
    void hasTheShippedLanguages() {
        LanguageShelf shelf = LanguageShelf.read(null);

        assertThat(shelf.all().stream().map(LanguageDefinition::name))
                .containsExactly("bash", "c", "c++", "go", "java", "javascript", "python3", "rust");
        assertThat(shelf.paths())
                .contains("/etc/alternatives", "/etc/java-17-openjdk")
                .doesNotHaveDuplicates();
        assertThat(shelf.find("python3").map(LanguageDefinition::isPython)).contains(true);
        assertThat(shelf.find("javascript").map(LanguageDefinition::isPython)).contains(false);
        assertThat(log.list).isEmpty();
    }

    @Test
    void findsALanguageByItsAliasToo() {
        LanguageShelf shelf = LanguageShelf.read(null);

        assertThat(shelf.find("cpp").map(LanguageDefinition::name)).contains("c++");
        assertThat(shelf.find("cobol")).isEmpty();
    }

    @Test
    void addsLanguagesOfAnOperatorAndReplacesThoseOfTheSameName() throws IOException {
        write("tcl", "python", "Tcl");
        write("rust", "js", "Rust of ours");

        LanguageShelf shelf = LanguageShelf.read(directory);

        assertThat(shelf.all()).hasSize(9);
        assertThat(shelf.find("rust").orElseThrow().names().title()).isEqualTo("Rust of ours");
        assertThat(shelf.find("python").orElseThrow().name()).isEqualTo("tcl");
        assertThat(shelf.find("rs")).isEmpty();
        assertThat(shelf.find("python3").orElseThrow().name()).isEqualTo("python3");
    }

    @Test
    void leavesOutWhatIsBrokenAndSaysWhere() throws IOException {
        Path broken = write("tcl", "t", "");
        write("perl", "p", "Perl");
        Files.createDirectory(directory.resolve("empty"));
        Files.createDirectory(directory.resolve("..data"));
        Files.writeString(directory.resolve("README"), "none");

        LanguageShelf shelf = LanguageShelf.read(directory);

        assertThat(shelf.find("tcl")).isEmpty();
        assertThat(shelf.find("perl")).isPresent();
        assertThat(logged("ERROR"))
                .containsExactlyInAnyOrder(
                        "language directory=%s is left out: language.json: title: is not a text".formatted(broken),
                        "language directory=%s is left out: language.json: is not there"
                                .formatted(directory.resolve("empty")));
    }

    @Test
    void hasTheShippedOnesWhereTheDirectoryIsNotThere() {
        Path missing = directory.resolve("missing");

        assertThat(LanguageShelf.read(missing).all()).hasSize(8);
        assertThat(logged("ERROR")).containsExactly("languages directory=%s cannot be read".formatted(missing));
    }

    @Test
    void hasItsDirectoryFromTheSettings() {
        Settings settings = new Settings(Map.of("LYCEUM_SANDBOX_LANGUAGES_DIR", directory.toString()));

        assertThat(SandboxConfig.from(settings).languagesDirectory()).isEqualTo(directory);
        assertThat(SandboxConfig.from(new Settings(Map.of())).languagesDirectory())
                .isNull();
    }

    private List<String> logged(String level) {
        return log.list.stream()
                .filter(event -> event.getLevel().levelStr.equals(level))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private Path write(String name, String alias, String title) throws IOException {
        Path language = Files.createDirectory(directory.resolve(name));
        Files.writeString(language.resolve("language.json"), """
                {"name": "%s", "title": "%s", "aliases": ["%s"], "mainFile": "main", "extensions": [".x"],
                 "detect": {"command": ["x"], "version": "(.+)"}, "run": ["x", "{main}", "{arguments}"]}""".formatted(name, title, alias));
        Files.writeString(language.resolve("main"), "hello");
        return language;
    }
}
