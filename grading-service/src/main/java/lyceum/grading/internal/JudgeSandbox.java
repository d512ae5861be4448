package lyceum.grading.internal;

import java.time.Duration;
import lyceum.platform.Bus;
import lyceum.sandbox.SandboxService;
import lyceum.sandbox.SandboxService.Cancellation;
import lyceum.sandbox.SandboxSession;

/** sandbox-service, as a judge asks it. */
final class JudgeSandbox {

    private final Bus bus;
    private final Duration patience;

    /** @param patience how long a program may take to begin, or to take what is written to it */
    JudgeSandbox(Bus bus, Duration patience) {
        this.bus = bus;
        this.patience = patience;
    }

    SandboxService service() {
        return bus.proxy(SandboxService.class, patience);
    }

    SandboxSession reading(String instance) {
        // Twice as long as a session keeps silent.
        return bus.proxy(SandboxSession.class, SandboxSession.LEASE, instance);
    }

    SandboxSession writing(String instance) {
        return bus.proxy(SandboxSession.class, patience, instance);
    }

    /** Kills the run that has an id, wherever it is; one that is over is none. */
    void cancel(String id) {
        bus.publish(SandboxService.CANCEL, new Cancellation(id));
    }
}
