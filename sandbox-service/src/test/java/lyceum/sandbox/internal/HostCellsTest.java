package lyceum.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import lyceum.sandbox.Limits;
import lyceum.sandbox.Outcome;
import lyceum.sandbox.Outcome.Output;
import lyceum.sandbox.Program.Directory;
import lyceum.sandbox.Run.Streams;
import lyceum.sandbox.SandboxService.Window;
import lyceum.sandbox.SandboxSession.Stage;
import lyceum.sandbox.SandboxSession.Stream;
import lyceum.sandbox.SourceFile;
import lyceum.sandbox.Verdict;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cells of this machine, and the nurseries they come from. */
@TestInstance(Lifecycle.PER_CLASS)
class HostCellsTest {

    private static final Limits LIMITS =
            new Limits(Duration.ofSeconds(10), Duration.ofSeconds(5), 256 << 20, 32, 16 << 20, 65_536, 65_536, -1);

    private TestCells cells;

    @BeforeAll
    void start() {
        cells = new TestCells();
    }

    @AfterAll
    void stop() {
        cells.close();
        assertThat(TestSandbox.processes(cells.uid())).isEmpty();
    }

    @Test
    void runsAnyProgramAsAChildThatSignalsEnd() {
        assertThat(cells.run(command("sh", "-c", "echo $$ $A; kill -6 $$"))).satisfies(outcome -> {
            assertThat(outcome.stdout().bytes()).hasToString("2 b\n");
            assertThat(outcome.exitCode()).isEqualTo(134);
            assertThat(outcome.signal()).isEqualTo(6);
            assertThat(outcome.verdict()).isEqualTo(Verdict.RUNTIME_ERROR);
        });
        assertThat(cells.run(command("sh", "-c", "exit 3")).exitCode()).isEqualTo(3);
        assertThat(cells.run(command("sh", "-c", "(sleep 60 &) ; echo done"))
                        .usage()
                        .wallTimeMillis())
                .isLessThan(5_000);
    }

    @Test
    void saysThatAProgramIsNotThere() {
        assertThat(cells.run(command("no-such-program"))).satisfies(outcome -> {
            assertThat(outcome.exitCode()).isEqualTo(127);
            assertThat(outcome.stdout().bytes()).hasToString("no-such-program: No such file or directory\n");
        });
    }

    @Test
    void keepsItsKeeperFromTheProgram() {
        assertThat(cells.run(command("sh", "-c", "kill -INT 1; sleep 0.3; echo alive")))
                .satisfies(outcome -> {
                    assertThat(outcome.stdout().bytes()).hasToString("alive\n");
                    assertThat(outcome.exitCode()).isZero();
                });
        String script = """
                import resource
                own = resource.getrlimit(resource.RLIMIT_NOFILE)[1] - 1
                resource.setrlimit(resource.RLIMIT_NOFILE, (own, own))
                print(resource.getrlimit(resource.RLIMIT_NOFILE) == (own, own))
                try:
                    resource.prlimit(1, resource.RLIMIT_NOFILE, (0, 0))
                except PermissionError:
                    print("refused")
                """;
        assertThat(cells.run(command("python3", "-c", script)).stdout().bytes()).hasToString("True\nrefused\n");
    }

    @Test
    void keepsTheStreamsApart() {
        Outcome outcome = cells.run(task(Streams.APART, "sh", "-c", "echo out; echo err >&2; echo > /dev/stderr"));

        assertThat(outcome.stdout().bytes()).hasToString("out\n");
        assertThat(outcome.stderr().bytes()).hasToString("err\n\n");
    }

