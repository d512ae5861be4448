package lyceum.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lyceum.platform.Failure;
import lyceum.platform.Settings;
import lyceum.sandbox.SandboxService.Window;
import lyceum.sandbox.SourceFile;
import lyceum.sandbox.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a stand-in: no cluster can be run on the project's machine. */
class PodsTest {

    private final Vertx vertx = Vertx.vertx();
    private final ContainerHarness harness = new ContainerHarness(vertx);
    private final Map<String, String> settings = new HashMap<>();
    private final ContainerHarness.Notes notes = new ContainerHarness.Notes();

    private ClusterStandIn cluster;
    private Cells cells;

    @BeforeEach
    void startCluster() {
        startCluster("v5.channel.k8s.io", "v4.channel.k8s.io");
        settings.put("LYCEUM_SANDBOX_POD_TOKEN", ClusterStandIn.TOKEN);
        settings.put("LYCEUM_SANDBOX_POD_POOL", "0");
        settings.put("LYCEUM_SANDBOX_POD_POOL_MOST", "0");
        settings.put("LYCEUM_SANDBOX_OWNER", "tester");
    }

    @AfterEach
    void stop() {
        cluster.isSilent = false;
        if (cells != null) {
            harness.on(cells::close);
        }
        cluster.close();
        vertx.close().await();
    }

    @ParameterizedTest
    @ValueSource(strings = {"v4.channel.k8s.io", "v5.channel.k8s.io"})
    void runsAProgramWithItsFilesAndInputInEveryVersionOfTheProtocol(String protocol) {
        cluster.close();
        startCluster(protocol);
        Task task = ContainerHarness.program("sh", "main.sh", "one & two?")
                .with(Map.of("main.sh", "echo $1, $GREETING; cat >&2; exit 3"), "a line\n");

        Cell.Exit exit = run(task);

        assertThat(notes.out()).isEqualTo("one & two?, good day\n");
        assertThat(notes.err()).isEqualTo("a line\n");
        assertThat(exit.code()).isEqualTo(3);
        assertThat(exit.limit()).isNull();
        assertThat(cluster.protocols).containsOnly(protocol);
    }

    @Test
    void tellsWhatAProgramUsed() {
        Cell.Exit exit = run(ContainerHarness.program("sh", "-c", "i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done")
                .task());

        assertThat(exit.code()).isZero();
        assertThat(exit.cpuMicros()).isBetween(20_000L, 20_000_000L);
    }

    @Test
    void joinsOutputsInTheOrderOfWriting() {
        run(ContainerHarness.program("sh", "-c", "echo 1; echo 2 >&2; echo 3").joined());

        assertThat(notes.out()).isEqualTo("1\n2\n3\n");
    }

    @Test
    void givesEachStepAContainerWithLimitsOfItsOwn() {
        Task.Step compiler = ContainerHarness.compiler("cp", "source", "made");
        Task task = ContainerHarness.program("cat", "made").after(compiler, Map.of("source", "text"));
        Cell cell = open(task);

        harness.on(() -> cell.run(compiler, new ContainerHarness.Notes()));
        harness.on(() -> cell.run(task.program(), notes));

        assertThat(notes.out()).isEqualTo("text");
        assertThat(cluster.executed).anyMatch(query -> query.startsWith("container=compile&"));
        assertThat(cluster.executed).anyMatch(query -> query.startsWith("container=run&"));
        assertThat(spec().getJsonArray("containers")).hasSize(2);
    }

    @Test
    void givesAProgramATerminal() {
        Task task = ContainerHarness.program("sh", "-c", "test -t 0 && read a && echo got $a")
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
        assertThat(cluster.resized).containsExactly("{\"Width\":80,\"Height\":24}", "{\"Width\":132,\"Height\":50}");
        assertThat(cluster.executed).anyMatch(query -> query.contains("stderr=false&tty=true"));
    }

