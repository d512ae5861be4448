package lyceum.sandbox.internal;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
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

    private WorkerExecutor threads;
    private Runs runs;
    private Meters meters;

    /** @param readiness gets a check named {@code sandbox} */
    public SandboxVerticle(SandboxConfig config, Readiness readiness) {
        this.config = config;
        this.readiness = readiness;
    }

    @Override
    public Future<?> start() {
        // Each run holds one of them to its end: it waits for what the program writes.
        Duration longest = config.ceilings().time().multipliedBy(2);
        threads = vertx.createSharedWorkerExecutor(
                "lyceum-sandbox-" + context.deploymentID(),
                config.concurrency(),
                longest.toMillis(),
                TimeUnit.MILLISECONDS);
        return new GroundSearch(vertx, threads, config)
                .find()
                .map(this::standOn)
                .recover(error -> Future.succeededFuture(giveUp(error)))
                .compose(this::serve);
    }

    @Override
    public Future<?> stop() {
        if (runs == null) {
            return Future.succeededFuture();
        }
        return runs.close()
                .compose(over -> vertx.executeBlocking(() -> {
                    meters.close();
                    return null;
                }));
    }

    private SandboxService standOn(Ground ground) {
        LOG.info("runs code with {}", ground.text());
        meters = ground.meters();
        runs = new Runs(vertx, config, ground);
        return runs;
    }

    private static SandboxService giveUp(Throwable error) {
        LOG.warn("cannot run code here: {}", error.getMessage());
        return new Impossible(error.getMessage());
    }

    private Future<?> serve(SandboxService service) {
        readiness.add("sandbox", () -> service.inspect(new Inspect()).compose(SandboxVerticle::asCheck));
        Bus bus = new Bus(vertx, REPLY_TIMEOUT);
        Future<Void> listening =
                runs == null ? Future.succeededFuture() : bus.listen(SandboxService.CANCEL, runs::cancel);
        return listening.compose(heard -> bus.serve(SandboxService.class, service));
    }

    private static Future<String> asCheck(Isolation isolation) {
        return isolation.possible()
                ? Future.succeededFuture(isolation.text())
                : Future.failedFuture(new Failure(Kind.UNAVAILABLE, isolation.text()));
    }
}
