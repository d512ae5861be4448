package lyceum.sandbox.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import lyceum.sandbox.SandboxService.Directory;
import lyceum.sandbox.SandboxService.Limits;
import lyceum.sandbox.SandboxService.Run;

/** A cell whose keeper was started for it; {@code cell/keeper.py} says what the two tell each other. */
final class ColdCell implements Cell {

    private static final Duration GRACE = Duration.ofSeconds(1);
    private static final int PIECE_BYTES = 65_536;
    /** Above the CPU limit of the whole: a process alone is stopped by the kernel even if nobody looks. */
    private static final long SPARE_CPU_SECONDS = 1;

    private final Vertx vertx;
    private final WorkerExecutor threads;
    private final Process keeper;
    private final Function<Limits, List<String>> walls;

    ColdCell(Vertx vertx, WorkerExecutor threads, Process keeper, Function<Limits, List<String>> walls) {
        this.vertx = vertx;
        this.threads = threads;
        this.keeper = keeper;
        this.walls = walls;
    }

    @Override
    public Future<Exit> run(Run order, Meter meter, Transcript output, Runnable begun) {
        return threads.executeBlocking(() -> tell(order, meter, output, begun), false);
    }

    @Override
    public void kill() {
        // Not Process.destroy(), which would close the streams and lose what is still to be read.
        keeper.toHandle().destroy();
        vertx.setTimer(GRACE.toMillis(), late -> keeper.toHandle().destroyForcibly());
    }

    private Exit tell(Run order, Meter meter, Transcript output, Runnable begun) throws Exception {
        try (OutputStream orders = keeper.getOutputStream();
                InputStream written = keeper.getInputStream();
                BufferedReader words = keeper.errorReader(StandardCharsets.UTF_8)) {
            orders.write(letter(order).getBytes());
            orders.flush();
            meter.admit(Long.parseLong(expect("ready", words)[1]));
            begun.run();
            orders.write('g');
            orders.flush();
            byte[] piece = new byte[PIECE_BYTES];
            for (int length = written.read(piece); length >= 0; length = written.read(piece)) {
                output.write(piece, length);
            }
            String[] done = expect("done", words);
            // It has said its last word, but is a process until it has ended too.
            keeper.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
            return new Exit(
                    Integer.parseInt(done[1]),
                    Integer.parseInt(done[2]),
                    Long.parseLong(done[3]),
                    Long.parseLong(done[4]) * 1_024);
        } finally {
            keeper.toHandle().destroyForcibly(); // where it failed; the program dies with it
        }
    }

    private Buffer letter(Run order) {
        Limits limits = order.limits();
        List<String> lines = new ArrayList<>(walls.apply(limits));
        lines.add("directory " + (order.directory() == Directory.OWN ? "/w" : "/"));
        lines.add("file_bytes " + limits.fileBytes());
        lines.add("cpu_seconds " + (limits.cpuTime().toSeconds() + SPARE_CPU_SECONDS));
        lines.add("processes " + limits.processes());
        lines.add("source_bytes " + order.source().length());
        lines.add("stdin_bytes " + order.stdin().length());
        return Buffer.buffer(String.join("\n", lines) + "\n\n")
                .appendBuffer(order.source())
                .appendBuffer(order.stdin());
    }

    private static String[] expect(String word, BufferedReader words) throws IOException {
        String line = words.readLine();
        if (line == null) {
            throw new IOException("the keeper of the cell has ended");
        }
        if (!line.startsWith(word + " ")) {
            throw new IOException("no cell could be built: " + line.replaceFirst("^failed ", ""));
        }
        return line.split(" ");
    }
}
