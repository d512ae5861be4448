package lyceum.sandbox.internal;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import lyceum.sandbox.*;
import lyceum.sandbox.Program.Directory;
import lyceum.sandbox.Run.Streams;
import lyceum.sandbox.SandboxSession.Stage;
import lyceum.sandbox.internal.SandboxConfig.Metering;
import org.junit.jupiter.api.Test;

class HostCellsTest {
    static final Limits LIMITS = new Limits(
            Duration.ofSeconds(10), Duration.ofSeconds(5), 256L << 20, 32, 32 << 20, 256 << 10, 768 << 10, -1);

    @Test
    void tries() throws Exception {
        Vertx vertx = Vertx.vertx();
        Path data = Files.createTempDirectory("sb");
        Unpacked unpacked = new Unpacked(data);
        Interpreter python = SystemPython.describe(Path.of("/usr/bin/python3"));
        Meters meters = new MetersChoice(Metering.AUTO).offered().get(0);
        HostCells[] cells = new HostCells[1];
        NurserySetup setup =
                new NurserySetup(python, CellScripts.unpack(unpacked), 60999, List.of("/etc/alternatives"));
        var ctx = vertx.getOrCreateContext();
        io.vertx.core.Promise<Void> p = io.vertx.core.Promise.promise();
        ctx.runOnContext(v -> {
            cells[0] = new HostCells(vertx, setup, meters, 8);
            cells[0].open().onComplete(p);
        });
        p.future().await();
        for (Directory d : Directory.values()) {
            System.out.println(run(
                    ctx,
                    vertx,
                    cells[0],
                    d,
                    "import os,sys\nprint('hello', os.getpid(), os.getcwd(), sys.argv, sys.path, os.listdir('/'), dict(os.environ))\nprint(open('/proc/self/status').read().count('x'), file=sys.stderr)\nimport traceback; traceback.print_stack(); raise SystemExit(3)",
                    true));
            System.out.println(run(ctx, vertx, cells[0], d, "def f():\n  return 1/0\nf()", true));
            System.out.println(run(ctx, vertx, cells[0], d, "print(input())", true));
            System.out.println(run(ctx, vertx, cells[0], d, "print(input())", false));
            System.out.println(run(ctx, vertx, cells[0], d, "a=[]\nwhile True: a.append('x'*1000000)", true));
        }
        for (int k = 0; k < 3; k++) {
            long t = System.nanoTime();
            for (int i = 0; i < 200; i++) run(ctx, vertx, cells[0], Directory.OWN, "print('hello')", true);
            System.out.println("ms per run " + (System.nanoTime() - t) / 200 / 1e6);
        }
        vertx.close().await();
    }

    static Outcome run(
            io.vertx.core.Context ctx, Vertx vertx, Cells cells, Directory d, String source, boolean inplace) {
        io.vertx.core.Promise<Outcome> out = io.vertx.core.Promise.promise();
        String name = d == Directory.ROOT ? "codefile.py" : "main.py";
        Task task = new Task(
                "x",
                "python3",
                List.of(new SourceFile(name, Buffer.buffer(source))),
                d,
                Map.of("A", "b"),
                List.of(new Task.Step(Stage.RUN, List.of("/usr/bin/python3", "-u", name, "arg"), inplace, LIMITS)),
                Streams.JOINED,
                null,
                Buffer.buffer("in"),
                false,
                List.of());
        ctx.runOnContext(v ->
                new Execution(vertx, cells, task, new Transcripts(task)).start().onComplete(out));
        return out.future().await();
    }
}
