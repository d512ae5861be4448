package lyceum.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.platform.Settings;
import lyceum.sandbox.Limits;
import lyceum.sandbox.Program;
import lyceum.sandbox.Program.Directory;
import lyceum.sandbox.Run;
import lyceum.sandbox.Run.Priority;
import lyceum.sandbox.Run.Streams;
import lyceum.sandbox.SandboxService.Window;
import lyceum.sandbox.SandboxSession.Stage;
import lyceum.sandbox.SourceFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TranslationTest {

    private static final Ceilings CEILINGS = Ceilings.from(new Settings(Map.of()));
    private static final LanguageShelf SHELF = LanguageShelf.read(null);

    @Test
    void runsALessonAsElicastKnowsIt() {
        Task task = translate(Run.ofLesson("id", Buffer.buffer("print()"), Limits.OF_LANGUAGE));

        assertThat(task.steps()).hasSize(1);
        assertThat(task.program().command()).containsExactly("python3", "-u", "/codefile.py");
        assertThat(task.program().isPython()).isTrue();
        assertThat(task.program().stage()).isEqualTo(Stage.RUN);
        assertThat(task.directory()).isEqualTo(Directory.ROOT);
        assertThat(task.files()).containsExactly(new SourceFile("codefile.py", Buffer.buffer("print()")));
    }

    @Test
    void compilesAllSourcesAndPutsArgumentsLast() {
        Task task =
                translate(run("c", List.of("a", "{main} $(x)"), file("m.c"), file("u/v.c"), file("v.h"), file("x.py")));

        assertThat(task.steps()).hasSize(2);
        assertThat(task.steps().get(0).stage()).isEqualTo(Stage.COMPILE);
        assertThat(task.steps().get(0).command()).containsSequence("-x", "c", "m.c", "u/v.c", "-lm");
        assertThat(task.program().command()).containsExactly("./a.out", "a", "{main} $(x)");
        assertThat(task.program().isPython()).isFalse();
    }

    @Test
    void doesNotFillWhatIsFilledIn() {
        Task task = translate(run("python3", List.of(), file("{class}{stem}$1.py")));

        assertThat(task.program().command()).containsExactly("python3", "-u", "{class}{stem}$1.py");
    }

    @Test
    void namesTheFirstFileThatHasNoName() {
        Task task = translate(run("javascript", List.of(), file(""), file("other.js")));

        assertThat(task.files()).extracting(SourceFile::name).containsExactly("main.js", "other.js");
        assertThat(task.program().command()).endsWith("main.js");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-m.c", "@m.c"})
    void doesNotTakeANameForAnOption(String name) {
        Task task = translate(run("c", List.of(), file("main.c"), file(name)));

        assertThat(task.steps().get(0).command()).containsSequence("main.c", "./" + name);
    }

    @Test
    void namesAJavaFileForItsPublicClassAndRunsTheClassThatHasMain() {
        SourceFile source = new SourceFile("", Buffer.buffer("package p; public class Hi { static void main() {} }"));

        Task task = translate(run("java", List.of("x"), source));

        assertThat(task.files()).extracting(SourceFile::name).containsExactly("Hi.java");
        assertThat(task.steps().get(0).command()).endsWith("-d", ".", "Hi.java");
        assertThat(task.program().command()).endsWith("-cp", ".", "p.Hi", "x");
    }

    @Test
    void keepsTheNameOfAJavaFileWhereTheBetterOneIsTaken() {
        SourceFile source = new SourceFile("Main.java", Buffer.buffer("public class Hi {}"));

        Task task = translate(run("java", List.of(), source, file("Hi.java")));

        assertThat(task.files()).extracting(SourceFile::name).containsExactly("Main.java", "Hi.java");
    }

    @Test
    void givesJavaAHeapThatFitsItsMemory() {
        Limits asked = new Limits(Duration.ZERO, Duration.ZERO, 256 << 20, 0, 0, 0, 0, 0);

        Task task = translate(run("java", asked, file("Main.java")));

        assertThat(task.program().command()).contains("-Xmx192m");
        assertThat(task.steps().get(0).command()).contains("-J-Xmx384m");
        assertThat(task.program().limits().memoryBytes()).isEqualTo(256 << 20);
        assertThat(task.steps().get(0).limits().memoryBytes()).isEqualTo(512 << 20);
    }

    @Test
    void givesNodeAllOfItsMemory() {
        assertThat(translate(run("javascript", List.of(), file("a.js")))
                        .program()
                        .command())
                .contains("--max-old-space-size=256");
    }

    @Test
    void hasLimitsOfTheLanguageWhereNoneAreAskedForAndNoneAboveTheCeilings() {
        Limits asked = new Limits(Duration.ofSeconds(3), Duration.ZERO, 0, 5, 0, 0, 0, -1);

        Limits limits = translate(run("python3", asked, file("a.py"))).program().limits();

        assertThat(limits)
                .isEqualTo(new Limits(
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(10),
                        256 << 20,
                        5,
                        64 << 20,
                        256 << 10,
                        64 << 10,
                        -1));
        Ceilings low = Ceilings.from(new Settings(Map.of("LYCEUM_SANDBOX_MEMORY_LIMIT", "128MiB")));
        assertThat(translate(run("java", List.of(), file("Main.java")), low).steps())
                .allSatisfy(step -> assertThat(step.limits().memoryBytes()).isEqualTo(128 << 20));
    }

    @Test
    void mixesTheEnvironmentOfTheLanguageWithThatOfTheProgram() {
        Program program = new Program(
                "go", List.of(file("a.go")), List.of(), Map.of("GOFLAGS", "-mod=vendor", "A", ""), Directory.OWN);

        assertThat(translate(run(program, List.of())).environment())
                .containsEntry("GOFLAGS", "-mod=vendor")
                .containsEntry("A", "")
                .containsEntry("CGO_ENABLED", "0");
    }

    @Test
    void takesAnInterpreterForNoFiles() {
        Task task = talkedTo(run("python3", List.of()));

        assertThat(task.program().command()).containsExactly("python3", "-i", "-u", "-q");
        assertThat(task.program().isPython()).isFalse();
        assertThat(task.terminal()).isEqualTo(new Window(24, 80));
        assertThat(task.environment()).containsEntry("TERM", "xterm-256color");
        assertThat(task.isOpen()).isTrue();
    }

    @Test
    void takesAnInterpreterWithoutPromptForAProgramFromItsInput() {
        Task task = translate(run("python3", List.of()));

        assertThat(task.program().command()).containsExactly("python3", "-u");
        assertThat(task.environment()).doesNotContainKey("TERM");
    }

    @Test
    void givesAProgramThatIsTalkedToTheLongestWallTimeAndTheCpuTimeOfTheLanguage() {
        Task prompt = talkedTo(run("python3", List.of()));
        Task compiled = talkedTo(run("c", List.of(), file("m.c")));
        Task transcript = translate(run("python3", List.of()));

        assertThat(prompt.program().limits().wallTime()).isEqualTo(Duration.ofMinutes(10));
        assertThat(prompt.program().limits().cpuTime()).isEqualTo(Duration.ofSeconds(10));
        assertThat(compiled.program().limits().wallTime()).isEqualTo(Duration.ofMinutes(10));
        assertThat(compiled.steps().get(0).limits())
                .isEqualTo(translate(run("c", List.of(), file("m.c")))
                        .steps()
                        .get(0)
                        .limits());
        assertThat(transcript.program().limits().wallTime()).isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void givesAProgramThatIsTalkedToTheLimitsThatAreAskedFor() {
        Limits asked = new Limits(Duration.ofSeconds(3), Duration.ofSeconds(2), 64 << 20, 5, 8_192, 10, 20, 30);

        assertThat(talkedTo(run("python3", asked)).program().limits()).isEqualTo(asked);
        Limits noWallTime = new Limits(Duration.ZERO, Duration.ofSeconds(2), 64 << 20, 5, 8_192, 10, 20, 30);
        assertThat(talkedTo(run("python3", noWallTime)).program().limits())
                .isEqualTo(new Limits(Duration.ofMinutes(10), Duration.ofSeconds(2), 64 << 20, 5, 8_192, 10, 20, 30));
    }

    @Test
    void passesOnWhatIsNotItsConcern() {
        Program program = new Program("python3", List.of(file("a.py")), List.of(), Map.of(), Directory.OWN);
        Run run = new Run(
                "id-7",
                "ada",
                Priority.BATCH,
                program,
                Buffer.buffer("in"),
                Streams.APART,
                Limits.OF_LANGUAGE,
                Limits.OF_LANGUAGE,
                List.of("out/a"));

        Task task = translate(run);

        assertThat(task.id()).isEqualTo("id-7");
        assertThat(task.language()).isEqualTo("python3");
        assertThat(task.streams()).isEqualTo(Streams.APART);
        assertThat(task.stdin()).isEqualTo(Buffer.buffer("in"));
        assertThat(task.collect()).containsExactly("out/a");
        assertThat(task.terminal()).isNull();
        assertThat(task.isOpen()).isFalse();
    }

    static Stream<List<String>> wrongNames() {
        String path = "a/".repeat(2_000) + "b";
        return Stream.of(
                List.of("/a", "'/a' is not a path below a directory"),
                List.of("a//b", "'a//b' is not a path below a directory"),
                List.of("a/", "'a/' is not a path below a directory"),
                List.of("./a", "'./a' is not a path below a directory"),
                List.of("..", "'..' is not a path below a directory"),
                List.of("a/../../b", "'a/../../b' is not a path below a directory"),
                List.of("a\0", "'a\0' has a NUL in it"),
                List.of("a\uD800", "'a\uD800' is not Unicode"),
                List.of("ä".repeat(128), "'%s…' has a part that is too long".formatted("ä".repeat(80))),
                List.of(path, "'%s…' is too long".formatted(path.substring(0, 80))));
    }

    @ParameterizedTest
    @MethodSource("wrongNames")
    void refusesNamesThatLeaveTheDirectory(List<String> nameAndText) {
        String name = nameAndText.get(0);
        Program program = new Program("python3", List.of(file("m.py")), List.of(), Map.of(), Directory.OWN);

        assertInvalid(run("python3", List.of(), file(name)), "files[0].name " + nameAndText.get(1));
        assertInvalid(run("python3", List.of(), file("m.py"), file(name)), "files[1].name " + nameAndText.get(1));
        assertInvalid(run(program, List.of("b", name)), "collect[1] " + nameAndText.get(1));
    }

    @Test
    void takesTheLongestNames() {
        String longest = ("a".repeat(255) + "/").repeat(15) + "a".repeat(160);

        assertThat(translate(run("python3", List.of(), file(longest))).files()).hasSize(1);
        assertThat(longest).hasSize(4_000);
    }

    @Test
    void refusesFilesThatCannotLieSideBySide() {
        assertInvalid(run("python3", List.of(), file("a"), file("b"), file("a")), "files[2].name 'a' is there twice");
        assertInvalid(run("python3", List.of(), file(""), file("main.py")), "files[1].name 'main.py' is there twice");
        assertInvalid(
                run("python3", List.of(), file("a/b/c"), file("a/b")), "files[0].name 'a/b/c' lies below another file");
        assertInvalid(
                run("python3", List.of(), file("a"), file("")),
                "files[1].name is empty, as only that of the first may be");
    }

    @Test
    void refusesMoreFilesThanItTakes() {
        SourceFile[] files =
                IntStream.range(0, 1_002).mapToObj(i -> file("f" + i)).toArray(SourceFile[]::new);

        assertThat(translate(run("python3", List.of(), Arrays.copyOf(files, 1_001)))
                        .files())
                .hasSize(1_001);
        assertInvalid(run("python3", List.of(), files), "files has 1002 items, more than 1001");
    }

    @ParameterizedTest
    @ValueSource(strings = {"usr/x", "etc/passwd", "tmp/x", "proc", "dev/null"})
    void refusesFilesOfTheSystemWhereTheDirectoryIsTheRoot(String name) {
        Program atRoot = new Program("python3", List.of(file(name)), List.of(), Map.of(), Directory.ROOT);

        assertInvalid(run(atRoot, List.of()), "files[0].name '%s' lies in a directory of the system".formatted(name));
        assertThat(translate(run("python3", List.of(), file(name))).files()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A=B", "A\0"})
    void refusesWrongNamesInTheEnvironment(String name) {
        assertInvalid(
                run(environment(Map.of(name, "x")), List.of()),
                "environment has a name that is empty, or has '=' or NUL in it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0b", "long"})
    void refusesArgumentsAndValuesThatNoProgramCanGet(String text) {
        String wrong = text.replace("long", "a".repeat(131_072));
        String complaint = " has a NUL in it, or more than 131071 bytes";

        assertInvalid(run(environment(Map.of("A", wrong)), List.of()), "environment.A" + complaint);
        assertInvalid(run("python3", List.of("x", wrong), file("a.py")), "arguments[1]" + complaint);
    }

    @Test
    void refusesHalfOfASurrogatePair() {
        assertInvalid(run(environment(Map.of("A", "\ud800")), List.of()), "environment.A is not Unicode");
        assertInvalid(run(environment(Map.of("\udc00", "x")), List.of()), "environment.\udc00 is not Unicode");
        assertInvalid(run("python3", List.of("\ud800"), file("a.py")), "arguments[0] is not Unicode");
    }

    @Test
    void refusesMoreArgumentsThanAProgramCanGet() {
        List<String> few = IntStream.range(0, 100_000).mapToObj(i -> "a").toList();
        List<String> many = IntStream.range(0, 110_000).mapToObj(i -> "a").toList();

        assertThat(translate(run("python3", few, file("a.py"))).program().command())
                .hasSize(100_003);
        assertInvalid(run("python3", many, file("a.py")), "arguments and environment are longer than 1048576 bytes");
    }

    @Test
    void refusesNoFilesWhereTheLanguageHasNoPrompt() {
        assertInvalid(run("c", List.of()), "files is empty, and c has no prompt");
        assertInvalid(run("python3", List.of("a")), "arguments is there without files");
    }

    private static void assertInvalid(Run run, String text) {
        assertThatThrownBy(() -> translate(run)).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.kind()).isEqualTo(Kind.INVALID);
            assertThat(failure).hasMessage(text);
        });
    }

    private static Task translate(Run run) {
        return translate(run, CEILINGS);
    }

    private static Task translate(Run run, Ceilings ceilings) {
        return new Translation(language(run.program().language()), run, ceilings).task(null, false);
    }

    private static Task talkedTo(Run run) {
        return new Translation(language(run.program().language()), run, CEILINGS).task(new Window(24, 80), true);
    }

    private static LanguageDefinition language(String name) {
        return SHELF.find(name).orElseThrow();
    }

    private static Program environment(Map<String, String> variables) {
        return new Program("python3", List.of(file("a.py")), List.of(), variables, Directory.OWN);
    }

    private static SourceFile file(String name) {
        return new SourceFile(name, Buffer.buffer("x"));
    }

    private static Run run(String language, Limits limits, SourceFile... files) {
        Program program = new Program(language, List.of(files), List.of(), Map.of(), Directory.OWN);
        return run(program, limits, List.of());
    }

    private static Run run(String language, List<String> arguments, SourceFile... files) {
        Program program = new Program(language, List.of(files), arguments, Map.of(), Directory.OWN);
        return run(program, List.of());
    }

    private static Run run(Program program, List<String> collect) {
        return run(program, Limits.OF_LANGUAGE, collect);
    }

    private static Run run(Program program, Limits limits, List<String> collect) {
        return new Run(
                "id",
                "",
                Priority.INTERACTIVE,
                program,
                Buffer.buffer(),
                Streams.JOINED,
                limits,
                Limits.OF_LANGUAGE,
                collect);
    }
}
