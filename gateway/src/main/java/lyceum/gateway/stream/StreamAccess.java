package lyceum.gateway.stream;

import java.time.Duration;
import java.util.function.Function;
import lyceum.platform.Bus;
import lyceum.stream.PullBundle;
import lyceum.stream.PullSession;
import lyceum.stream.PushSession;
import lyceum.stream.StreamService;

/**
 * stream-service: whoever is free, or the one instance that holds a session.
 *
 * @param service for what is answered at once
 * @param pushing gives a push session's instance by its name
 * @param pulling gives a pull session's instance by its name, for the question that waits up to half a lease
 * @param bundling gives the bundles of that instance, whose questions wait as long
 */
public record StreamAccess(
        StreamService service,
        Function<String, PushSession> pushing,
        Function<String, PullSession> pulling,
        Function<String, PullBundle> bundling) {

    /**
     * More than the half lease after which a reader hears that there is nothing, and than Redis may take; and no more than
     * the usual time for an answer: beyond it each question would be watched by a timer of its own.
     */
    private static final Duration SESSION_LIMIT = Duration.ofSeconds(10);

    /** @return the services, asked over the bus */
    public static StreamAccess over(Bus bus) {
        return new StreamAccess(
                bus.proxy(StreamService.class),
                instance -> bus.proxy(PushSession.class, SESSION_LIMIT, instance),
                instance -> bus.proxy(PullSession.class, SESSION_LIMIT, instance),
                instance -> bus.proxy(PullBundle.class, SESSION_LIMIT, instance));
    }
}
