package lyceum.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import lyceum.sandbox.Outcome;
import lyceum.sandbox.Program.Directory;
import lyceum.sandbox.SandboxService.Window;
import lyceum.sandbox.SandboxSession.Stage;
import lyceum.sandbox.SourceFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** No program of any kind has more open than its standard input and its two outputs. */
@TestInstance(Lifecycle.PER_CLASS)
class OpenDescriptorsTest {

    private static final String STANDARD = "0 1 2";

    private static final String PYTHON = """
            import os
            def is_open(descriptor):
                try:
                    return os.fstat(descriptor)
                except OSError:
                    return None
            print(*(descriptor for descriptor in range(1024) if is_open(descriptor)))
            """;

    /** Without a pattern of names, for which a shell would open the directory itself. */
    private static final String BASH = "list=; for ((at = 0; at < 1024; at++)); do"
            + " [ -e /proc/$$/fd/$at ] && list+=\" $at\"; done; echo ${list:1}";

    private static final String C = """
            #include <fcntl.h>
            #include <stdio.h>
            int main() {
                for (int descriptor = 0; descriptor < 1024; descriptor++)
                    if (fcntl(descriptor, F_GETFD) >= 0) printf(descriptor ? " %d" : "%d", descriptor);
            }
            """;

    private TestCells cells;

    @BeforeAll
    void start() {
        cells = new TestCells();
    }

    @AfterAll
    void stop() {
        cells.close();
    }

    @Test
    void arePassedToNoPythonThatTheCellHasStartedInAdvance() {
        assertThat(told(TestTasks.python(PYTHON))).isEqualTo(STANDARD);
        assertThat(told(TestTasks.python(Directory.ROOT, PYTHON, TestTasks.LIMITS)))
                .isEqualTo(STANDARD);
    }

    @Test
    void arePassedToNoPythonOfAnotherFile() {
        SourceFile file = new SourceFile("other.py", Buffer.buffer(PYTHON));
        Task.Step step = TestTasks.step(Stage.RUN, "python3", "-u", "other.py");

        assertThat(told(TestTasks.task(Directory.OWN, List.of(file), List.of(step), null)))
                .isEqualTo(STANDARD);
    }

    @Test
    void arePassedToNoPythonThatTakesThePlaceOfTheOneThatHasWaited() {
        Task waitedFor = TestTasks.python(PYTHON);
        Task replaced = new Task(
                waitedFor.id(),
                waitedFor.language(),
                waitedFor.files(),
                waitedFor.directory(),
                Map.of("PYTHONHASHSEED", "0"),
                waitedFor.steps(),
                waitedFor.streams(),
                null,
                waitedFor.stdin(),
                false,
                List.of());

        assertThat(told(replaced)).isEqualTo(STANDARD);
    }

    @Test
    void arePassedToNoShell() {
        assertThat(told(TestTasks.command("bash", "-c", BASH))).isEqualTo(STANDARD);
    }

    @Test
    void arePassedToNoCompilerAndToNothingThatItHasMade() {
        SourceFile file = new SourceFile("main.c", Buffer.buffer(C));
        Task.Step compile = TestTasks.step(Stage.COMPILE, "bash", "-c", BASH + "; gcc main.c");
        Task.Step run = TestTasks.step(Stage.RUN, "./a.out");

        Outcome outcome = cells.run(TestTasks.task(Directory.OWN, List.of(file), List.of(compile, run), null));

        assertThat(outcome.compilation().output().bytes()).hasToString(STANDARD + "\n");
        assertThat(outcome.stdout().bytes()).hasToString(STANDARD);
    }

    @Test
    void arePassedToNothingThatHasATerminal() {
        Window window = new Window(24, 80);
        SourceFile file = new SourceFile("main.py", Buffer.buffer(PYTHON));
        Task.Step shell = TestTasks.step(Stage.RUN, "bash", "-c", BASH);
        Task.Step program = new Task.Step(Stage.RUN, List.of("python3", "-u", "main.py"), true, TestTasks.LIMITS);

        assertThat(told(TestTasks.task(Directory.OWN, List.of(), List.of(shell), window)))
                .isEqualTo(STANDARD);
        assertThat(told(TestTasks.task(Directory.OWN, List.of(file), List.of(program), window)))
                .isEqualTo(STANDARD);
        Task.Step compile = TestTasks.step(Stage.COMPILE, "bash", "-c", BASH);
        Outcome outcome = cells.run(TestTasks.task(Directory.OWN, List.of(), List.of(compile, shell), window));
        assertThat(outcome.compilation().output().bytes()).hasToString(STANDARD + "\n");
        assertThat(outcome.stdout().bytes()).hasToString(STANDARD + "\r\n");
    }

    @Test
    void arePassedToNoPromptOfPython() {
        Task.Step prompt = TestTasks.step(Stage.RUN, "python3", "-q", "-i", "-c", PYTHON);

        assertThat(told(TestTasks.task(Directory.OWN, List.of(), List.of(prompt), null)))
                .endsWith("\n" + STANDARD);
    }

    private String told(Task task) {
        return cells.run(task).stdout().bytes().toString().strip();
    }
}
