package lyceum.sandbox.internal;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lyceum.platform.Bus;
import lyceum.platform.Settings;
import lyceum.sandbox.Limits;
import lyceum.sandbox.Program;
import lyceum.sandbox.Run;
import lyceum.sandbox.Run.Priority;
import lyceum.sandbox.SandboxService;
import lyceum.sandbox.SandboxService.Cancellation;
import lyceum.sandbox.SourceFile;

/** The service as it is, with cells that only pretend, asked over a real bus. */
final class FakeSandbox implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Vertx vertx = Vertx.vertx();
    private final FakeCells cells = new FakeCells();
    private final FakeLanguages languages = new FakeLanguages();
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final String deployment;

    /** Without a store. */
    FakeSandbox(Map<String, String> settings) {
        this(settings, "");
    }

    /** @param postgresUrl where submissions are stored */
    FakeSandbox(Map<String, String> settings, String postgresUrl) {
        SandboxConfig config = SandboxConfig.from(new Settings(settings), postgresUrl);
        deployment = vertx.deployVerticle(new VerticleBase() {
                    private Sandbox sandbox;

                    @Override
                    public Future<?> start() {
                        sandbox = new Sandbox(
                                vertx, config, new Ground(cells, "3.0", cells.text()), languages, bus(), meters);
                        return sandbox.open();
                    }

                    @Override
                    public Future<?> stop() {
                        return sandbox.close();
                    }
                })
                .await();
    }

    Bus bus() {
        return new Bus(vertx, LIMIT);
    }

    SandboxService service() {
        return bus().proxy(SandboxService.class);
    }

    FakeCells cells() {
        return cells;
    }

    FakeLanguages languages() {
        return languages;
    }

    MeterRegistry meters() {
        return meters;
    }

    /** Stops the service, but not the bus. */
    void undeploy() {
        vertx.undeploy(deployment).await();
    }

    void cancel(String id) {
        bus().publish(SandboxService.CANCEL, new Cancellation(id));
    }

    /** @return an interactive run of nobody */
    static Run run(String id, String script) {
        return run(id, "", Priority.INTERACTIVE, script);
    }

    static Run run(String id, String caller, Priority priority, String script) {
        return run(id, caller, priority, "script", script);
    }

    /** @param scripts of the program, and of its compiler where the language has one */
    static Run run(String id, String caller, Priority priority, String language, String... scripts) {
        List<SourceFile> files = new ArrayList<>();
        for (String script : scripts) {
            files.add(new SourceFile("file" + files.size(), Buffer.buffer(script)));
        }
        return new Run(
                id,
                caller,
                priority,
                new Program(language, files, List.of(), Map.of(), Program.Directory.OWN),
                Buffer.buffer(),
                Run.Streams.APART,
                Limits.OF_LANGUAGE,
                Limits.OF_LANGUAGE,
                List.of());
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
