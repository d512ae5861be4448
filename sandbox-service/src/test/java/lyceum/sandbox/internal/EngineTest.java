package lyceum.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lyceum.platform.Settings;
import lyceum.sandbox.SandboxService.Window;
import lyceum.sandbox.SourceFile;
import lyceum.sandbox.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a stand-in: no engine can be run on the project's machine. */
class EngineTest {

    private final Vertx vertx = Vertx.vertx();
    private final ContainerHarness harness = new ContainerHarness(vertx);
    private final Map<String, String> settings = new HashMap<>();
    private final ContainerHarness.Notes notes = new ContainerHarness.Notes();

    @TempDir
    private Path home;

    private EngineStandIn engine;
    private Cells cells;

    @BeforeEach
    void startEngine() {
        Path socket = home.resolve("docker.sock");
        engine = new EngineStandIn(vertx, SocketAddress.domainSocketAddress(socket.toString()), new NetServerOptions());
        settings.put("LYCEUM_SANDBOX_ENGINE_URL", "unix://" + socket);
        settings.put("LYCEUM_SANDBOX_ENGINE_POOL", "0");
        settings.put("LYCEUM_SANDBOX_ENGINE_POOL_MOST", "0");
        settings.put("LYCEUM_SANDBOX_OWNER", "tester");
    }

    @AfterEach
    void stop() {
        engine.isSilent = false;
        engine.isBroken = false;
        if (cells != null) {
            harness.on(cells::close);
        }
        engine.close();
        vertx.close().await();
    }

    @Test
    void runsAProgramWithItsFilesArgumentsEnvironmentAndInput() {
        Task task = ContainerHarness.program("sh", "dir/main.sh", "one two")
                .with(
                        Map.of("dir/main.sh", "echo $1, $GREETING, $HOME; read line; echo $line >&2; exit 3"),
                        "a line\n");

        Cell.Exit exit = run(task);

        assertThat(notes.out()).isEqualTo("one two, good day, /w\n");
        assertThat(notes.err()).isEqualTo("a line\n");
        assertThat(exit.code()).isEqualTo(3);
        assertThat(exit.signal()).isZero();
        assertThat(exit.limit()).isNull();
        assertThat(exit.peakBytes()).isEqualTo(8 << 20);
    }

    @Test
    void joinsOutputsInTheOrderOfWriting() {
        run(ContainerHarness.program("sh", "-c", "echo 1; echo 2 >&2; echo 3; echo 4 >&2")
                .joined());

        assertThat(notes.out()).isEqualTo("1\n2\n3\n4\n");
        assertThat(notes.err()).isEmpty();
    }

    @Test
    void tellsTheSignalThatEndedAProgram() {
        Cell.Exit exit =
                run(ContainerHarness.program("sh", "-c", "kill -SEGV $$").task());

        assertThat(exit.code()).isEqualTo(139);
        assertThat(exit.signal()).isEqualTo(11);
        assertThat(notes.err()).isEmpty();
    }

    @Test
    void runsTwoStepsInOneContainer() {
        Task.Step compiler = ContainerHarness.compiler("cp", "source", "made");
        Task task = ContainerHarness.program("cat", "made").after(compiler, Map.of("source", "text"));
        Cell cell = open(task);

        Cell.Exit compiled = harness.on(() -> cell.run(compiler, new ContainerHarness.Notes()));
        Cell.Exit ran = harness.on(() -> cell.run(task.program(), notes));

        assertThat(compiled.code()).isZero();
        assertThat(ran.code()).isZero();
        assertThat(notes.out()).isEqualTo("text");
        assertThat(engine.containers).hasSize(1);
    }

    @Test
    void writesToAProgramThatRunsAndEndsItsInput() {
        Task task = ContainerHarness.program("cat").open(null);
        Cell cell = open(task);
        Future<Cell.Exit> exit = harness.start(() -> cell.run(task.program(), notes));

        harness.on(() -> cell.write(Buffer.buffer("first ")));
        harness.on(() -> cell.write(Buffer.buffer()));
        harness.on(() -> cell.write(Buffer.buffer("x".repeat(65_536))));
        harness.on(() -> {
            cell.end();
            return exit;
        });

        assertThat(exit.result().code()).isZero();
        assertThat(notes.out()).isEqualTo("first " + "x".repeat(65_536));
    }

