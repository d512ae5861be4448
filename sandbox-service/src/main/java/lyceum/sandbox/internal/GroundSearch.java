package lyceum.sandbox.internal;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lyceum.platform.Settings;
import lyceum.sandbox.Limits;
import lyceum.sandbox.Outcome;
import lyceum.sandbox.Program.Directory;
import lyceum.sandbox.Run.Streams;
import lyceum.sandbox.SandboxSession.Stage;
import lyceum.sandbox.SourceFile;
import lyceum.sandbox.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out by trying what works on this machine: each interpreter with each way of counting, the best first, until a
 * program ({@code probe.py}) has seen walls on all sides.
 */
final class GroundSearch {

    private static final Logger LOG = LoggerFactory.getLogger(GroundSearch.class);
    private static final Limits PROBE_LIMITS =
            new Limits(Duration.ofSeconds(20), Duration.ofSeconds(10), 128 << 20, 16, 1 << 20, 4_096, 0, -1);
    private static final String PASSED = "walls, ";

    private final Vertx vertx;
    private final SandboxConfig config;
    private final List<String> paths;
    private final Unpacked unpacked;
    private final List<Attempt> attempts = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();

    private Task probe;

    private interface Source {
        Interpreter get() throws IOException;
    }

    /** An interpreter is looked at when it is its turn: the bundled one is unpacked only where no other works. */
    private record Attempt(Source interpreter, Meters meters) {}

    private record Standing(HostCells cells, Interpreter interpreter, Meters meters) {}

    /** @param paths of the host that cells show, for the tools of languages */
    GroundSearch(Vertx vertx, SandboxConfig config, List<String> paths) {
        this.vertx = vertx;
        this.config = config;
        this.paths = paths;
        this.unpacked = new Unpacked(config.dataDirectory().resolve("sandbox"));
    }

    /** @return the ground; fails, with one line that says why, where there is none */
    Future<Ground> find() {
        return vertx.executeBlocking(this::prepare, false)
                .compose(offered -> tryFrom(0).onComplete(found -> closeOthers(offered, found)))
                .map(found -> found.ground);
    }

    private record Found(Ground ground, Meters meters) {}

    private List<Meters> prepare() throws IOException {
        probe = readProbe();
        unpacked.sweep();
        Birth.sweep();
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
        if (!config.python().isEmpty() && !config.python().equals(Settings.BUNDLED)) {
            return List.of(() -> SystemPython.describe(Path.of(config.python())));
        }
        if (config.python().isEmpty()) {
            String searchPath = System.getenv().getOrDefault("PATH", "");
            SystemPython.binaries(searchPath).forEach(binary -> sources.add(() -> SystemPython.describe(binary)));
        }
        sources.add(() -> BundledPython.unpack(unpacked));
        return sources;
    }

    private Future<Found> tryFrom(int index) {
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

    private Future<Found> attempt(Attempt attempt) {
        return vertx.executeBlocking(() -> setUp(attempt), false)
                .map(setup -> new Standing(
                        new HostCells(vertx, setup, attempt.meters(), config.pool()),
                        setup.interpreter(),
                        attempt.meters()))
                .compose(standing -> prove(standing)
                        .recover(refusal -> standing.cells.stop().transform(gone -> Future.failedFuture(refusal))));
    }

    private NurserySetup setUp(Attempt attempt) throws IOException {
        Interpreter interpreter = attempt.interpreter().get();
        return new NurserySetup(interpreter, CellScripts.unpack(unpacked), config.uid(), paths);
    }

    private Future<Found> prove(Standing standing) {
        return standing.cells
                .open()
                .compose(opened -> new Execution(vertx, standing.cells, probe, new Transcripts(probe)).start())
                .compose(outcome -> judge(standing, outcome));
    }

    private static Task readProbe() throws IOException {
        try (InputStream file = GroundSearch.class.getResourceAsStream("probe.py")) {
            String main = "main.py";
            return new Task(
                    "probe",
                    "python3",
                    List.of(new SourceFile(main, Buffer.buffer(file.readAllBytes()))),
                    Directory.OWN,
                    Map.of(),
                    List.of(new Task.Step(Stage.RUN, List.of("python3", "-u", main), true, PROBE_LIMITS)),
                    Streams.JOINED,
                    null,
                    Buffer.buffer(),
                    false,
                    List.of());
        }
    }

    private static Future<Found> judge(Standing standing, Outcome outcome) {
        String text = outcome.stdout().bytes().toString(StandardCharsets.UTF_8).strip();
        if (outcome.verdict() != Verdict.ACCEPTED || !text.startsWith(PASSED)) {
            return Future.failedFuture(new IOException(
                    "%s ended with %s in its cell: %s".formatted(standing.interpreter, outcome.verdict(), text)));
        }
        String walls = "%s; %s".formatted(standing.cells.text(), text.substring(PASSED.length()));
        Ground ground = new Ground(standing.cells, standing.interpreter.version(), walls);
        return Future.succeededFuture(new Found(ground, standing.meters));
    }

    private static void closeOthers(List<Meters> offered, AsyncResult<Found> found) {
        offered.stream()
                .filter(meters -> found.failed() || found.result().meters() != meters)
                .forEach(Meters::close);
    }
}