    @Test
    void sendsLongInputInPiecesThatAreNotCut() {
        Task task = ContainerHarness.program("wc", "-c").open(null);
        Cell cell = open(task);
        Future<Cell.Exit> exit = harness.start(() -> cell.run(task.program(), notes));

        for (int piece = 0; piece < 5; piece++) {
            harness.on(() -> cell.write(Buffer.buffer("x".repeat(65_536))));
        }
        harness.on(() -> {
            cell.end();
            return exit;
        });

        assertThat(notes.out().strip()).isEqualTo("327680");
    }

    @Test
    void bringsBackPlainFiles() {
        Task task =
                ContainerHarness.program("sh", "-c", "echo one >a; ln -s a b").task();
        Cell cell = open(task);
        harness.on(() -> cell.run(task.program(), notes));

        assertThat(harness.on(() -> cell.collect(List.of("b", "a"), 100)))
                .containsExactly(new SourceFile("a", Buffer.buffer("one\n")));
    }

    @Test
    void deletesThePodOfACellThatIsKilled() {
        Task task = ContainerHarness.program("sh", "-c", "echo on; sleep 60").task();
        Cell cell = open(task);
        Future<Cell.Exit> exit = harness.start(() -> cell.run(task.program(), notes));
        await().until(() -> notes.out().equals("on\n"));

        harness.on(() -> {
            cell.kill();
            return exit;
        });

        assertThat(exit.result().signal()).isEqualTo(9);
        assertThat(cluster.pods).isEmpty();
    }

    @Test
    void tellsThatAContainerWentDownAsAWholeForItsMemory() {
        Task task = ContainerHarness.program("sh", "-c", "echo on; sleep 60").task();
        Cell cell = open(task);
        Future<Cell.Exit> exit = harness.start(() -> cell.run(task.program(), notes));
        await().until(() -> notes.out().equals("on\n"));

        cluster.isGroupKilled = true;
        cluster.failsCommands = true;
        lastCommand().kill();

        assertThat(exit.await().limit()).isEqualTo(Verdict.MEMORY_LIMIT);
        assertThat(exit.result().code()).isEqualTo(137);
    }

    @Test
    void failsWhenACommandIsCutOff() {
        Task task = ContainerHarness.program("sleep", "60").task();
        Cell cell = open(task);
        cluster.cutsCommands = true;

        assertThatThrownBy(() -> harness.on(() -> cell.run(task.program(), notes)))
                .hasMessage("the cluster cut off a command");
    }

    @Test
    void failsWhenTheConnectionBreaks() {
        cluster.close();
        startCluster(10_000, "v5.channel.k8s.io");
        Task task = ContainerHarness.program("cat").open(null);
        Cell cell = open(task);
        Future<Cell.Exit> exit = harness.start(() -> cell.run(task.program(), notes));

        harness.on(() -> cell.write(Buffer.buffer("x".repeat(20_000))));

        assertThatThrownBy(exit::await).hasMessage("the cluster cut off a command");
    }

    @Test
    void failsWhenAMessageIsTooLong() {
        Task task = ContainerHarness.program("sleep", "60").task();
        Cell cell = open(task);
        cluster.tellsTooMuch = true;

        assertThatThrownBy(() -> harness.on(() -> cell.run(task.program(), notes)))
                .hasMessageContaining("overflow");
    }