    @Test
    void giveUpInputThatNobodyReads() {
        Task task = ContainerHarness.program("true").open(null);
        Cell cell = open(task);

        Cell.Exit exit = harness.on(() -> cell.run(task.program(), notes));
        harness.on(() -> cell.write(Buffer.buffer("too late")));

        assertThat(exit.code()).isZero();
    }

    @Test
    void givesAProgramATerminal() {
        Task task = ContainerHarness.program("sh", "-c", "test -t 0 && test -t 1 && read a && echo got $a")
                .open(new Window(24, 80));
        Cell cell = open(task);
        Future<Cell.Exit> exit = harness.start(() -> cell.run(task.program(), notes));
        harness.on(notes::begun);

        harness.on(() -> {
            cell.resize(new Window(50, 132));
            return cell.write(Buffer.buffer("this\n"));
        });

        assertThat(exit.await().code()).isZero();
        assertThat(notes.out()).isEqualTo("this\r\ngot this\r\n");
        EngineStandIn.Command command = lastCommand();
        assertThat(command.body.getJsonArray("ConsoleSize"))
                .isEqualTo(new JsonArray().add(24).add(80));
        assertThat(command.window).isEqualTo("h=50&w=132");
    }

    @Test
    void interruptsTheProgramOfATerminalByItsKey() {
        Task task = ContainerHarness.program(
                        "sh", "-c", "trap 'echo caught; exit 7' INT; echo ready; while :; do sleep 0.05; done")
                .open(new Window(24, 80));
        Cell cell = open(task);
        Future<Cell.Exit> exit = harness.start(() -> cell.run(task.program(), notes));
        await().until(() -> notes.out().equals("ready\r\n"));

        harness.on(() -> cell.write(Buffer.buffer(new byte[] {3})));

        assertThat(exit.await().code()).isEqualTo(7);
        assertThat(notes.out()).endsWith("caught\r\n");
    }

    @Test
    void endsRunsThatAreOpenWhenItIsClosed() {
        Task task = ContainerHarness.program("sleep", "60").task();
        Cell cell = open(task);
        Future<Cell.Exit> exit = harness.start(() -> cell.run(task.program(), notes));
        harness.on(notes::begun);

        harness.on(cells::close);
        cells = null;

        assertThat(exit.await().signal()).isEqualTo(9);
        assertThat(engine.containers).isEmpty();
    }

    @Test
    void endsTheInputOfATerminalByItsKey() {
        Task task = ContainerHarness.program("cat").open(new Window(24, 80));
        Cell cell = open(task);
        Future<Cell.Exit> exit = harness.start(() -> cell.run(task.program(), notes));
        harness.on(notes::begun);

        harness.on(() -> {
            cell.end();
            return exit;
        });

        assertThat(exit.result().code()).isZero();
    }

    @Test
    void sendsASignalToTheProgram() {
        Task task = ContainerHarness.program(
                        "sh", "-c", "trap 'echo caught; exit 7' USR1; echo ready; while :; do sleep 0.05; done")
                .task();
        Cell cell = open(task);
        Future<Cell.Exit> exit = harness.start(() -> cell.run(task.program(), notes));
        await().until(() -> notes.out().equals("ready\n"));

        harness.on(() -> {
            cell.signal(10);
            return exit;
        });

        assertThat(exit.result().code()).isEqualTo(7);
        assertThat(notes.out()).isEqualTo("ready\ncaught\n");
    }

    @Test
    void bringsBackPlainFiles() {
        Task task = ContainerHarness.program(
                        "sh",
                        "-c",
                        "mkdir d; echo one >d/a; echo two >b; ln -s b link; echo 12345678 >big; mkfifo pipe")
                .task();
        Cell cell = open(task);
        harness.on(() -> cell.run(task.program(), notes));

        List<SourceFile> files = harness.on(() -> cell.collect(List.of("big", "d/a", "link", "pipe", "none", "b"), 8));

        assertThat(files)
                .containsExactly(
                        new SourceFile("d/a", Buffer.buffer("one\n")), new SourceFile("b", Buffer.buffer("two\n")));
    }

