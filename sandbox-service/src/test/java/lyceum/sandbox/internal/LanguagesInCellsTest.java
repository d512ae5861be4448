package lyceum.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import lyceum.sandbox.Language;
import lyceum.sandbox.Limits;
import lyceum.sandbox.Outcome;
import lyceum.sandbox.Program;
import lyceum.sandbox.Program.Directory;
import lyceum.sandbox.SandboxService.ListLanguages;
import lyceum.sandbox.SourceFile;
import lyceum.sandbox.Verdict;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every shipped language whose tools are on this machine does in a cell what its users expect. */
@TestInstance(Lifecycle.PER_CLASS)
class LanguagesInCellsTest {

    private TestSandbox sandbox;
    private Set<String> usable;

    @BeforeAll
    void start() {
        sandbox = new TestSandbox(Map.of());
        usable = languages().stream()
                .filter(Language::usable)
                .map(Language::name)
                .collect(Collectors.toSet());
    }

    @AfterAll
    void stop() {
        sandbox.close();
    }

    @Test
    void areListedWithTheirVersions() {
        assertThat(languages())
                .hasSize(8)
                .allSatisfy(
                        language -> assertThat(language.version()).matches(language.usable() ? "\\d+\\.\\d+.*" : ""));
        assertThat(usable).contains("python3", "bash");
    }

    @ParameterizedTest
    @MethodSource("lyceum.sandbox.internal.Tongue#all")
    void getArgumentsAndInputAndEndWithACode(Tongue tongue) {
        assumeUsable(tongue);

        Outcome outcome =
                tongue.run(sandbox, "in\n", Limits.OF_LANGUAGE, new SourceFile("", Buffer.buffer(tongue.echo())));

        assertThat(outcome.stdout().bytes()).hasToString("one two words\nin\n");
        assertThat(outcome.stderr().bytes()).hasToString("");
        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.verdict()).isEqualTo(Verdict.RUNTIME_ERROR);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "python3    | 'def f():\n\n  return input()\nprint(f())\nread\n' | ''     | 1",
                "python3    | 'for i in range(2):\n  print(i)\nraise SystemExit(3)\n'  | '0\n1\n' | 3",
                "javascript | 'console.log(6 * 7)\nprocess.exit(3)\n'                | '42\n' | 3",
                "bash       | 'read a\nword\necho $a\nexit 3\n'                     | 'word\n' | 3"
            })
    void runAProgramFromTheirInput(String language, String stdin, String stdout, int exitCode) {
        assumeTrue(usable.contains(language), language + " is not installed");
        Program program = new Program(language, List.of(), List.of(), Map.of(), Directory.OWN);

        Outcome outcome = Tongue.run(sandbox, program, stdin.translateEscapes(), Limits.OF_LANGUAGE);

        assertThat(outcome.stdout().bytes()).hasToString(stdout.translateEscapes());
        assertThat(outcome.exitCode()).isEqualTo(exitCode);
    }

    @ParameterizedTest
    @MethodSource("lyceum.sandbox.internal.Tongue#all")
    void sayWhatIsWrongWithAProgram(Tongue tongue) {
        assumeUsable(tongue);

        Outcome outcome =
                tongue.run(sandbox, "", Limits.OF_LANGUAGE, new SourceFile("", Buffer.buffer(tongue.wrong())));

        boolean isCompiled =
                LanguageShelf.read(null).find(tongue.name()).orElseThrow().isCompiled();
        assertThat(outcome.verdict()).isEqualTo(isCompiled ? Verdict.COMPILE_ERROR : Verdict.RUNTIME_ERROR);
        assertThat(outcome.exitCode()).isNotZero();
        Buffer said = isCompiled
                ? outcome.compilation().output().bytes()
                : outcome.stderr().bytes();
        assertThat(said.toString()).containsIgnoringCase("main");
    }

    @ParameterizedTest
    @MethodSource("lyceum.sandbox.internal.Tongue#all")
    void areMadeOfSeveralFiles(Tongue tongue) {
        assumeUsable(tongue);

        Outcome outcome =
                tongue.run(sandbox, "", Limits.OF_LANGUAGE, tongue.files().toArray(SourceFile[]::new));

        assertThat(outcome.stdout().bytes()).hasToString("42\n");
        assertThat(outcome.verdict()).isEqualTo(Verdict.ACCEPTED);
    }

    @Test
    void runAJavaClassOfAnyNameInAnyPackage() {
        assumeTrue(usable.contains("java"));
        String source = """
                package school.one;
                record Point(int x, int y) {}
                public class Hello {
                    public static void main(String[] arguments) { System.out.println(new Point(1, 2)); }
                }""";

        Outcome outcome =
                Tongue.java().run(sandbox, "", Limits.OF_LANGUAGE, new SourceFile("Main.java", Buffer.buffer(source)));

        assertThat(outcome.stdout().bytes()).hasToString("Point[x=1, y=2]\n");
    }

    @Test
    void useTheDirectoryOfALessonToo() {
        assumeTrue(usable.contains("c"));
        SourceFile file = new SourceFile("", Buffer.buffer("#include <stdio.h>\nint main() { puts(__FILE__); }"));
        Program program = new Program("c", List.of(file), List.of(), Map.of(), Directory.ROOT);

        assertThat(Tongue.run(sandbox, program, "", Limits.OF_LANGUAGE).stdout().bytes())
                .hasToString("/main.c\n");
    }

    private void assumeUsable(Tongue tongue) {
        assumeTrue(usable.contains(tongue.name()), () -> "no tools of " + tongue.name());
    }

    private List<Language> languages() {
        return sandbox.service().languages(new ListLanguages()).await().languages();
    }
}