    @Test
    void failsWhenThePodIsGone() {
        Task task = ContainerHarness.program("true").task();
        Cell cell = open(task);
        cluster.failsCommands = true;

        assertThatThrownBy(() -> harness.on(() -> cell.run(task.program(), notes)))
                .hasMessageContaining("500");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"status\":\"Failure\",\"message\":\"no tell\"}",
                "{\"status\":\"Failure\",\"reason\":\"NonZeroExitCode\"}",
                "{\"status\":\"Failure\",\"reason\":\"NonZeroExitCode\","
                        + "\"details\":{\"causes\":[{\"reason\":\"ExitCode\",\"message\":\"-1\"}]}}"
            })
    void failsWhenTheStatusTellsNoExitCode(String status) {
        Task task = ContainerHarness.program("true").task();
        Cell cell = open(task);
        cluster.forgedStatus = status;

        assertThatThrownBy(() -> harness.on(() -> cell.run(task.program(), notes)))
                .hasMessageMatching("the cluster (tells no (status|exit code)|could not run a command: no tell)");
    }

    @Test
    void refusesArgumentsThatDoNotFitIntoAQuestion() {
        Task task = ContainerHarness.program("echo", "x".repeat(600_000)).task();
        Cell cell = open(task);

        assertThatThrownBy(() -> harness.on(() -> cell.run(task.program(), notes)))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.INVALID));
    }

    @Test
    void failsInTimeWhenTheClusterDoesNotAnswer() {
        settings.put("LYCEUM_SANDBOX_POD_TIMEOUT", "300ms");
        prove();
        cluster.isSilent = true;

        assertThatThrownBy(() -> harness.on(
                        () -> cells.open(ContainerHarness.program("true").task())))
                .hasMessageContaining("timeout period of 300ms");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ImagePullBackOff", "ContainerCreating"})
    void saysWhyAPodDoesNotStart(String reason) {
        settings.put("LYCEUM_SANDBOX_POD_START_LIMIT", "500ms");
        prove();
        cluster.waiting = reason;

        assertThatThrownBy(() -> harness.on(
                        () -> cells.open(ContainerHarness.program("true").task())))
                .hasMessage("a pod does not start: " + reason);
        await().until(cluster.pods::isEmpty);
    }

    @Test
    void asksForAllWalls() {
        settings.put("LYCEUM_SANDBOX_POD_OWN_USERS", "true");

        open(ContainerHarness.program("true").task());

        assertThat(cluster.pods
                        .values()
                        .iterator()
                        .next()
                        .getJsonObject("metadata")
                        .getJsonObject("labels")
                        .getMap())
                .isEqualTo(Map.of("lyceum", "sandbox", "lyceum-owner", "tester"));
        JsonObject spec = spec();
        assertThat(spec.getString("runtimeClassName")).isEqualTo("gvisor");
        assertThat(spec.getBoolean("automountServiceAccountToken")).isFalse();
        assertThat(spec.getBoolean("enableServiceLinks")).isFalse();
        assertThat(spec.getBoolean("hostUsers")).isFalse();
        assertThat(spec.getString("restartPolicy")).isEqualTo("Never");
        assertThat(spec.getInteger("terminationGracePeriodSeconds")).isZero();
        assertThat(spec.getInteger("activeDeadlineSeconds")).isEqualTo(3_600);
        JsonObject security = spec.getJsonObject("securityContext");
        assertThat(security.getBoolean("runAsNonRoot")).isTrue();
        assertThat(security.getJsonObject("seccompProfile").getString("type")).isEqualTo("RuntimeDefault");
        assertThat(spec.getJsonArray("volumes").stream()
                        .map(JsonObject.class::cast)
                        .map(volume -> volume.getString("name") + " "
                                + volume.getJsonObject("emptyDir").getString("medium") + " "
                                + volume.getJsonObject("emptyDir").getString("sizeLimit")))
                .containsExactly(
                        "w Memory 4194304", "tmp Memory 4194304", "dev-shm Memory 4194304", "run-cell Memory 1Mi");
    }

    @Test
    void asksForAllWallsOfAContainer() {
        open(ContainerHarness.program("true").task());

        JsonObject container = spec().getJsonArray("containers").getJsonObject(0);
        assertThat(container.getString("image")).isEqualTo("python:3.12-slim");
        assertThat(container.getJsonArray("command").getString(3)).isEqualTo("lyceum-cell");
        JsonObject security = container.getJsonObject("securityContext");
        assertThat(security.getBoolean("allowPrivilegeEscalation")).isFalse();
        assertThat(security.getBoolean("readOnlyRootFilesystem")).isTrue();
        assertThat(security.getJsonObject("capabilities").getJsonArray("drop")).containsExactly("ALL");
        JsonObject resources = container.getJsonObject("resources");
        assertThat(resources.getJsonObject("limits")).isEqualTo(resources.getJsonObject("requests"));
        assertThat(resources.getJsonObject("limits").getMap())
                .isEqualTo(Map.of("cpu", "1000m", "memory", "67108864", "ephemeral-storage", "16Mi"));
        assertThat(container.getJsonArray("volumeMounts").stream()
                        .map(mount -> ((JsonObject) mount).getString("mountPath")))
                .containsExactly("/w", "/tmp", "/dev/shm", "/run/cell");
    }

    @Test
    void looksAtTheWallsFromInsideWithTheAddressesThatMustBeOutOfReach() {
        prove();

        assertThat(cluster.executed.get(0))
                .contains("command=proof&command=%2Fw&command=gVisor&command=127.0.0.1&command=" + cluster.port()
                        + "&command=169.254.169.254&command=80");
        assertThat(cells.text())
                .isEqualTo("pods of class gvisor, each used once, on a kernel of gVisor; limits by whoever runs them");
    }

    @Test
    void refusesAClusterWhosePodsHaveAHole() {
        cluster.proof = "it reaches 10.0.0.1";

        assertThatThrownBy(this::prove).hasMessage("a container is not closed: it reaches 10.0.0.1");
        await().until(cluster.pods::isEmpty);
    }

    @Test
    void refusesAClusterThatDoesNotKnowUs() {
        cluster.token = "another";

        assertThatThrownBy(this::prove).hasMessageContaining("401, Unauthorized");
    }

    @Test
    void readsATokenThatIsRenewed(@TempDir Path home) throws IOException {
        Path file = home.resolve("token");
        Files.writeString(file, ClusterStandIn.TOKEN + "\n");
        settings.remove("LYCEUM_SANDBOX_POD_TOKEN");
        settings.put("LYCEUM_SANDBOX_POD_TOKEN_FILE", file.toString());
        prove();

        cluster.token = "renewed";
        Files.writeString(file, "renewed");

        assertThat(harness.on(() -> cells.open(ContainerHarness.program("true").task())))
                .isNotNull();
    }

    @Test
    void sweepsWhatDeadServicesHaveLeft() {
        Instant now = Instant.now();
        cluster.leave("mine", "tester", now);
        cluster.leave("old", "other", now.minus(Duration.ofHours(2)));
        cluster.leave("theirs", "other", now);

        prove();

        assertThat(cluster.pods).containsOnlyKeys("theirs");
    }

    @Test
    void keepsPodsReadyForWhatWasRunLately() {
        settings.put("LYCEUM_SANDBOX_POD_POOL", "2");
        prove();

        harness.on(() -> cells.open(ContainerHarness.program("true").task()));

        await().until(() -> cluster.pods.size() == 3);
        harness.on(cells::close);
        await().until(cluster.pods::isEmpty);
    }

    private void startCluster(String... protocols) {
        startCluster(40_000, protocols);
    }

    private void startCluster(int longestFrame, String... protocols) {
        cluster = new ClusterStandIn(vertx, longestFrame, protocols);
        settings.put("LYCEUM_SANDBOX_POD_API", "http://127.0.0.1:" + cluster.port());
    }

    private void prove() {
        cells = harness.on(() -> ContainerCells.ofPods(vertx, PodConfig.from(new Settings(settings))));
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

    private JsonObject spec() {
        return cluster.pods.values().iterator().next().getJsonObject("spec");
    }

    private StandInContainer.Running lastCommand() {
        List<StandInContainer.Running> commands =
                cluster.containers.values().iterator().next().commands;
        return commands.get(commands.size() - 1);
    }
}
