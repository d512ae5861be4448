package lyceum.stream;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import lyceum.stream.StreamService.Done;

/**
 * A recording that is appended to streams once more, at the instance that holds the session. It begins when the session
 * is opened, and ends at once with the session.
 */
public interface ReplaySession {

    /** How long a session lives that nobody asks. */
    Duration LEASE = Duration.ofSeconds(15);

    /**
     * Waits until it is time for the next message about the replay; one question at a time.
     *
     * @return the message; NOTHING after half the lease, so that the listener shows it is there. Or NOT_FOUND without
     *     such a session (any more), CONFLICT where another question waits, INVALID where the recording is broken,
     *     UNAVAILABLE where Redis does not answer; with these last two it is over
     */
    Future<ReplayEvent> readReplay(ReadReplay question);

    /** Ends a session; an unknown one is left alone. */
    Future<Done> closeReplay(CloseReplay order);

    /** Asks how it goes on. */
    record ReadReplay(String id) {}

    /** Gives up a session. */
    record CloseReplay(String id) {}

    /** What there is to tell. */
    enum Kind {
        /** How far it is. */
        PROGRESS,
        /** How far it came; there is nothing behind. */
        LAST,
        /** Nothing yet. */
        NOTHING,
        /** The instance stops, and the replay with it. */
        STOPPED
    }

    /** @param progress of PROGRESS and LAST, else null */
    record ReplayEvent(Kind kind, Progress progress) {}

    /**
     * How far a replay is, by the names that streams have in the recording.
     *
     * @param updates how many entries since the message before, where there were any
     * @param active streams that have more
     * @param durations seconds from the first entry to the last
     * @param current seconds from the first entry to the last one that was appended, where there was one
     */
    record Progress(
            Map<String, Long> updates,
            List<String> active,
            Map<String, Double> durations,
            Map<String, Double> current) {}
}
