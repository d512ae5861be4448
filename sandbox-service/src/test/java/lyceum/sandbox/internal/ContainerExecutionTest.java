package lyceum.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lyceum.platform.Settings;
import lyceum.sandbox.Limits;
import lyceum.sandbox.Outcome;
import lyceum.sandbox.Program.Directory;
import lyceum.sandbox.Run.Streams;
import lyceum.sandbox.SandboxSession.Stage;
import lyceum.sandbox.SourceFile;
import lyceum.sandbox.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whole runs in containers: what an {@link Execution} makes of them. */
class ContainerExecutionTest {

    private final Vertx vertx = Vertx.vertx();
    private final ContainerHarness harness = new ContainerHarness(vertx);

    private EngineStandIn engine;
    private Cells cells;

    @BeforeEach
    void start() {
        engine = new EngineStandIn(vertx, SocketAddress.inetSocketAddress(0, "127.0.0.1"), new NetServerOptions());
        Settings settings = new Settings(Map.of("LYCEUM_SANDBOX_ENGINE_URL", "tcp://127.0.0.1:" + engine.port()));
        cells = harness.on(() -> ContainerCells.ofEngine(vertx, EngineConfig.from(settings)));
    }

    @AfterEach
    void stop() {
        harness.on(cells::close);
        engine.close();
        vertx.close().await();
    }

    @Test
    void acceptsALessonThatEndsWell() {
        Outcome outcome = run(limits(Duration.ofSeconds(20), -1), "/main.sh");

        assertThat(outcome.verdict()).isEqualTo(Verdict.ACCEPTED);
        assertThat(outcome.stdout().bytes()).hasToString("read input\n");
        assertThat(outcome.files()).containsExactly(new SourceFile("made", Buffer.buffer("made\n")));
        assertThat(outcome.usage().peakMemoryBytes()).isPositive();
    }

    @Test
    void tellsThatTheWallClockRanOut() {
        Outcome outcome = run(limits(Duration.ofMillis(700), -1), "-c", "echo begun; sleep 60");

        assertThat(outcome.verdict()).isEqualTo(Verdict.TIME_LIMIT);
        assertThat(outcome.stdout().bytes()).hasToString("begun\n");
        assertThat(outcome.exitCode()).isEqualTo(137);
    }

    @Test
    void tellsThatThereWasTooMuchOutput() {
        Outcome outcome = run(limits(Duration.ofSeconds(20), 100_000), "-c", "yes");

        assertThat(outcome.verdict()).isEqualTo(Verdict.OUTPUT_LIMIT);
        assertThat(outcome.stdout().truncated()).isTrue();
    }

    @Test
    void leavesNoContainerBehindARun() {
        run(limits(Duration.ofSeconds(20), -1), "-c", "exit 0");

        harness.on(cells::close);

        assertThat(engine.containers).isEmpty();
    }

    private Outcome run(Limits limits, String... arguments) {
        List<String> command = new ArrayList<>(List.of("sh"));
        command.addAll(List.of(arguments));
        Task task = new Task(
                "id",
                "bash",
                List.of(new SourceFile("main.sh", Buffer.buffer("read line; echo read $line; echo made >made"))),
                Directory.ROOT,
                Map.of(),
                List.of(new Task.Step(Stage.RUN, command, false, limits)),
                Streams.JOINED,
                null,
                Buffer.buffer("input\n"),
                false,
                List.of("made"));
        return harness.on(() -> new Execution(vertx, cells, task, new Transcripts(task)).start());
    }

    private static Limits limits(Duration wallTime, long outputStopBytes) {
        return new Limits(wallTime, Duration.ofSeconds(5), 64 << 20, 16, 1 << 20, 1_000, 1_000, outputStopBytes);
    }
}
