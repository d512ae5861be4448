package lyceum.sandbox.internal;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import lyceum.platform.Bus;
import lyceum.platform.FirstTimer;
import lyceum.platform.Readiness;
import lyceum.platform.Settings;
import lyceum.platform.TestDirectory;
import lyceum.sandbox.Limits;
import lyceum.sandbox.Outcome;
import lyceum.sandbox.Program;
import lyceum.sandbox.Program.Directory;
import lyceum.sandbox.Run;
import lyceum.sandbox.Run.Priority;
import lyceum.sandbox.Run.Streams;
import lyceum.sandbox.SandboxService;
import lyceum.sandbox.SourceFile;

/** A deployed service, asked over a real bus, whose runs have a user of their own so that they can be found. */
final class TestSandbox implements AutoCloseable {

    static final Limits LIMITS = new Limits(
            Duration.ofSeconds(10), Duration.ofSeconds(5), 256L << 20, 0, 32 << 20, 256 << 10, 768 << 10, -1);

    /** How {@code cell/nursery.py}, {@code cell/zygote.py} and {@code cell/cell.py} call themselves. */
    private static final List<String> WAITING = List.of("nursery", "zygote", "cell");

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final AtomicInteger IDS = new AtomicInteger();

    private final Vertx vertx = Vertx.vertx();
    private final FirstTimer firstTimer = new FirstTimer(vertx);
    private final Readiness readiness = new Readiness();
    private final Path data;
    private final int uid;

    TestSandbox(Map<String, String> settings) {
        this(settings, freshUid());
    }

    TestSandbox(Map<String, String> settings, int uid) {
        this.uid = uid;
        try {
            data = Files.createTempDirectory("sandbox");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> all =
                new HashMap<>(Map.of("LYCEUM_DATA_DIR", data.toString(), "LYCEUM_SANDBOX_UID", "" + uid));
        all.putAll(settings);
        SandboxVerticle verticle =
                new SandboxVerticle(SandboxConfig.from(new Settings(all)), readiness, new SimpleMeterRegistry());
        vertx.deployVerticle(verticle).await();
    }

    static int freshUid() {
        return 1_000_000 + (int) (ProcessHandle.current().pid() % 100_000) * 100 + IDS.incrementAndGet() % 100;
    }

    Bus bus() {
        return new Bus(vertx, LIMIT);
    }

    SandboxService service() {
        return bus().proxy(SandboxService.class);
    }

    Readiness readiness() {
        return readiness;
    }

    /** @return what the index of a directory of test programs tells of each */
    static Stream<JsonObject> programs(String directory) {
        return new JsonObject(resource(directory + "/index.json"))
                .getJsonArray("programs").stream().map(JsonObject.class::cast);
    }

    static Buffer source(String directory, String program) {
        return resource(directory + "/" + program + ".py");
    }

    private static Buffer resource(String name) {
        try (InputStream file = TestSandbox.class.getResourceAsStream("/" + name)) {
            return Buffer.buffer(file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return a Python program that starts in a directory of either kind */
    static Run python(String id, Buffer source, Buffer stdin, Limits limits, Directory directory) {
        String main = directory == Directory.ROOT ? "codefile.py" : "main.py";
        Program program = new Program("python3", List.of(new SourceFile(main, source)), List.of(), Map.of(), directory);
        return new Run(
                id, "", Priority.INTERACTIVE, program, stdin, Streams.JOINED, limits, Limits.OF_LANGUAGE, List.of());
    }

    Outcome run(String source) {
        return start(source, LIMITS).await();
    }

    Future<Outcome> start(String source, Limits limits) {
        String id = "run-" + IDS.incrementAndGet();
        return service().run(Run.ofLesson(id, Buffer.buffer(source), limits));
    }

    /** @return programs that live; not the nurseries, nor cells that wait */
    List<Long> programs() {
        return programs(uid);
    }

    static List<Long> programs(int uid) {
        return processes(uid).stream()
                .filter(process -> !WAITING.contains(name(process)))
                .map(ProcessHandle::pid)
                .toList();
    }

    /** @return all that lives of this service */
    List<Long> processes() {
        return processes(uid).stream().map(ProcessHandle::pid).toList();
    }

    /** @return whatever belongs to the user of the runs; where that is ourselves, whatever looks like a cell */
    static List<ProcessHandle> processes(int uid) {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.filter(process -> isOf(uid, process) || isCell(process)).toList();
        }
    }

    private static boolean isCell(ProcessHandle process) {
        String command = process.info().commandLine().orElse("");
        String user = process.info().user().orElse("");
        return !isRoot()
                && user.equals(System.getProperty("user.name"))
                && Stream.of("/launch.py", "/codefile.py", "/w/main.py", "python3 -u main.py")
                        .anyMatch(command::contains);
    }

    static String name(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", "" + process.pid(), "comm"))
                    .strip();
        } catch (IOException e) {
            return "";
        }
    }

    private static boolean isOf(int uid, ProcessHandle process) {
        try {
            List<String> status =
                    Files.readAllLines(Path.of("/proc", "" + process.pid(), "status"), StandardCharsets.ISO_8859_1);
            // A zombie is dead; it waits for the init of this machine to bury it.
            return status.stream().anyMatch(line -> line.startsWith("Uid:\t" + uid + "\t"))
                    && status.stream().noneMatch(line -> line.startsWith("State:\tZ"));
        } catch (IOException e) {
            return false;
        }
    }

    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** @return directories of control groups that belong to a service of a process */
    static List<Path> groups(long pid) {
        List<Path> found = new ArrayList<>();
        try {
            Hierarchies hierarchies = new Hierarchies(
                    Files.readAllLines(Path.of("/proc/self/cgroup")),
                    Files.readAllLines(Path.of("/proc/self/mountinfo")));
            List<Path> bases = Stream.of("memory", "pids", "cpuacct")
                    .flatMap(controller -> hierarchies.first(controller).stream())
                    .toList();
            for (Path base : bases) {
                try (DirectoryStream<Path> own = Files.newDirectoryStream(base, "lyceum-" + pid + "-*")) {
                    own.forEach(found::add);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    @Override
    public void close() {
        firstTimer.requireUntouched();
        vertx.close().await();
        TestDirectory.delete(data);
    }

    /** @return the first interpreter of this machine that programs can be run with */
    static Interpreter python() throws IOException {
        for (Path binary : SystemPython.binaries(System.getenv("PATH"))) {
            try {
                return SystemPython.describe(binary);
            } catch (IOException e) {
                // The next one may be new enough.
            }
        }
        throw new IOException("no Python that can be used");
    }
}
