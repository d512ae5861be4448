package lyceum.sandbox.internal;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lyceum.sandbox.SandboxService.Directory;
import lyceum.sandbox.SandboxService.Limits;
import lyceum.sandbox.SandboxService.Outcome;
import lyceum.sandbox.SandboxService.Run;
import lyceum.sandbox.SandboxService.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out by trying what works on this machine: each interpreter with each way of counting, the best first, until a
 * program ({@code probe.py}) has seen walls on all sides.
 */
final class GroundSearch {

    private static final Logger LOG = LoggerFactory.getLogger(GroundSearch.class);
    private static final Limits PROBE_LIMITS =
            new Limits(Duration.ofSeconds(20), Duration.ofSeconds(10), 128 << 20, 16, 1 << 20, 4_096, 0, 0);
    private static final String PASSED = "walls, ";

    private final Vertx vertx;
    private final WorkerExecutor threads;
    private final SandboxConfig config;
    private final Unpacked unpacked;
    private final List<Attempt> attempts = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();

    private Run probe;

    private interface Source {
        Interpreter get() throws IOException;
    }

    /** An interpreter is looked at when it is its turn: the bundled one is unpacked only where no other works. */
    private record Attempt(Source interpreter, Meters meters) {}

    GroundSearch(Vertx vertx, WorkerExecutor threads, SandboxConfig config) {
        this.vertx = vertx;
        this.threads = threads;
        this.config = config;
        this.unpacked = new Unpacked(config.dataDirectory().resolve("sandbox"));
    }

    /** @return the ground; fails, with one line that says why, where there is none */
    Future<Ground> find() {
        return threads.executeBlocking(this::prepare, false)
                .compose(meters -> tryFrom(0).onComplete(found -> closeOthers(meters, found)));
    }

    private List<Meters> prepare() throws IOException {
        probe = readProbe();
        unpacked.sweep();
        MetersChoice choice = new MetersChoice(config.metering());
        LOG.debug("ways to count that are not offered: {}", choice.refused());
        if (choice.offered().isEmpty()) {
            throw new IOException("no way to count what runs use: " + String.join("; ", choice.refused()));
        }
        for (Source source : sources()) {
            choice.offered().forEach(meters -> attempts.add(new Attempt(source, meters)));
        }
        return choice.offered();
    }

    private List<Source> sources() {
        List<Source> sources = new ArrayList<>();
        if (!config.python().isEmpty() && !config.python().equals(SandboxConfig.BUNDLED)) {
            return List.of(() -> SystemPython.describe(Path.of(config.python())));
        }
        if (config.python().isEmpty()) {
            String searchPath = System.getenv().getOrDefault("PATH", "");
            SystemPython.binaries(searchPath).forEach(binary -> sources.add(() -> SystemPython.describe(binary)));
        }
        sources.add(() -> BundledPython.unpack(unpacked));
        return sources;
    }

    private Future<Ground> tryFrom(int index) {
        if (index == attempts.size()) {
            return Future.failedFuture(new IOException(String.join("; ", refusals)));
        }
        return attempt(attempts.get(index)).recover(refusal -> {
            LOG.debug("no ground", refusal);
            if (!refusals.contains(refusal.getMessage())) {
                refusals.add(refusal.getMessage());
            }
            return tryFrom(index + 1);
        });
    }

    private Future<Ground> attempt(Attempt attempt) {
        return threads.executeBlocking(() -> ground(attempt), false)
                .compose(ground ->
                        new Execution(vertx, ground, probe).start().compose(outcome -> judge(ground, outcome)));
    }

    private Ground ground(Attempt attempt) throws IOException {
        Interpreter interpreter = attempt.interpreter().get();
        Path script = KeeperScript.unpack(unpacked);
        Cells cells = new ColdCells(vertx, threads, interpreter, attempt.meters(), script, config.uid());
        return new Ground(cells, attempt.meters(), interpreter.toString());
    }

    private static Run readProbe() throws IOException {
        try (InputStream file = GroundSearch.class.getResourceAsStream("probe.py")) {
            Buffer source = Buffer.buffer(file.readAllBytes());
            return new Run("probe", source, Buffer.buffer(), PROBE_LIMITS, Directory.OWN);
        }
    }

    private static Future<Ground> judge(Ground ground, Outcome outcome) {
        String text = outcome.output().toString(StandardCharsets.UTF_8).strip();
        if (outcome.verdict() != Verdict.ACCEPTED || !text.startsWith(PASSED)) {
            return Future.failedFuture(new IOException(
                    "%s ended with %s in its cell: %s".formatted(ground.text(), outcome.verdict(), text)));
        }
        String walls = "%s in namespaces of its own with a filter of system calls; %s; %s"
                .formatted(ground.text(), ground.meters().text(), text.substring(PASSED.length()));
        return Future.succeededFuture(new Ground(ground.cells(), ground.meters(), walls));
    }

    private void closeOthers(List<Meters> offered, AsyncResult<Ground> found) {
        offered.stream()
                .filter(meters -> found.failed() || found.result().meters() != meters)
                .forEach(Meters::close);
    }
}
