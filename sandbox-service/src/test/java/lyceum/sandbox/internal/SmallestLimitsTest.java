package lyceum.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lyceum.sandbox.Limits;
import lyceum.sandbox.Outcome;
import lyceum.sandbox.Program.Directory;
import lyceum.sandbox.SandboxSession.Stage;
import lyceum.sandbox.Verdict;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Limits that are as small as they can be are limits all the same, and not faults of ours. */
@TestInstance(Lifecycle.PER_CLASS)
class SmallestLimitsTest {

    private static final List<Long> FEW_BYTES = List.of(1L, 1_024L, 4_096L, 20_000L, 65_536L, 131_072L, 262_144L);

    private Map<String, TestCells> cells;

    @BeforeAll
    void start() {
        cells = Map.of(
                "auto", new TestCells(), "watchdog", new TestCells(Map.of("LYCEUM_SANDBOX_METERING", "watchdog")));
    }

    @AfterAll
    void stop() {
        cells.values().forEach(TestCells::close);
    }

    @ParameterizedTest
    @MethodSource("meterings")
    void letAProgramBeTheOnlyProcess(String metering) {
        Limits one = limits(256 << 20, 1);
        Task.Step echo = step(Stage.RUN, one, "bash", "-c", "echo alone");
        Task.Step compile = step(Stage.COMPILE, one, "bash", "-c", "echo compiled");

        assertThat(run(metering, echo).stdout().bytes()).hasToString("alone\n");
        Outcome outcome = run(metering, compile, echo);
        assertThat(outcome.compilation().output().bytes()).hasToString("compiled\n");
        assertThat(outcome.stdout().bytes()).hasToString("alone\n");
        Task python = TestTasks.python(Directory.OWN, "print('alone')", one);
        assertThat(cells.get(metering).run(python).stdout().bytes()).hasToString("alone\n");
    }

    @ParameterizedTest
    @MethodSource("meterings")
    void letNoSecondProcessBegin(String metering) {
        String fork = "import os\ntry:\n    os.fork()\nexcept BlockingIOError:\n    print('refused')";
        Limits one = limits(256 << 20, 1);

        assertThat(run(metering, step(Stage.RUN, one, "python3", "-c", fork))
                        .stdout()
                        .bytes())
                .hasToString("refused\n");
    }

    @ParameterizedTest
    @MethodSource("memories")
    void endAProgramThatHasNoMemoryToBeginWith(String metering, long bytes) {
        Limits little = limits(bytes, 8);
        Task python = TestTasks.python(Directory.OWN, "x = bytearray(1 << 20); print('never')", little);

        assertThat(run(metering, step(Stage.RUN, little, "bash", "-c", "echo never"))
                        .verdict())
                .isIn(possible(metering));
        assertThat(cells.get(metering).run(python).verdict()).isIn(possible(metering));
        // The next cells were opened in the expectation of as little.
        assertThat(run(metering, step(Stage.RUN, limits(256 << 20, 8), "bash", "-c", "echo next"))
                        .stdout()
                        .bytes())
                .hasToString("next\n");
    }

    /** Without control groups it is a look now and then that ends a program, so a short one may be over before. */
    private static List<Verdict> possible(String metering) {
        return TestSandbox.isRoot() && metering.equals("auto")
                ? List.of(Verdict.MEMORY_LIMIT)
                : List.of(Verdict.MEMORY_LIMIT, Verdict.ACCEPTED);
    }

    static Stream<String> meterings() {
        return Stream.of("auto", "watchdog");
    }

    static Stream<Arguments> memories() {
        return meterings().flatMap(metering -> FEW_BYTES.stream().map(bytes -> Arguments.of(metering, bytes)));
    }

    private Outcome run(String metering, Task.Step... steps) {
        return cells.get(metering).run(TestTasks.task(Directory.OWN, List.of(), List.of(steps), null));
    }

    private static Task.Step step(Stage stage, Limits limits, String... command) {
        return new Task.Step(stage, List.of(command), false, limits);
    }

    private static Limits limits(long memoryBytes, int processes) {
        return new Limits(
                Duration.ofSeconds(10), Duration.ofSeconds(5), memoryBytes, processes, 1 << 20, 65_536, 65_536, -1);
    }
}
