package lyceum.gateway.sandbox;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import lyceum.platform.Bus;
import lyceum.sandbox.SandboxService;
import lyceum.sandbox.SandboxService.Cancellation;
import lyceum.sandbox.SandboxSession;

/**
 * sandbox-service: whoever is free, or the one instance that holds a session.
 *
 * @param service for what is answered at once
 * @param patient the same, for what waits until a program has ended, or until the languages have been tried out
 * @param reading gives a session's instance by its name, for the question that is asked again and again
 * @param writing the same, for what waits until the program takes it
 * @param cancel kills the run that has an id, wherever it is; one that is over is none
 */
public record SandboxAccess(
        SandboxService service,
        SandboxService patient,
        Function<String, SandboxSession> reading,
        Function<String, SandboxSession> writing,
        Consumer<String> cancel) {

    /** @param runTimeout how long a run may take, waiting for its turn included */
    public static SandboxAccess over(Bus bus, Duration runTimeout) {
        return new SandboxAccess(
                bus.proxy(SandboxService.class),
                bus.proxy(SandboxService.class, runTimeout),
                // Twice as long as a session keeps silent.
                instance -> bus.proxy(SandboxSession.class, SandboxSession.LEASE, instance),
                instance -> bus.proxy(SandboxSession.class, runTimeout, instance),
                id -> bus.publish(SandboxService.CANCEL, new Cancellation(id)));
    }
}
