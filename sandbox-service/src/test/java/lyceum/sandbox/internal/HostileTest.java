package lyceum.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import lyceum.sandbox.Limits;
import lyceum.sandbox.Outcome;
import lyceum.sandbox.Program.Directory;
import lyceum.sandbox.Verdict;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every program of {@code hostile/} is contained, whoever counts what it uses and wherever it starts. What each may do,
 * and what must be true outside, is told by {@code hostile/index.json}.
 */
class HostileTest {

    private static final JsonObject INDEX = new JsonObject(resource("index.json"));
    private static final Limits LIMITS =
            new Limits(Duration.ofSeconds(3), Duration.ofSeconds(2), 128L << 20, 32, 32 << 20, 65_536, 0, 131_072);
    private static final String CANARY = System.getenv("HOSTILE_CANARY");
    private static final Path CANARY_FILE = Path.of("/tmp/hostile-canary.txt");
    private static final int LISTENED_PORT = 18_099;
    private static final int BOUND_PORT = 18_098;
    private static final List<Path> TRACES = Stream.of(
                    "/tmp/hostile-daemon-alive",
                    "/dev/shm/hostile-daemon-alive",
                    "/etc/hostile-was-here",
                    "/usr/hostile-was-here",
                    "/hostile-was-here",
                    "/tmp/.hostile-mark",
                    "/dev/shm/.hostile-mark")
            .map(Path::of)
            .toList();

    private TestSandbox sandbox;
    private ServerSocket listener;

    @BeforeEach
    void plantCanaries() throws IOException {
        assertThat(CANARY).isNotBlank();
        Files.writeString(CANARY_FILE, CANARY);
        listener = new ServerSocket(LISTENED_PORT, 50, InetAddress.getLoopbackAddress());
        listener.setSoTimeout(1);
    }

    @AfterEach
    void leavesNothing() throws IOException {
        assertThat(sandbox.run("print('hello')").usage().wallTimeMillis()).isLessThan(2_000);
        Awaitility.await()
                .atMost(Duration.ofMillis(500))
                .until(() -> sandbox.programs().isEmpty());
        sandbox.close();
        assertThat(sandbox.processes()).isEmpty();
        assertThat(TestSandbox.groups(ProcessHandle.current().pid())).isEmpty();
        assertThat(TRACES).noneMatch(Files::exists);
        Files.delete(CANARY_FILE);
        listener.close();
    }

    @TestFactory
    Stream<DynamicNode> isContainedInADirectoryOfItsOwn() {
        sandbox = new TestSandbox(Map.of("LYCEUM_SANDBOX_CONCURRENCY", "4"));
        return programs(Directory.OWN, program -> true);
    }

    @TestFactory
    Stream<DynamicNode> isContainedByTheWatchdogToo() {
        sandbox = new TestSandbox(Map.of("LYCEUM_SANDBOX_CONCURRENCY", "4", "LYCEUM_SANDBOX_METERING", "watchdog"));
        // Its own directory is the root here, so that one is told apart below.
        return programs(Directory.ROOT, program -> !program.equals("fs_write_outside"));
    }

    @Test
    void writesOnlyToItsOwnRootWhereThatIsItsDirectory() {
        sandbox = new TestSandbox(Map.of());

        assertThat(start("fs_write_outside", "", Directory.ROOT)
                        .await()
                        .stdout()
                        .bytes())
                .hasToString("ESCAPED: /hostile-was-here\n");
    }

    private Stream<DynamicNode> programs(Directory directory, Predicate<String> wanted) {
        // All are started now; the service itself lets a few run at a time.
        return INDEX.getJsonArray("programs").stream()
                .map(JsonObject.class::cast)
                .filter(program -> wanted.test(program.getString("name")))
                .flatMap(program -> Stream.generate(() -> program).limit(program.getInteger("runs", 1)))
                .map(program -> test(program, directory))
                .toList()
                .stream();
    }

    private DynamicNode test(JsonObject program, Directory directory) {
        String name = program.getString("name");
        Future<Outcome> outcome = start(name, program.getString("stdin", ""), directory);
        return dynamicTest(name, () -> {
            while (!outcome.isComplete()) {
                assertNothingListens();
            }
            judge(program, outcome.await());
        });
    }

    private Future<Outcome> start(String name, String stdin, Directory directory) {
        Buffer source = Buffer.buffer(resource(name + ".py"));
        String id = name + "-" + System.nanoTime();
        return sandbox.service().run(TestSandbox.python(id, source, Buffer.buffer(stdin), LIMITS, directory));
    }

    private void judge(JsonObject program, Outcome outcome) {
        String output = outcome.stdout().bytes().toString();
        assertThat(output).doesNotContain("ESCAPED", "REFUSED", CANARY);
        assertThat(program.getJsonArray("verdict_any_of")).as(output).contains(indexed(outcome.verdict()));
        texts(program, "stdout_must_contain").forEach(text -> assertThat(output).contains(text));
        texts(program, "stdout_must_not_contain")
                .forEach(text -> assertThat(output).doesNotContain(text));
        if (outcome.verdict() != Verdict.MEMORY_LIMIT) {
            // out_one_huge_write holds twice what it wants to write, which is more than it may, before it writes.
            assertThat(output).startsWith(program.getString("stdout_prefix", ""));
        }
        if (program.containsKey("exit_code")) {
            assertThat(outcome.exitCode()).isEqualTo(program.getInteger("exit_code"));
        }
        assertThat(outcome.usage().wallTimeMillis()).isLessThanOrEqualTo(wallLimit(program));
        assertThat(outcome.usage().peakMemoryBytes()).isLessThanOrEqualTo(LIMITS.memoryBytes() + (64L << 20));
        assertThat(outcome.stdout().bytes().length()).isLessThan(LIMITS.outputHeadBytes() + 100);
        assertThat(outcome.signal()).isEqualTo(outside(program, "signal_reported:11") ? 11 : outcome.signal());
        assertThat(listener).satisfies(HostileTest::assertNobodyCame);
    }

    /** The index has one name for both clocks. */
    private static String indexed(Verdict verdict) {
        Verdict known = verdict == Verdict.CPU_LIMIT ? Verdict.TIME_LIMIT : verdict;
        return known.name().toLowerCase(Locale.ROOT);
    }

    private static long wallLimit(JsonObject program) {
        return outside(program, "result_within_ms:1500")
                ? 1_500
                : LIMITS.wallTime().toMillis() + 1_000;
    }

    private static boolean outside(JsonObject program, String check) {
        return program.getJsonArray("outside").contains(check);
    }

    private static List<String> texts(JsonObject program, String key) {
        return program.getJsonArray(key, new JsonArray()).stream()
                .map(String.class::cast)
                .toList();
    }

    private static void assertNothingListens() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), BOUND_PORT)) {
            assertThat(socket.isConnected()).as("reached a program's port").isFalse();
        } catch (ConnectException refused) {
            Thread.onSpinWait();
        }
    }

    private static void assertNobodyCame(ServerSocket listener) throws IOException {
        try (Socket caller = listener.accept()) {
            assertThat(caller).as("a program has reached the host").isNull();
        } catch (SocketTimeoutException nobody) {
            assertThat(nobody).isNotNull();
        }
    }

    private static String resource(String name) {
        try (InputStream file = HostileTest.class.getResourceAsStream("/hostile/" + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