    @Test
    void removesTheContainerOfACellThatIsClosed() {
        Cell cell = open(ContainerHarness.program("true").task());

        harness.on(cell::close);

        assertThat(engine.containers).isEmpty();
    }

    @Test
    void killsWhatRunsAndStillTellsAnEnd() {
        Task task = ContainerHarness.program("sh", "-c", "echo on; sleep 60").task();
        Cell cell = open(task);
        Future<Cell.Exit> exit = harness.start(() -> cell.run(task.program(), notes));
        await().until(() -> notes.out().equals("on\n"));

        harness.on(() -> {
            cell.kill();
            cell.kill();
            return exit;
        });

        assertThat(exit.result().code()).isEqualTo(137);
        assertThat(exit.result().signal()).isEqualTo(9);
        assertThat(exit.result().limit()).isNull();
        assertThat(harness.on(() -> cell.collect(List.of("a"), 10))).isEmpty();
        assertThat(engine.containers).isEmpty();
    }

    @Test
    void endsAProgramThatIsKilledBeforeItBegins() {
        Task task = ContainerHarness.program("sleep", "60").task();
        Cell cell = open(task);

        Cell.Exit exit = harness.on(() -> {
            cell.kill();
            return cell.run(task.program(), notes);
        });

        assertThat(exit.signal()).isEqualTo(9);
    }

    @Test
    void killsAProgramWhoseProcessesUseUpTheCpuClockTogether() {
        Task task = ContainerHarness.program("sleep", "60").task();
        Cell cell = open(task);
        Future<Cell.Exit> exit = harness.start(() -> cell.run(task.program(), notes));
        harness.on(notes::begun);

        engine.cpuNanos += ContainerHarness.LIMITS.cpuTime().toNanos() + 1_000_000;

        assertThat(exit.await().limit()).isEqualTo(Verdict.CPU_LIMIT);
        assertThat(exit.result().cpuMicros()).isEqualTo(5_001_000);
    }

    @Test
    void tellsThatOneProcessUsedUpItsCpuTime() {
        assertThat(run(ContainerHarness.program("sh", "-c", "kill -XCPU $$").task())
                        .limit())
                .isEqualTo(Verdict.CPU_LIMIT);
    }

    @Test
    void tellsThatAProgramWasKilledForItsMemory() {
        engine.isOutOfMemory = true;

        assertThat(run(ContainerHarness.program("sh", "-c", "kill -KILL $$").task())
                        .limit())
                .isEqualTo(Verdict.MEMORY_LIMIT);
    }

    @Test
    void leavesToAProgramThatWentOnHowItEnds() {
        engine.isOutOfMemory = true;

        assertThat(run(ContainerHarness.program("sh", "-c", "exit 1").task()).limit())
                .isNull();
    }

    @Test
    void tellsEveryByteOfALongOutputToASlowReader() {
        Task task =
                ContainerHarness.program("head", "-c", "3000000", "/dev/zero").task();
        Cell cell = open(task);
        Slow slow = new Slow(vertx);

        Cell.Exit exit = harness.on(() -> cell.run(task.program(), slow));

        assertThat(exit.code()).isZero();
        assertThat(slow.bytes).isEqualTo(3_000_000);
        assertThat(slow.longest).isLessThanOrEqualTo(65_536);
        assertThat(slow.overlaps).isZero();
    }

    @Test
    void understandsAnEngineThatDoesNotSayThatItUpgrades() {
        engine.upgrades = false;

        run(ContainerHarness.program("echo", "hello").task());

        assertThat(notes.out()).isEqualTo("hello\n");
    }

    @Test
    void failsWhenTheConnectionToAProgramIsCut() {
        Task task = ContainerHarness.program("sleep", "60").task();
        Cell cell = open(task);
        engine.cutsStreams = true;

        assertThatThrownBy(() -> harness.on(() -> cell.run(task.program(), notes)))
                .hasMessageContaining("cut the connection");
    }

    @Test
    void failsWhenTheStreamOfAProgramIsNonsense() {
        Task task = ContainerHarness.program("sleep", "60").task();
        Cell cell = open(task);
        engine.sendsNonsense = true;

        assertThatThrownBy(() -> harness.on(() -> cell.run(task.program(), notes)))
                .hasMessageContaining("has an output 73");
    }

