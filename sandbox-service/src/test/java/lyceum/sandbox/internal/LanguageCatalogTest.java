package lyceum.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.platform.Settings;
import lyceum.sandbox.Language;
import lyceum.sandbox.Limits;
import lyceum.sandbox.Program;
import lyceum.sandbox.Program.Directory;
import lyceum.sandbox.Run;
import lyceum.sandbox.Run.Priority;
import lyceum.sandbox.Run.Streams;
import lyceum.sandbox.SourceFile;
import lyceum.sandbox.Verdict;
import lyceum.sandbox.internal.ScriptedCells.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LanguageCatalogTest {

    private static final Answer GCC = Answer.says("gcc (Debian 12.2.0-14+deb12u1) 12.2.0\nCopyright\n");

    private final Vertx vertx = Vertx.vertx();
    private Instant now = Instant.EPOCH;

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void listsWhatIsUsableWithItsVersion() {
        LanguageCatalog catalog = catalog(new ScriptedCells(LanguageCatalogTest::gccOnly));

        List<Language> languages = catalog.list().await().languages();

        assertThat(languages)
                .extracting(Language::name)
                .containsExactly("bash", "c", "c++", "go", "java", "javascript", "python3", "rust");
        assertThat(languages)
                .filteredOn(Language::usable)
                .extracting(Language::version)
                .containsExactly("12.2.0", "3.11.2");
        assertThat(languages)
                .filteredOn(language -> !language.usable())
                .extracting(Language::version)
                .containsOnly("");
    }

    @Test
    void tellsWhatALanguageHas() {
        LanguageCatalog catalog = catalog(new ScriptedCells(LanguageCatalogTest::gccOnly));

        Language c = catalog.list().await().languages().get(1);
        Language python = catalog.list().await().languages().get(6);

        assertThat(c.title()).isEqualTo("C (GCC)");
        assertThat(c.aliases()).containsExactly("gcc");
        assertThat(c.mainFile()).isEqualTo("main.c");
        assertThat(c.compiled()).isTrue();
        assertThat(c.compileLimits().memoryBytes()).isEqualTo(512 << 20);
        assertThat(c.limits().memoryBytes()).isEqualTo(256 << 20);
        assertThat(python.compiled()).isFalse();
        assertThat(python.compileLimits()).isNull();
    }

    @Test
    void triesTheVersionAndThenTheSample() {
        ScriptedCells cells = new ScriptedCells(LanguageCatalogTest::gccOnly);

        Task task = catalog(cells).translate(run("gcc"), null, false).await();

        assertThat(task.language()).isEqualTo("c");
        assertThat(cells.opened()).hasSize(2);
        assertThat(cells.opened().get(0).program().command()).containsExactly("gcc", "--version");
        assertThat(cells.opened().get(1).steps()).hasSize(2);
        assertThat(cells.opened().get(1).files()).extracting(SourceFile::name).containsExactly("main.c");
        assertThat(cells.open()).isZero();
    }

    @Test
    void remembersWhatIsUsable() {
        ScriptedCells cells = new ScriptedCells(LanguageCatalogTest::gccOnly);
        LanguageCatalog catalog = catalog(cells);

        catalog.translate(run("c"), null, false).await();
        now = now.plus(Duration.ofDays(1));
        catalog.translate(run("c"), null, false).await();

        assertThat(cells.opened()).hasSize(2);
    }

    @Test
    void usesPythonWithoutATrial() {
        ScriptedCells cells = new ScriptedCells(command -> Answer.fails(127));

        Task task = catalog(cells).translate(run("python"), null, false).await();

        assertThat(task.program().command()).containsExactly("python3", "-u", "main.py");
        assertThat(cells.opened()).isEmpty();
    }

    @Test
    void remembersThatToolsAreNotThere() {
        ScriptedCells cells = new ScriptedCells(command -> Answer.fails(127));
        LanguageCatalog catalog = catalog(cells);

        assertNotFound(catalog.translate(run("c"), null, false), "language c is not usable here: gcc is not installed");
        now = now.plus(Duration.ofDays(1));
        assertNotFound(catalog.translate(run("c"), null, false), "language c is not usable here: gcc is not installed");

        assertThat(cells.opened()).hasSize(1);
    }

    @Test
    void triesAgainAfterAMinuteWhatDidNotWork() {
        boolean[] works = {false};
        ScriptedCells cells =
                new ScriptedCells(command -> works[0] ? gccOnly(command) : new Answer("", 137, Verdict.CPU_LIMIT));
        LanguageCatalog catalog = catalog(cells);
        String text = "language c is not usable here: gcc does not tell its version";

        assertNotFound(catalog.translate(run("c"), null, false), text);
        works[0] = true;
        now = now.plus(Duration.ofSeconds(59));
        assertNotFound(catalog.translate(run("c"), null, false), text);
        now = now.plus(Duration.ofSeconds(1));

        assertThat(catalog.translate(run("c"), null, false).await().language()).isEqualTo("c");
        assertThat(cells.opened()).hasSize(3);
    }

    @Test
    void saysThatTheSampleDoesNotWork() {
        LanguageCatalog notCompiling =
                catalog(new ScriptedCells(command -> command.contains("--version") ? GCC : Answer.fails(1)));
        LanguageCatalog notGreeting =
                catalog(new ScriptedCells(command -> command.contains("--version") ? GCC : Answer.says("goodbye\n")));

        assertNotFound(
                notCompiling.translate(run("c"), null, false),
                "language c is not usable here: its sample program ends with COMPILE_ERROR");
        assertNotFound(
                notGreeting.translate(run("c"), null, false),
                "language c is not usable here: its sample program does not say hello");
    }

    @Test
    void saysThatToolsTellNoVersion() {
        LanguageCatalog catalog = catalog(new ScriptedCells(command -> Answer.says("gcc of some kind\n")));

        assertNotFound(
                catalog.translate(run("c"), null, false),
                "language c is not usable here: gcc does not tell its version");
    }

    @Test
    void saysThatALanguageCannotBeTried() {
        LanguageCatalog catalog = catalog(new ScriptedCells(command -> null));

        assertNotFound(
                catalog.translate(run("c"), null, false), "language c is not usable here: it cannot be tried now");
        assertThat(catalog.list().await().languages()).hasSize(8);
    }

    @Test
    void refusesALanguageThatNobodyKnows() {
        LanguageCatalog catalog = catalog(new ScriptedCells(LanguageCatalogTest::gccOnly));

        assertNotFound(catalog.translate(run("cobol"), null, false), "language cobol is not known here");
        assertNotFound(
                catalog.translate(run("x".repeat(1_000)), null, false),
                "language %s is not known here".formatted("x".repeat(64)));
    }

    @Test
    void refusesAWrongRunWithoutATrial() {
        ScriptedCells cells = new ScriptedCells(LanguageCatalogTest::gccOnly);

        Future<Task> refused = catalog(cells).translate(run("c", "../a"), null, false);

        assertThatThrownBy(refused::await)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Kind.INVALID));
        assertThat(cells.opened()).isEmpty();
    }

    @Test
    void triesTwoLanguagesAtOnceAndFirstTheOneThatIsWanted() {
        ScriptedCells cells = new ScriptedCells(LanguageCatalogTest::gccOnly);
        LanguageCatalog catalog = catalog(cells);
        cells.hold();

        Future<?> list = catalog.list();
        Future<Task> rust = catalog.translate(run("rust"), null, false);
        assertThat(cells.opened()).extracting(Task::language).containsExactly("bash", "c");
        cells.release();

        list.await();
        assertThatThrownBy(rust::await).isInstanceOf(Failure.class);
        assertThat(cells.opened().get(2).language()).isEqualTo("rust");
        assertThat(cells.mostOpen()).isEqualTo(2);
        assertThat(cells.open()).isZero();
    }

    /** A machine that has a compiler of C and nothing else. */
    private static Answer gccOnly(List<String> command) {
        return switch (command.get(0)) {
            case "gcc" -> command.contains("--version") ? GCC : Answer.says("");
            case "./a.out" -> Answer.says("hello\n");
            default -> Answer.fails(127);
        };
    }

    private LanguageCatalog catalog(Cells cells) {
        Ceilings ceilings = Ceilings.from(new Settings(Map.of()));
        LanguageProbe probe = new LanguageProbe(vertx, cells, ceilings);
        return new LanguageCatalog(
                LanguageShelf.read(null), ceilings, new Detections(probe::probe, () -> now), "3.11.2");
    }

    private static Run run(String language) {
        return run(language, "");
    }

    private static Run run(String language, String file) {
        SourceFile source = new SourceFile(file, Buffer.buffer("x"));
        return new Run(
                "id",
                "",
                Priority.INTERACTIVE,
                new Program(language, List.of(source), List.of(), Map.of(), Directory.OWN),
                Buffer.buffer(),
                Streams.JOINED,
                Limits.OF_LANGUAGE,
                Limits.OF_LANGUAGE,
                List.of());
    }

    private static void assertNotFound(Future<Task> refused, String text) {
        assertThatThrownBy(refused::await).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND);
            assertThat(failure).hasMessage(text);
        });
    }
}