    @Test
    void runsWhatWasCompiledBefore() {
        Task.Step compile = new Task.Step(Stage.COMPILE, List.of("sh", "-c", "cat a/b > c; echo made"), false, LIMITS);
        Task.Step run = new Task.Step(Stage.RUN, List.of("cat", "c"), false, LIMITS);

        Outcome outcome = cells.run(task(List.of(compile, run), null, Buffer.buffer(), List.of()));

        assertThat(outcome.compilation().output().bytes()).hasToString("made\n");
        assertThat(outcome.compilation().verdict()).isEqualTo(Verdict.ACCEPTED);
        assertThat(outcome.stdout().bytes()).hasToString("content");
    }

    @Test
    void runsNothingThatWasNotCompiled() {
        Task.Step compile =
                new Task.Step(Stage.COMPILE, List.of("sh", "-c", "echo wrong >&2; sleep 60 & exit 2"), false, LIMITS);
        Task.Step run = new Task.Step(Stage.RUN, List.of("echo", "never"), false, LIMITS);

        Outcome outcome = cells.run(task(List.of(compile, run), null, Buffer.buffer(), List.of()));

        assertThat(outcome.verdict()).isEqualTo(Verdict.COMPILE_ERROR);
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.compilation().output().bytes()).hasToString("wrong\n");
        assertThat(outcome.stdout()).isEqualTo(Output.NONE);
    }

    @Test
    void stopsACompilerThatUsesTooMuch() {
        Limits little = new Limits(Duration.ofSeconds(9), Duration.ofMillis(300), 64 << 20, 32, 1 << 20, 1_000, 0, -1);
        Task.Step compile = new Task.Step(Stage.COMPILE, List.of("sh", "-c", "while :; do :; done"), false, little);
        Task.Step run = new Task.Step(Stage.RUN, List.of("echo", "never"), false, LIMITS);

        Outcome outcome = cells.run(task(List.of(compile, run), null, Buffer.buffer(), List.of()));

        assertThat(outcome.verdict()).isEqualTo(Verdict.COMPILE_ERROR);
        assertThat(outcome.compilation().verdict()).isEqualTo(Verdict.CPU_LIMIT);
    }

    @Test
    void doesNotCountWhatTheCompilerTookForAProgramThatIsKilled() {
        Limits brief = new Limits(Duration.ofMillis(500), Duration.ofSeconds(5), 64 << 20, 32, 1 << 20, 1_000, 0, -1);
        String burn = "i=0; while [ $i -lt 600000 ]; do i=$((i+1)); done";
        Task.Step compile = new Task.Step(Stage.COMPILE, List.of("sh", "-c", burn), false, LIMITS);
        Task.Step run = new Task.Step(Stage.RUN, List.of("sleep", "60"), false, brief);

        Outcome outcome = cells.run(task(List.of(compile, run), null, Buffer.buffer(), List.of()));

        assertThat(outcome.verdict()).isEqualTo(Verdict.TIME_LIMIT);
        assertThat(outcome.usage().cpuTimeMillis())
                .isLessThan(outcome.compilation().usage().cpuTimeMillis() / 2);
    }

    @Test
    void bringsBackPlainFilesOnly() {
        String script = "echo one > one; mkdir d; echo two > d/two; ln -s /etc/passwd link; ln -s d e; mkfifo pipe;"
                + " head -c 9000000 /dev/zero > long; head -c 5000000 /dev/zero > half";
        List<String> names =
                List.of("one", "d/two", "link", "e/two", "pipe", "d", "none", "long", "half", "a/b", "half");

        Outcome outcome = cells.run(task(List.of(step("sh", "-c", script)), null, Buffer.buffer(), names));

        assertThat(outcome.files()).extracting(SourceFile::name).containsExactly("one", "d/two", "long", "half", "a/b");
        assertThat(outcome.files().get(1).content()).hasToString("two\n");
    }

    @Test
    void bringsBackNoMoreThanItMayHoldInMemory() {
        Limits roomy =
                new Limits(LIMITS.wallTime(), LIMITS.cpuTime(), LIMITS.memoryBytes(), 32, 64 << 20, 65_536, 65_536, -1);
        String script = "import os; os.truncate(os.open('sparse', os.O_CREAT | os.O_RDWR), 17 << 20);"
                + " os.truncate(os.open('whole', os.O_CREAT | os.O_RDWR), 16 << 20)";
        Task.Step step = new Task.Step(Stage.RUN, List.of("python3", "-c", script), false, roomy);

        Outcome outcome = cells.run(task(List.of(step), null, Buffer.buffer(), List.of("sparse", "whole", "a/b")));

        assertThat(outcome.verdict()).isEqualTo(Verdict.ACCEPTED);
        assertThat(outcome.files()).extracting(SourceFile::name).containsExactly("whole");
    }

    @Test
    void bringsNothingBackFromWhatWasKilledBeforeItHadADirectory() {
        Task task = task(List.of(step("sleep", "60")), null, Buffer.buffer(), List.of("one"));
        Execution execution = cells.execution(task, new Watcher());

        Outcome outcome = cells.on(() -> {
                    Future<Outcome> killed = execution.start();
                    execution.kill(Verdict.CANCELLED);
                    return killed;
                })
                .await();

        assertThat(outcome.verdict()).isEqualTo(Verdict.CANCELLED);
        assertThat(outcome.files()).isEmpty();
    }

    @Test
    void givesATerminalThatIsAsLargeAsItShouldBe() {
        Watcher watcher = new Watcher();
        Task task = task(List.of(step("sh")), new Window(30, 100), Buffer.buffer("tty; stty size\n"), List.of());
        Execution execution = cells.execution(task, watcher);
        Future<Outcome> outcome = cells.on(execution::start);

        watcher.await("/dev/pts/0\r\n30 100\r\n");
        cells.tell(() -> execution.cell().resize(new Window(40, 90)));
        type(execution, "stty size; cat\n");
        watcher.await("40 90\r\n");
        type(execution, "typed\n");
        watcher.await("typed\r\ntyped\r\n");
        type(execution, "\u0003");
        watcher.await("^C");
        type(execution, "echo by\" \"name > /dev/tty\n");
        watcher.await("by name\r\n");
        type(execution, "exit 5\n");

        assertThat(outcome.await().exitCode()).isEqualTo(5);
    }

    @Test
    void endsTheInputOfATerminalThatIsFullWhenItIsReadAgain() {
        Watcher watcher = new Watcher();
        // A terminal of its own tells how much fits into the one that it reads.
        String script = """
                import os, signal, time, tty
                def fill(terminal):
                    end, count = time.monotonic() + 0.3, 0
                    while time.monotonic() < end:
                        try:
                            count += os.write(terminal, bytes(256))
                        except BlockingIOError:
                            time.sleep(0.01)
                    return count
                outer, inner = os.openpty()
                os.set_blocking(outer, False)
                tty.setraw(inner)
                tty.setraw(0)
                signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])
                count = fill(outer)
                print("room", count // 256, "pieces", flush=True)
                signal.sigwait([signal.SIGUSR1])
                data = b""
                while len(data) <= count:
                    data += os.read(0, 4096)
                print("read", len(data) - count, data[-1], flush=True)
                """;
        Task task = task(List.of(step("python3", "-c", script)), new Window(24, 80), Buffer.buffer(), List.of());
        Execution execution = cells.execution(task, watcher);
        Future<Outcome> outcome = cells.on(execution::start);

        watcher.await("pieces");
        int pieces = Integer.parseInt(watcher.text().split(" ")[1]);
        for (int i = 0; i < pieces; i++) {
            type(execution, "x".repeat(256));
        }
        cells.on(() -> execution.write(Buffer.buffer(), true)).await();
        cells.tell(() -> execution.cell().signal(10));
        watcher.await("read 1 4");

        assertThat(outcome.await().verdict()).isEqualTo(Verdict.ACCEPTED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = { // the end of what is typed, and what a program reads that reads lines
                "''     | lines []",
                "a\\n   | lines ['a\\n']",
                "a\\nb  | lines ['a\\n', 'b']",
                "a\\rb  | lines ['a\\n', 'b']",
            })
    void endsTheInputOfATerminalWhereverInALine(String typed, String read) {
        Watcher watcher = new Watcher();
        String script = "import sys; print('ready'); print('lines', sys.stdin.readlines())";
        Task task = task(List.of(step("python3", "-uc", script)), new Window(24, 80), Buffer.buffer(), List.of());
        Execution execution = cells.execution(task, watcher);
        Future<Outcome> outcome = cells.on(execution::start);

        watcher.await("ready");
        Buffer text = Buffer.buffer(typed.translateEscapes());
        cells.on(() -> execution.write(text, true)).await();

        assertThat(outcome.await().verdict()).isEqualTo(Verdict.ACCEPTED);
        assertThat(watcher.text()).contains(read);
    }

    @Test
    void losesNoOtherRunOfANurseryThanTheOneThatItCannotServe() {
        Watcher neighbour = new Watcher();
        Watcher watcher = new Watcher();
        Execution honest = cells.execution(
                task(List.of(step("sh", "-c", "echo begun; read a")), new Window(24, 80), Buffer.buffer(), List.of()),
                neighbour);
        Execution broken = cells.execution(python("print('begun'); import time; time.sleep(60)"), watcher);
        Future<Outcome> over = cells.on(honest::start);
        Future<Outcome> lost = cells.on(broken::start);
        neighbour.await("begun");
        watcher.await("begun");
        int noSignal = 200;

        cells.tell(() -> broken.cell().signal(noSignal));

        assertThat(lost.otherwiseEmpty().await()).isNull();
        type(honest, "\n");
        assertThat(over.await().verdict()).isEqualTo(Verdict.ACCEPTED);
    }

    @Test
    void sendsSignalsToTheProgram() {
        Watcher watcher = new Watcher();
        String script = "import signal, time\n"
                + "signal.signal(signal.SIGUSR1, lambda *_: print('caught', flush=True))\n"
                + "print('ready', flush=True)\nwhile True: time.sleep(0.01)";
        Execution execution = cells.execution(
                task(List.of(step("python3", "-c", script)), null, Buffer.buffer(), List.of()), watcher);
        Future<Outcome> outcome = cells.on(execution::start);

        watcher.await("ready\n");
        cells.tell(() -> execution.cell().signal(10));
        watcher.await("caught\n");
        cells.tell(() -> execution.cell().signal(15));

        assertThat(outcome.await().exitCode()).isEqualTo(143);
    }

    @Test
    void sendsSignalsToTheCompiler() {
        Watcher watcher = new Watcher();
        Task.Step compile = new Task.Step(Stage.COMPILE, List.of("sh", "-c", "echo begun; sleep 60"), false, LIMITS);
        Task.Step run = new Task.Step(Stage.RUN, List.of("echo", "never"), false, LIMITS);
        Execution execution = cells.execution(task(List.of(compile, run), null, Buffer.buffer(), List.of()), watcher);
        Future<Outcome> outcome = cells.on(execution::start);

        watcher.await("begun\n");
        cells.tell(() -> execution.cell().signal(15));

        assertThat(outcome.await().verdict()).isEqualTo(Verdict.COMPILE_ERROR);
        assertThat(outcome.await().compilation().signal()).isEqualTo(15);
    }

    /** Signals that cross the word of the end of the compiler are lost, and nothing else is. */
    @Test
    void goesOnFromTheCompilerWhateverSignalsAreOnTheirWay() {
        Task.Step compile =
                new Task.Step(Stage.COMPILE, List.of("sh", "-c", "trap '' USR1; echo begun"), false, LIMITS);
        Task.Step run = new Task.Step(Stage.RUN, List.of("sh", "-c", "trap '' USR1; echo run"), false, LIMITS);
        for (int round = 0; round < 20; round++) {
            Watcher watcher = new Watcher();
            Execution execution =
                    cells.execution(task(List.of(compile, run), null, Buffer.buffer(), List.of()), watcher);
            Future<Outcome> outcome = cells.on(execution::start);
            watcher.await("begun\n");
            cells.tell(() -> execution.cell().signal(10));
            cells.tell(() -> execution.cell().signal(10));

            assertThat(outcome.await().exitCode()).isIn(0, 138);
        }
    }

    @ParameterizedTest
    @CsvSource({"15, 143", "1, 129", "3, 131", "10, 138", "34, 162"})
    void endsAProgramBySignalsThatItDoesNotCareFor(int signal, int exitCode) {
        Watcher watcher = new Watcher();
        Execution execution = cells.execution(python("print('ready')\nimport time\ntime.sleep(60)"), watcher);
        Future<Outcome> outcome = cells.on(execution::start);

        watcher.await("ready\n");
        cells.tell(() -> execution.cell().signal(signal));

        assertThat(outcome.await()).satisfies(ended -> {
            assertThat(ended.verdict()).isEqualTo(Verdict.RUNTIME_ERROR);
            assertThat(ended.signal()).isEqualTo(signal);
            assertThat(ended.exitCode()).isEqualTo(exitCode);
        });
    }

    @Test
    void leavesSignalsToAProgramThatHasMadeArrangements() {
        Watcher watcher = new Watcher();
        String script = """
                import signal
                signal.signal(signal.SIGTERM, lambda *_: print("caught", flush=True))
                signal.signal(signal.SIGHUP, signal.SIG_IGN)
                signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])
                print("ready", flush=True)
                print("waited for", signal.sigwait([signal.SIGUSR1]), flush=True)
                signal.pause()
                """;
        Execution execution = cells.execution(python(script), watcher);
        Future<Outcome> outcome = cells.on(execution::start);

        watcher.await("ready\n");
        cells.tell(() -> execution.cell().signal(1));
        cells.tell(() -> execution.cell().signal(28));
        cells.tell(() -> execution.cell().signal(10));
        watcher.await("waited for 10\n");
        cells.tell(() -> execution.cell().signal(15));
        watcher.await("caught\n");

        assertThat(outcome.await().verdict()).isEqualTo(Verdict.ACCEPTED);
    }

    @Test
    void readsAProgramOnlyAsFastAsItIsTaken() {
        Watcher watcher = new Watcher();
        Promise<Void> room = Promise.promise();
        watcher.room = room.future();
        Future<Outcome> outcome = cells.start(command("sh", "-c", "head -c 8000000 /dev/zero; echo end"), watcher);

        Awaitility.await().until(() -> watcher.bytes() >= 256 << 10);
        Awaitility.await().during(Duration.ofMillis(200)).until(() -> watcher.bytes() <= 256 << 10);
        room.complete();

        assertThat(outcome.await().verdict()).isEqualTo(Verdict.ACCEPTED);
        assertThat(watcher.bytes()).isEqualTo(8_000_004);
    }

    @Test
    void losesTheRunsOfANurseryThatDiesAndGoesOnWithAnother() {
        Watcher watcher = new Watcher();
        Future<Outcome> outcome = cells.start(command("sh", "-c", "echo begun; sleep 60"), watcher);
        watcher.await("begun\n");

        killNursery();

        assertThat(outcome.otherwiseEmpty().await()).isNull();
        Awaitility.await().until(() -> TestSandbox.programs(cells.uid()).isEmpty());
        assertThat(cells.run(command("echo", "alive")).stdout().bytes()).hasToString("alive\n");
    }

    @Test
    void letsNobodyWaitForACellOfANurseryThatHasDied() {
        for (int round = 0; round < 5; round++) {
            List<Future<Outcome>> burst = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                Task task = command("echo", "x");
                burst.add(cells.start(task, new Transcripts(task)));
            }
            burst.get(round).otherwiseEmpty().await();

            killNursery();

            assertThat(burst).allSatisfy(outcome -> outcome.otherwiseEmpty().await());
            assertThat(cells.run(command("echo", "alive")).stdout().bytes()).hasToString("alive\n");
        }
    }

    private void killNursery() {
        TestSandbox.processes(cells.uid()).stream()
                .filter(process -> TestSandbox.name(process).equals("nursery"))
                .forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void passesOverCellsThatHaveDiedWhileTheyWaited() {
        Awaitility.await().until(() -> cells.ask(() -> cells.cells().ready()) >= 4);
        for (int i = 0; i < 20; i++) {
            TestSandbox.processes(cells.uid()).stream()
                    .filter(process -> TestSandbox.name(process).equals("cell"))
                    .limit(2)
                    .forEach(ProcessHandle::destroyForcibly);

            assertThat(cells.run(command("echo", "alive")).stdout().bytes()).hasToString("alive\n");
        }
    }

    @Test
    void keepsAsManyCellsAsABurstNeeded() {
        List<Future<Outcome>> burst = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Task task = command("echo", "x");
            burst.add(cells.start(task, new Transcripts(task)));
        }

        assertThat(burst).allMatch(outcome -> outcome.await().verdict() == Verdict.ACCEPTED);
        Awaitility.await().until(() -> cells.ask(() -> cells.cells().ready()) >= 4);
    }

    private void type(Execution execution, String text) {
        cells.on(() -> execution.write(Buffer.buffer(text), false)).await();
    }

    private static Task command(String... command) {
        return task(List.of(step(command)), null, Buffer.buffer(), List.of());
    }

    private static Task task(Streams streams, String... command) {
        Task joined = command(command);
        return new Task(
                joined.id(),
                joined.language(),
                joined.files(),
                joined.directory(),
                joined.environment(),
                joined.steps(),
                streams,
                null,
                joined.stdin(),
                false,
                List.of());
    }

    private static Task task(List<Task.Step> steps, Window terminal, Buffer stdin, List<String> collect) {
        List<SourceFile> files = List.of(new SourceFile("a/b", Buffer.buffer("content")));
        boolean isOpen = terminal != null;
        return new Task(
                "test",
                "any",
                files,
                Directory.OWN,
                Map.of("A", "b"),
                steps,
                Streams.JOINED,
                terminal,
                stdin,
                isOpen,
                collect);
    }

    /** @return a program that a cell has started in advance */
    private static Task python(String source) {
        return new Task(
                "test",
                "python3",
                List.of(new SourceFile("main.py", Buffer.buffer(source))),
                Directory.OWN,
                Map.of(),
                List.of(new Task.Step(Stage.RUN, List.of("python3", "-u", "main.py"), true, LIMITS)),
                Streams.JOINED,
                null,
                Buffer.buffer(),
                false,
                List.of());
    }

    private static Task.Step step(String... command) {
        return new Task.Step(Stage.RUN, List.of(command), false, LIMITS);
    }

    /** Sees what comes as it comes. */
    private static final class Watcher implements Audience {

        private final List<Buffer> pieces = new CopyOnWriteArrayList<>();
        private volatile Future<Void> room = Future.succeededFuture();
        private volatile Stage written;

        @Override
        public void begin(Stage stage) {
            assertThat(stage).as("nothing is written before it begins").isNotEqualTo(written);
        }

        @Override
        public Future<Void> write(Stage stage, Stream stream, Buffer piece) {
            written = stage;
            pieces.add(piece);
            return room;
        }

        @Override
        public Output output(Stage stage, Stream stream) {
            return Output.NONE;
        }

        String text() {
            return String.join("", pieces.stream().map(Buffer::toString).toList());
        }

        long bytes() {
            return pieces.stream().mapToLong(Buffer::length).sum();
        }

        void await(String text) {
            Awaitility.await().until(() -> text().contains(text));
        }
    }
}
