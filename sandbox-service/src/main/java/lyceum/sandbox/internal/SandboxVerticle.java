package lyceum.sandbox.internal;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import lyceum.platform.Readiness;

/** sandbox-service: finds ground to stand on and opens the service to the bus; also where there is none, to say so. */
public final class SandboxVerticle extends VerticleBase {

    /** @param readiness gets a check named {@code sandbox} */
    public SandboxVerticle(SandboxConfig config, Readiness readiness) {}

    @Override
    public Future<?> start() {
        return Future.failedFuture("being rebuilt");
    }
}
