package lyceum.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Map;
import lyceum.sandbox.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageFileTest {

    private static final String SMALL = """
            {"name": "tcl", "title": "Tcl", "mainFile": "main.tcl", "extensions": [".tcl"],
             "detect": {"command": ["tclsh", "v"], "version": "(.+)"}, "run": ["tclsh", "{main}", "{arguments}"]}""";

    @Test
    void readsALanguageThatSaysAll() throws IOException {
        LanguageDefinition language = read("""
                {"name": "tcl", "title": "Tcl", "aliases": ["tclsh"], "mainFile": "main.tcl", "extensions": [".tcl", ".tm"],
                 "detect": {"command": ["tclsh", "v"], "version": "Tcl ([0-9.]+)"},
                 "compile": ["tclc", "{sources}"], "run": ["tclsh", "{main}", "{arguments}"],
                 "stdin": ["tclsh", "-"], "repl": ["tclsh"],
                 "environment": {"LC_ALL": "C", "TCL": 8},
                 "limits": {"wallTime": "1m", "cpuTime": "30s", "memory": "1GiB", "processes": 7, "files": "4KiB",
                            "outputHead": "1KiB", "outputTail": 0, "outputStop": "2KiB"},
                 "compileLimits": {"memory": 1048576}, "paths": ["/etc/tcl", "/opt/tcl"]}""");

        assertThat(language.names().title()).isEqualTo("Tcl");
        assertThat(language.names().aliases()).containsExactly("tclsh");
        assertThat(language.sources().extensions()).containsExactly(".tcl", ".tm");
        assertThat(language.sources().sample()).hasToString("puts hello");
        assertThat(language.commands().compile().parts()).containsExactly("tclc", "{sources}");
        assertThat(language.commands().withoutFile(true).parts()).containsExactly("tclsh");
        assertThat(language.commands().withoutFile(false).parts()).containsExactly("tclsh", "-");
        assertThat(language.environment()).isEqualTo(Map.of("LC_ALL", "C", "TCL", "8"));
        assertThat(language.limits())
                .isEqualTo(
                        new Limits(Duration.ofMinutes(1), Duration.ofSeconds(30), 1L << 30, 7, 4_096, 1_024, 0, 2_048));
        assertThat(language.compileLimits().memoryBytes()).isEqualTo(1 << 20);
        assertThat(language.paths()).containsExactly("/etc/tcl", "/opt/tcl");
    }

    @Test
    void doesWithoutWhatMayBeAbsent() throws IOException {
        LanguageDefinition language = read(SMALL);

        assertThat(language.names().aliases()).isEmpty();
        assertThat(language.commands().compile()).isNull();
        assertThat(language.commands().withoutFile(true)).isNull();
        assertThat(language.commands().withoutFile(false)).isNull();
        assertThat(language.isCompiled()).isFalse();
        assertThat(language.environment()).isEmpty();
        assertThat(language.compileLimits()).isNull();
        assertThat(language.paths()).isEmpty();
        assertThat(language.limits())
                .isEqualTo(new Limits(
                        Duration.ofSeconds(15),
                        Duration.ofSeconds(10),
                        256 << 20,
                        32,
                        64 << 20,
                        256 << 10,
                        64 << 10,
                        16 << 20));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"name": null}               | name: is not a text
            {"name": "Tcl"}              | name: 'Tcl' is not a name in lower case
            {"name": "perl"}             | name: 'perl' is not that of its directory
            {"title": " "}               | title: is not a text
            {"title": 5}                 | title: is not a text
            {"aliases": "t"}             | aliases: is not a list of texts
            {"aliases": ["a b"]}         | aliases: 'a b' is not a name in lower case
            {"mainFile": "../x.tcl"}     | mainFile: '../x.tcl' is not the plain name of a file
            {"mainFile": "-x.tcl"}       | mainFile: '-x.tcl' is not the plain name of a file
            {"extensions": []}           | extensions: is empty
            {"extensions": ["tcl"]}      | extensions: 'tcl' is not an extension with its dot
            {"detect": null}             | detect: is not an object
            {"detect": {"version": "(.)"}}                      | detect.command: names no program
            {"detect": {"command": ["a"], "version": "1"}}      | detect.version: has not one group
            {"detect": {"command": ["a"], "version": "(.)(.)"}} | detect.version: has not one group
            {"detect": {"command": ["a"], "version": "(."}}     | detect.version: Unclosed group near index 2
            {"detect": {"command": ["a"], "version": "(.)", "x": 1}} | detect.x: is not known
            {"detect": {"command": ["a", "{main}"], "version": "(.)"}} | detect.command: cannot have {main} in '{main}'
            {"run": "tclsh {main}"}      | run: is not a list of texts
            {"run": null}                | run: is not a list of texts
            {"run": []}                  | run: names no program
            {"run": ["", "{arguments}"]} | run: names no program
            {"run": ["tclsh", "{main}"]} | run: does not end with {arguments}
            {"run": ["{arguments}", "a", "{arguments}"]} | run: cannot have {arguments} in '{arguments}'
            {"run": ["a", "x{sources}", "{arguments}"]}  | run: cannot have {sources} in 'x{sources}'
            {"run": ["a", "{mian}", "{arguments}"]}      | run: cannot have {mian} in '{mian}'
            {"run": ["a", 5, "{arguments}"]}             | run: is not a list of texts
            {"run": ["a\\u0000", "{arguments}"]}         | run: has a NUL in it
            {"compile": ["a", "{arguments}"]}            | compile: cannot have {arguments} in '{arguments}'
            {"compile": []}              | compile: names no program
            {"stdin": ["a", "{main}"]}   | stdin: cannot have {main} in '{main}'
            {"repl": ["a", "{sources}"]} | repl: cannot have {sources} in '{sources}'
            {"environment": ["A"]}       | environment: is not an object
            {"environment": {"A=": "1"}} | environment: 'A=' is not the name of a variable
            {"environment": {"A": true}} | environment: A is not a text
            {"environment": {"A": "\\u0000"}} | environment: has a NUL in it
            {"limits": {"memory": "lots"}}    | limits: memory: 'lots' is not a size
            {"limits": {"memory": "1KiB"}}    | limits: memory is 1024, not within 1048576..9223372036854775807
            {"limits": {"wallTime": "5"}}     | limits: wallTime: '5' is not a duration
            {"limits": {"wallTime": "0s"}}    | limits: wallTime: '0s' is not a duration
            {"limits": {"processes": 0}}      | limits: processes: '0' is not a number 1..4096
            {"limits": {"files": "1KiB"}}     | limits: files is 1024, not within 4096..9223372036854775807
            {"limits": {"outputHead": "4GiB"}}  | limits: outputHead is 4294967296, not within 1..2147483647
            {"limits": {"outputStop": 0}}       | limits: outputStop is 0, not within 1..9223372036854775807
            {"limits": {"memroy": "1GiB"}}      | limits: memroy is not known
            {"compileLimits": {}}        | compileLimits: is not known
            {"paths": ["etc/x"]}         | paths: 'etc/x' is not an absolute path
            {"paths": ["/etc/../root"]}  | paths: '/etc/../root' is not an absolute path
            {"paths": ["/"]}             | paths: '/' is not an absolute path
            {"color": "blue"}            | color: is not known
            """)
    void namesTheMemberThatIsWrong(String change, String text) {
        JsonObject json = new JsonObject(SMALL).mergeIn(new JsonObject(change));

        assertThatThrownBy(() -> read(json.encode()))
                .isInstanceOf(IOException.class)
                .hasMessage("language.json: " + text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[1]", "{\"name\": ", "\"tcl\"", "{} {}"})
    void refusesWhatIsNoObject(String json) {
        assertThatThrownBy(() -> read(json)).hasMessage("language.json: is not a JSON object");
    }

    @ParameterizedTest
    @CsvSource({"language.json", "main.tcl"})
    void namesTheFileThatIsNotThere(String missing) {
        assertThatThrownBy(() -> LanguageFile.read("tcl", file -> {
                    if (file.equals(missing)) {
                        throw new NoSuchFileException("/secret/" + file);
                    }
                    return new ByteArrayInputStream(SMALL.getBytes(StandardCharsets.UTF_8));
                }))
                .hasMessage(missing + ": is not there");
    }

    @Test
    void refusesAFileThatIsTooLong() {
        assertThatThrownBy(() -> read(SMALL + " ".repeat(65_536 + 1 - SMALL.length())))
                .hasMessage("language.json: is longer than 65536 bytes");
    }

    private static LanguageDefinition read(String json) throws IOException {
        Map<String, String> files = Map.of("language.json", json, "main.tcl", "puts hello");
        return LanguageFile.read(
                "tcl", file -> new ByteArrayInputStream(files.get(file).getBytes(StandardCharsets.UTF_8)));
    }
}
