package lyceum.grading.internal;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import lyceum.platform.Bus;
import lyceum.platform.Readiness;
import lyceum.platform.Settings;
import lyceum.platform.TestDirectory;
import lyceum.sandbox.internal.SandboxConfig;
import lyceum.sandbox.internal.SandboxVerticle;

/** A judge over a sandbox that is deployed beside it, asked over a real bus. */
final class TestJudge implements AutoCloseable {

    static final JudgeConfig CONFIG = new JudgeConfig(256 << 20, 32, 16 << 20, 64 << 10, Duration.ofSeconds(20));

    /** Nobody recalls what is judged. */
    static final Future<Void> NEVER = Promise.<Void>promise().future();

    private final Vertx vertx = Vertx.vertx();
    private final Path data;
    private final Judge judge;
    private final int uid = 1_000_000 + (int) (ProcessHandle.current().pid() % 100_000) * 100 + 99;

    TestJudge(Map<String, String> settings, JudgeConfig config) {
        try {
            data = Files.createTempDirectory("judge");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> all =
                new HashMap<>(Map.of("LYCEUM_DATA_DIR", data.toString(), "LYCEUM_SANDBOX_UID", "" + uid));
        all.putAll(settings);
        SandboxConfig sandbox = SandboxConfig.from(new Settings(all));
        vertx.deployVerticle(new SandboxVerticle(sandbox, new Readiness(), new SimpleMeterRegistry()))
                .await();
        judge = new Judge(vertx, new Bus(vertx, Duration.ofSeconds(30)), config);
    }

    Vertx vertx() {
        return vertx;
    }

    Judge judge() {
        return judge;
    }

    Judged judge(Assignment assignment) {
        return judge.judge(assignment, NEVER).await();
    }

    /** @return a hand-in to a homework whose script is {@code judge.py} */
    static Assignment assignment(Map<String, String> files, Set<String> shared, Map<String, String> student) {
        return assignment(Duration.ofSeconds(5), buffers(files), shared, buffers(student));
    }

    static Assignment assignment(
            Duration timeout, Map<String, Buffer> files, Set<String> shared, Map<String, Buffer> student) {
        return new Assignment(
                UUID.randomUUID().toString().replace("-", ""),
                "0a51c7e2f3b84d6c9e10a2b3c4d5e6f7",
                "judge.py",
                timeout,
                files,
                shared,
                student,
                null,
                null);
    }

    static Map<String, Buffer> buffers(Map<String, String> texts) {
        Map<String, Buffer> buffers = new TreeMap<>();
        texts.forEach((name, text) -> buffers.put(name, Buffer.buffer(text)));
        return buffers;
    }

    /** @return all files of a directory of test resources, by their paths below it */
    static Map<String, Buffer> tree(String directory) {
        Path root = Path.of("src/test/resources/grading", directory);
        Map<String, Buffer> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.filter(Files::isRegularFile).toList()) {
                files.put(root.relativize(path).toString(), Buffer.buffer(Files.readAllBytes(path)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    /**
     * Only root can give runs a user of their own. Whose runs are his own knows them by who has started them, for other
     * tests run programs at the same time.
     *
     * @return how many processes of runs live; those that wait for one are not counted
     */
    long programs() {
        boolean isRoot = System.getProperty("user.name").equals("root");
        try (Stream<ProcessHandle> all =
                isRoot ? ProcessHandle.allProcesses() : ProcessHandle.current().descendants()) {
            return all.mapToLong(ProcessHandle::pid)
                    .filter(pid ->
                            isRoot ? says(pid, "status", "Uid:\t" + uid + "\t") : says(pid, "cmdline", "/w/main.py"))
                    .filter(TestJudge::isProgram)
                    .count();
        }
    }

    private static boolean says(long pid, String file, String text) {
        try {
            return Files.readString(Path.of("/proc", "" + pid, file)).contains(text);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isProgram(long pid) {
        try {
            String status = Files.readString(Path.of("/proc", "" + pid, "status"));
            String name = Files.readString(Path.of("/proc", "" + pid, "comm")).strip();
            return !status.contains("State:\tZ")
                    && !Set.of("nursery", "zygote", "cell").contains(name);
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        vertx.close().await();
        TestDirectory.delete(data);
    }
}
