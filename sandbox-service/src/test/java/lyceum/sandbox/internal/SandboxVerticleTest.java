package lyceum.sandbox.internal;

import static lyceum.sandbox.internal.TestSandbox.LIMITS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.sandbox.Limits;
import lyceum.sandbox.Outcome;
import lyceum.sandbox.Run;
import lyceum.sandbox.SandboxService;
import lyceum.sandbox.SandboxService.Cancellation;
import lyceum.sandbox.SandboxService.Inspect;
import lyceum.sandbox.Verdict;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The contract over the bus: what is taken, what waits, what is refused, what is given up. */
@TestInstance(Lifecycle.PER_CLASS)
class SandboxVerticleTest {

    private static final String SLEEP = "import time; print('begun'); time.sleep(60)";

    private TestSandbox sandbox;

    @BeforeAll
    void start() {
        sandbox = new TestSandbox(Map.of("LYCEUM_SANDBOX_CONCURRENCY", "4", "LYCEUM_SANDBOX_QUEUE", "1"));
    }

    @AfterAll
    void stop() {
        sandbox.close();
        assertThat(sandbox.processes()).isEmpty();
        assertThat(TestSandbox.groups(ProcessHandle.current().pid())).isEmpty();
    }

    @Test
    void saysWhichWallsStand() {
        assertThat(sandbox.service().inspect(new Inspect()).await()).satisfies(isolation -> {
            assertThat(isolation.possible()).isTrue();
            assertThat(isolation.text()).contains("Python 3.", "limits by", "/proc");
        });
        assertThat(sandbox.readiness().ask().get("sandbox").await()).contains("Python 3.");
    }

    @Test
    void runsFourProgramsAtOnce() {
        List<Run> runs = IntStream.range(0, 4).mapToObj(i -> sleeper("r" + i)).toList();
        List<Future<Outcome>> outcomes =
                runs.stream().map(sandbox.service()::run).toList();

        Awaitility.await().until(() -> sandbox.programs().size() == 4);

        runs.forEach(run -> cancel(run.id()));
        assertThat(outcomes).allMatch(outcome -> outcome.await().verdict() == Verdict.CANCELLED);
    }

    @Test
    void queuesWhatCannotRunYetAndRefusesMoreThanThat() {
        List<Run> running =
                IntStream.range(0, 4).mapToObj(i -> sleeper("q" + i)).toList();
        List<Future<Outcome>> outcomes =
                running.stream().map(sandbox.service()::run).toList();
        Future<Outcome> waiting = sandbox.service().run(run("waiting", "print('at last')", LIMITS));

        assertFails(sandbox.service().run(sleeper("refused")), Kind.BUSY, "too many runs are waiting already");
        cancel("q0");
        assertThat(waiting.await().stdout().bytes()).hasToString("at last\n");

        running.forEach(run -> cancel(run.id()));
        assertThat(outcomes).allMatch(outcome -> outcome.await().verdict() == Verdict.CANCELLED);
    }

    @Test
    void killsACancelledRunAndKeepsItsOutput() {
        Future<Outcome> outcome = sandbox.service().run(sleeper("unwanted"));
        Awaitility.await().until(() -> sandbox.programs().size() == 1);

        cancel("unwanted");

        Outcome killed = outcome.await();
        assertThat(killed.verdict()).isEqualTo(Verdict.CANCELLED);
        assertThat(killed.exitCode()).isEqualTo(137);
        assertThat(killed.signal()).isEqualTo(9);
        assertThat(killed.usage().wallTimeMillis()).isLessThan(10_000);
        assertThat(sandbox.programs()).isEmpty();
    }

    @Test
    void cancelsARunThatWaits() {
        List<Future<Outcome>> outcomes = IntStream.range(0, 5)
                .mapToObj(i -> sandbox.service().run(sleeper("w" + i)))
                .toList();

        cancel("w4");

        assertThat(outcomes.get(4).await()).satisfies(outcome -> {
            assertThat(outcome.verdict()).isEqualTo(Verdict.CANCELLED);
            assertThat(outcome.stdout().bytes().length()).isZero();
        });
        IntStream.range(0, 4).forEach(i -> cancel("w" + i));
        assertThat(outcomes).allMatch(outcome -> outcome.await().verdict() == Verdict.CANCELLED);
    }

    @Test
    void refusesAnIdThatIsInUse() {
        Future<Outcome> first = sandbox.service().run(sleeper("twice"));

        assertFails(sandbox.service().run(sleeper("twice")), Kind.CONFLICT, "a run of that id is not over");
        cancel("twice");
        assertThat(first.await().verdict()).isEqualTo(Verdict.CANCELLED);
    }

    @Test
    void refusesALimitAboveItsCeiling() {
        Limits limits = new Limits(Duration.ofMinutes(11), Duration.ofSeconds(1), 1 << 20, 0, 1 << 20, 1, 1, -1);

        assertFails(sandbox.start("", limits), Kind.INVALID, "limits.wallTimeMillis is 660000, not within 0..600000");
    }

    @Test
    void runsNothingWhereThereIsNoPython() {
        try (TestSandbox nowhere = new TestSandbox(Map.of("LYCEUM_PYTHON", "/bin/true"))) {
            assertThatThrownBy(() -> nowhere.run("print(1)")).isInstanceOfSatisfying(Failure.class, failure -> {
                assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
                assertThat(failure).hasMessageContaining("/bin/true is no Python 3");
            });
            assertThat(nowhere.service().inspect(new Inspect()).await().possible())
                    .isFalse();
            assertThat(nowhere.readiness().ask().get("sandbox").failed()).isTrue();
        }
    }

    @Test
    void killsWhatRunsWhenItIsStopped() {
        TestSandbox other = new TestSandbox(Map.of());
        Future<Outcome> outcome = other.service().run(sleeper("last"));
        Awaitility.await().until(() -> other.programs().size() == 1);

        other.close();

        assertThat(other.programs()).isEmpty();
        assertThat(outcome.isComplete()).isTrue();
    }

    private void cancel(String id) {
        sandbox.bus().publish(SandboxService.CANCEL, new Cancellation(id));
    }

    private static Run sleeper(String id) {
        return run(id, SLEEP, LIMITS);
    }

    private static Run run(String id, String source, Limits limits) {
        return Run.ofLesson(id, Buffer.buffer(source), limits);
    }

    private static void assertFails(Future<?> future, Kind kind, String text) {
        assertThatThrownBy(future::await).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure).hasMessage(text);
        });
    }
}
