package lyceum.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import lyceum.platform.TestDirectory;
import lyceum.sandbox.Outcome;
import lyceum.sandbox.Verdict;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a program could do that had the socket of its cell, as each has here: nothing to anybody but itself. */
@TestInstance(Lifecycle.PER_CLASS)
class LeakyCellsTest {

    private static final String CLOSING = "        confine.close_others(())\n";
    private static final String CHILD = "        become_other(step, outfit)\n";
    private static final String LEAK = "        os.dup2(control.fileno(), 100)\n";

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final int uid = TestSandbox.freshUid();

    private Path data;
    private HostCells cells;

    @BeforeAll
    void start() throws IOException {
        data = Files.createTempDirectory("leaky-cells");
        Path scripts = CellScripts.unpack(new Unpacked(data));
        Path script = scripts.resolve("cell.py");
        String source = Files.readString(script);
        assertThat(source).contains(CLOSING, CHILD);
        Files.writeString(script, source.replace(CLOSING, "").replace(CHILD, LEAK + CHILD));
        NurserySetup setup = new NurserySetup(TestSandbox.python(), scripts, uid, List.of());
        cells = on(() -> {
                    try {
                        return Future.succeededFuture(new HostCells(vertx, setup, new Watchdog(), 2));
                    } catch (IOException e) {
                        return Future.<HostCells>failedFuture(e);
                    }
                })
                .await();
        on(cells::open).await();
    }

    @AfterAll
    void stop() {
        on(cells::close).await();
        vertx.close().await();
        TestDirectory.delete(data);
        assertThat(TestSandbox.processes(uid)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "control.send(b'over {bad\\n'); control.shutdown(socket.SHUT_WR)",
                "control.send(b'over [0, 0, 1, 1]\\n'); control.shutdown(socket.SHUT_WR)",
                "control.send(b'over [0, 0, 1, 1]\\n')",
                "control.send(b'over [-5, 99, 1, 1]\\n')",
                "control.send(b'begins 0\\n')",
                "control.send(b'waits\\n')",
                "control.send(b'terminal\\n')",
                "socket.send_fds(control, [b'directory\\n'], [0])",
                "socket.send_fds(control, [b'x\\n'], [0])",
                "control.send(b'\\xff\\xfe\\n')",
                "control.send(b'over [0, 0, 1')",
                "control.send(b'x' * 100000)"
            })
    void loseARunThatSpeaksForItsCell(String words) {
        Future<Outcome> outcome =
                run("import os, socket\ncontrol = socket.socket(fileno=100)\n%s\nos._exit(7)".formatted(words));

        assertThatThrownBy(outcome::await).isInstanceOf(IOException.class);
        assertThat(run("print('alive')").await().stdout().bytes()).hasToString("alive\n");
    }

    @Test
    void keepNoDescriptorThatAProgramPasses() throws IOException {
        Path descriptors = Path.of("/proc", "" + nursery().pid(), "fd");
        assertThat(run("print('alive')").await().verdict()).isEqualTo(Verdict.ACCEPTED);
        String script = """
                import os, socket
                control = socket.socket(fileno=100)
                try:
                    for _ in range(200):
                        socket.send_fds(control, [b"x\\n"], [0, 1, 2])
                except OSError:
                    pass
                """;

        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(run(script)::await).isInstanceOf(IOException.class);
        }

        assertThat(run("print('alive')").await().verdict()).isEqualTo(Verdict.ACCEPTED);
        try (Stream<Path> open = Files.list(descriptors)) {
            assertThat(open.count()).isLessThan(100);
        }
    }

    private ProcessHandle nursery() {
        return TestSandbox.processes(uid).stream()
                .filter(process -> TestSandbox.name(process).equals("nursery"))
                .findFirst()
                .orElseThrow();
    }

    private Future<Outcome> run(String source) {
        Task task = TestTasks.command("python3", "-c", source);
        return on(() -> new Execution(vertx, cells, task, new Transcripts(task)).start());
    }

    private <T> Future<T> on(Supplier<Future<T>> action) {
        Promise<T> promise = Promise.promise();
        context.runOnContext(go -> action.get().onComplete(promise));
        return promise.future();
    }
}
