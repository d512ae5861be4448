package lyceum.sandbox.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.nio.file.Path;
import java.util.List;
import lyceum.sandbox.SandboxService.Limits;

/** Cells that are started when they are asked for: one keeper process each. */
final class ColdCells implements Cells {

    private final Vertx vertx;
    private final WorkerExecutor threads;
    private final Interpreter interpreter;
    private final Meters meters;
    private final List<String> command;
    private final int uid;
    private final String filter = SeccompFilter.text();

    /**
     * @param threads at least one for each cell that runs: it reads what the program writes
     * @param script where {@link KeeperScript} lies
     * @param uid whom a keeper of root becomes
     */
    ColdCells(Vertx vertx, WorkerExecutor threads, Interpreter interpreter, Meters meters, Path script, int uid) {
        this.vertx = vertx;
        this.threads = threads;
        this.interpreter = interpreter;
        this.meters = meters;
        // Isolated but for the directory of the script: no environment, no user's packages, no site.
        this.command = List.of(interpreter.executable().toString(), "-E", "-s", "-S", script.toString());
        this.uid = uid;
    }

    @Override
    public Future<Cell> open() {
        return threads.executeBlocking(this::start, false);
    }

    private Cell start() throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(Path.of("/").toFile());
        builder.environment().clear();
        return new ColdCell(vertx, threads, builder.start(), this::walls);
    }

    private List<String> walls(Limits limits) {
        return List.of(
                "uid " + uid,
                "home_from " + (interpreter.home() == null ? "" : interpreter.home()),
                "home_to " + interpreter.homeInside(),
                "program " + interpreter.executableInside(),
                "version " + interpreter.version(),
                "address_bytes " + meters.addressBytes(limits),
                "filter " + filter);
    }
}
