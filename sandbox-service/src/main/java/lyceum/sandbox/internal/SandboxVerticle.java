package lyceum.sandbox.internal;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.InstantSource;
import lyceum.platform.Bus;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.platform.Readiness;
import lyceum.sandbox.SandboxService;
import lyceum.sandbox.SandboxService.Inspect;
import lyceum.sandbox.SandboxService.Isolation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** sandbox-service: finds ground to stand on and opens the service to the bus; also where there is none, to say so. */
public final class SandboxVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(SandboxVerticle.class);
    private static final Duration REPLY_TIMEOUT = Duration.ofSeconds(30);

    private final SandboxConfig config;
    private final Readiness readiness;
    private final MeterRegistry meters;

    private LanguageShelf shelf;
    private Cells cells;
    private Sandbox sandbox;

    /**
     * @param readiness gets a check named {@code sandbox}
     * @param meters get what is counted of runs
     */
    public SandboxVerticle(SandboxConfig config, Readiness readiness, MeterRegistry meters) {
        this.config = config;
        this.readiness = readiness;
        this.meters = meters;
    }

    @Override
    public Future<?> start() {
        Bus bus = new Bus(vertx, REPLY_TIMEOUT);
        return vertx.executeBlocking(() -> LanguageShelf.read(config.languagesDirectory()))
                .onSuccess(read -> shelf = read)
                .compose(read -> ground())
                .transform(found -> found.succeeded() ? standOn(found.result(), bus) : giveUp(found.cause(), bus));
    }

    @Override
    public Future<?> stop() {
        return sandbox == null ? Future.succeededFuture() : sandbox.close().eventually(cells::close);
    }

    private Future<Ground> ground() {
        BackendConfig backend = config.backend();
        return switch (backend.backend()) {
            case PROCESS -> new GroundSearch(vertx, config, shelf.paths()).find();
            case ENGINE -> ContainerCells.ofEngine(vertx, backend.engine()).map(Ground::of);
            case KUBERNETES -> ContainerCells.ofPods(vertx, backend.pods()).map(Ground::of);
        };
    }

    private Future<Void> standOn(Ground ground, Bus bus) {
        LOG.info("runs code with {}", ground.text());
        cells = ground.cells();
        sandbox = new Sandbox(vertx, config, ground, languages(ground), bus, meters);
        answerFor(sandbox);
        return sandbox.open();
    }

    private Languages languages(Ground ground) {
        LanguageProbe probe = new LanguageProbe(vertx, ground.cells(), config.ceilings());
        Detections detections = new Detections(probe::probe, InstantSource.system());
        return new LanguageCatalog(shelf, config.ceilings(), detections, ground.pythonVersion());
    }

    private Future<Void> giveUp(Throwable error, Bus bus) {
        LOG.warn("cannot run code here: {}", error.getMessage());
        SandboxService impossible = new Impossible(error.getMessage());
        answerFor(impossible);
        return bus.serve(SandboxService.class, impossible);
    }

    private void answerFor(SandboxService service) {
        readiness.add("sandbox", () -> service.inspect(new Inspect()).compose(SandboxVerticle::asCheck));
    }

    private static Future<String> asCheck(Isolation isolation) {
        return isolation.possible()
                ? Future.succeededFuture(isolation.text())
                : Future.failedFuture(new Failure(Kind.UNAVAILABLE, isolation.text()));
    }
}
