package lyceum.gateway.recording;

import java.time.Duration;
import java.util.function.Function;
import lyceum.platform.Bus;
import lyceum.stream.RecordingService;
import lyceum.stream.ReplaySession;

/**
 * What stream-service knows of recordings: whoever is free, or the one instance that holds a replay.
 *
 * @param service a recording may have many thousand files to be looked at, and one that was stopped is to be written first
 * @param replaying gives a replay's instance by its name, for the question that waits up to half a lease
 */
record RecordingAccess(RecordingService service, Function<String, ReplaySession> replaying) {

    /** A recording that was stopped is to be written first. */
    static final Duration LIMIT = Duration.ofSeconds(30);

    /** @return the services, asked over the bus */
    static RecordingAccess over(Bus bus) {
        return new RecordingAccess(
                bus.proxy(RecordingService.class, LIMIT),
                instance -> bus.proxy(ReplaySession.class, ReplaySession.LEASE, instance));
    }
}
