package lyceum.gateway;

import java.util.function.Function;
import lyceum.platform.Bus;
import lyceum.stream.PullSession;
import lyceum.stream.PushSession;
import lyceum.stream.StreamService;

/**
 * stream-service: whoever is free, or the one instance that holds a session.
 *
 * @param service for what is answered at once
 * @param pushing gives a push session's instance by its name
 * @param pulling gives a pull session's instance by its name, for the question that waits up to half a lease
 */
record StreamAccess(
        StreamService service, Function<String, PushSession> pushing, Function<String, PullSession> pulling) {

    static StreamAccess over(Bus bus) {
        return new StreamAccess(
                bus.proxy(StreamService.class),
                instance -> bus.proxy(PushSession.class, PushSession.LEASE, instance),
                instance -> bus.proxy(PullSession.class, PullSession.LEASE, instance));
    }
}