    @Test
    void failsWhenTheContainerIsGone() {
        Task task = ContainerHarness.program("true").task();
        Cell cell = open(task);
        engine.containers.values().forEach(StandInContainer::remove);
        engine.containers.clear();

        assertThatThrownBy(() -> harness.on(() -> cell.run(task.program(), notes)))
                .hasMessageContaining("404, No such container");
    }

    @Test
    void failsInTimeWhenTheEngineDoesNotAnswer() {
        settings.put("LYCEUM_SANDBOX_ENGINE_TIMEOUT", "300ms");
        prove();
        engine.isSilent = true;

        assertThatThrownBy(() -> harness.on(
                        () -> cells.open(ContainerHarness.program("true").task())))
                .hasMessageContaining("timeout period of 300ms");
    }

    @Test
    void failsWhenTheEngineAnswersNonsense() {
        prove();
        engine.isBroken = true;

        assertThatThrownBy(() -> harness.on(
                        () -> cells.open(ContainerHarness.program("true").task())))
                .hasMessageContaining("decode");
    }

    @Test
    void saysWhichImageIsMissing() {
        settings.put("LYCEUM_SANDBOX_ENGINE_IMAGES", "python3=missing:1");

        assertThatThrownBy(() -> open(ContainerHarness.program("true").task()))
                .hasMessageContaining("No such image: missing:1");
    }

    @Test
    void saysThatFilesDoNotGoIn() {
        Task task = ContainerHarness.program("true").with(Map.of("a/b", "", "a", "no directory"), "");

        assertThatThrownBy(() -> open(task)).hasMessageContaining("the files do not go into the container: tar");
    }

    @Test
    void asksForAllWalls() {
        settings.put("LYCEUM_SANDBOX_ENGINE_RUNTIME", "runsc");
        settings.put("LYCEUM_SANDBOX_ENGINE_MILLICPUS", "1500");
        engine.proof = "gVisor";

        open(ContainerHarness.program("true").task());

        JsonObject container =
                engine.created.get(engine.containers.keySet().iterator().next());
        assertThat(container.getString("User")).isEqualTo("1536:1536");
        assertThat(container.getJsonArray("Entrypoint").getString(3)).isEqualTo("lyceum-cell");
        assertThat(container.getInteger("StopTimeout")).isZero();
        assertThat(container.getJsonObject("Labels").getMap())
                .isEqualTo(Map.of("lyceum", "sandbox", "lyceum-owner", "tester"));
        JsonObject host = container.getJsonObject("HostConfig");
        assertThat(host.getString("NetworkMode")).isEqualTo("none");
        assertThat(host.getBoolean("ReadonlyRootfs")).isTrue();
        assertThat(host.getJsonArray("CapDrop")).containsExactly("ALL");
        assertThat(host.getJsonArray("SecurityOpt")).containsExactly("no-new-privileges");
        assertThat(host.getString("IpcMode")).isEqualTo("private");
        assertThat(host.getString("Runtime")).isEqualTo("runsc");
        assertThat(host.getLong("Memory")).isEqualTo(64 << 20).isEqualTo(host.getLong("MemorySwap"));
        assertThat(host.getLong("NanoCpus")).isEqualTo(1_500_000_000);
        assertThat(host.getInteger("PidsLimit")).isEqualTo(16 + 8 + 256);
        assertThat(host.getLong("ShmSize")).isEqualTo(4 << 20);
        assertThat(host.getJsonObject("Tmpfs").fieldNames()).containsExactlyInAnyOrder("/w", "/tmp", "/run/cell");
        assertThat(host.getJsonObject("Tmpfs").getString("/w")).contains("nosuid", "nodev", "size=4194304");
        assertThat(host.getJsonArray("Ulimits"))
                .contains(new JsonObject().put("Name", "core").put("Soft", 0).put("Hard", 0));
    }

    @Test
    void countsProcessesByRlimitWhereTheKernelIsTheContainersOwn() {
        engine.proof = "gVisor";

        run(ContainerHarness.program("sh", "-c", "ulimit -p").task());

        assertThat(notes.out()).isEqualTo("24\n");
    }

    @Test
    void refusesAnEngineWhoseContainersHaveAHole() {
        engine.proof = "its root can be written; it has a network";

        assertThatThrownBy(this::prove)
                .hasMessage("a container is not closed: its root can be written; it has a network");
        await().until(engine.containers::isEmpty);
    }

    @Test
    void refusesAnEngineThatCannotLimitMemory() {
        engine.info.put("MemoryLimit", false);

        assertThatThrownBy(this::prove).hasMessage("the engine cannot keep limits: its MemoryLimit is false");
    }

    @Test
    void refusesAnEngineThatIsTooOld() {
        engine.version = "1.40";

        assertThatThrownBy(this::prove).hasMessage("the engine speaks version 1.40 of its API, not 1.41");
    }

    @Test
    void refusesAnEngineThatIsNotThere() {
        settings.put("LYCEUM_SANDBOX_ENGINE_URL", "unix:///nowhere/docker.sock");

        assertThatThrownBy(this::prove).hasMessageContaining("/nowhere/docker.sock");
    }

    @Test
    void sweepsWhatDeadServicesHaveLeft() {
        Instant now = Instant.now();
        engine.leave("mine", "tester", now);
        engine.leave("old", "other", now.minus(Duration.ofHours(2)));
        engine.leave("theirs", "other", now);

        prove();

        assertThat(engine.containers).containsOnlyKeys("theirs");
    }

    @Test
    void takesAContainerThatWaitsAndMakesTheNext() {
        settings.put("LYCEUM_SANDBOX_ENGINE_POOL", "1");
        prove();
        harness.on(() -> cells.open(ContainerHarness.program("true").task()));
        await().until(() -> engine.containers.size() == 2);
        List<String> known = List.copyOf(engine.containers.keySet());

        Cell cell = harness.on(
                () -> cells.open(ContainerHarness.program("touch", "here").task()));
        harness.on(
                () -> cell.run(ContainerHarness.program("touch", "here").task().program(), notes));

        assertThat(known.stream().map(engine.containers::get))
                .anyMatch(container -> Files.exists(container.directory().resolve("here")));
        await().until(() -> engine.containers.size() == 3);
        harness.on(cells::close);
        assertThat(engine.containers).isEmpty();
    }

    @Test
    void replacesAContainerThatWaitedAndIsGone() {
        settings.put("LYCEUM_SANDBOX_ENGINE_POOL", "1");
        prove();
        harness.on(() -> cells.open(ContainerHarness.program("true").task()));
        await().until(() -> engine.containers.size() == 2);
        engine.containers.values().forEach(StandInContainer::remove);
        engine.containers.clear();

        Task task = ContainerHarness.program("cat", "a").with(Map.of("a", "text"), "");
        Cell cell = harness.on(() -> cells.open(task));
        harness.on(() -> cell.run(task.program(), notes));

        assertThat(notes.out()).isEqualTo("text");
    }

    @Test
    void namesItsWalls() {
        prove();

        assertThat(cells.text())
                .isEqualTo(
                        "containers of Engine 28.2.2, each used once, on a kernel of Linux; limits by whoever runs them");
    }

    private void prove() {
        cells = harness.on(() -> ContainerCells.ofEngine(vertx, EngineConfig.from(new Settings(settings))));
    }

    private Cell open(Task task) {
        prove();
        return harness.on(() -> cells.open(task));
    }

    private Cell.Exit run(Task task) {
        Cell cell = open(task);
        return harness.on(() -> {
            Future<Cell.Exit> exit = cell.run(task.program(), notes);
            cell.write(task.stdin()).onComplete(written -> cell.end());
            return exit;
        });
    }

    private EngineStandIn.Command lastCommand() {
        return engine.commands.get("e" + engine.commands.size());
    }

    /** Takes one piece after the other, each after a while. */
    private static final class Slow implements Cell.Console {

        private final Vertx vertx;
        private boolean isBusy;
        private long bytes;
        private int longest;
        private int overlaps;

        Slow(Vertx vertx) {
            this.vertx = vertx;
        }

        @Override
        public void begin() {}

        @Override
        public Future<Void> write(lyceum.sandbox.SandboxSession.Stream stream, Buffer piece) {
            overlaps += isBusy ? 1 : 0;
            isBusy = true;
            bytes += piece.length();
            longest = Math.max(longest, piece.length());
            return vertx.timer(2).onSuccess(taken -> isBusy = false).mapEmpty();
        }
    }
}
