package lyceum.stream;

import io.vertx.core.Future;
import java.time.Duration;
import lyceum.stream.StreamService.Done;

/**
 * What one reader gets of its streams, at the instance that holds the session. The reader pulls: who asks late skips
 * entries, or reads them from Redis, and holds up nobody. Acknowledged reading is to ask after the acknowledgement, and
 * to keep the session meanwhile.
 */
public interface PullSession {

    /** How long a session lives that nobody asks. */
    Duration LEASE = Duration.ofSeconds(15);

    /**
     * Waits for the next delivery, or fetches the next part of the last one; one question at a time.
     *
     * @return what happened; NOTHING after half the lease, so that the reader shows it is alive. Or NOT_FOUND without
     *     such a session (any more), CONFLICT where another question waits, UNAVAILABLE where Redis does not answer,
     *     BUSY where this instance holds too many bytes or too many entries wait to be converted; after these two the
     *     same may be asked again, and nothing was skipped
     */
    Future<PullEvent> readPull(ReadPull question);

    /** Shows that the reader is alive but does not want more yet. @return done; or NOT_FOUND without such a session */
    Future<Done> keepPull(KeepPull order);

    /** Ends a session; an unknown one is left alone. */
    Future<Done> closePull(ClosePull order);

    /** Asks what is next. */
    record ReadPull(String id) {}

    /** Keeps a session. */
    record KeepPull(String id) {}

    /** Gives up a session. */
    record ClosePull(String id) {}

    /** What happened. */
    enum Kind {
        /** Entries, or the next part of them. */
        DELIVERED,
        /** Nothing, for a while. */
        NOTHING,
        /** Nothing for so long that the session is over. */
        IDLE,
        /** The instance stops; another one goes on behind the last id. */
        STOPPED
    }

    /** @param delivery of DELIVERED, else null */
    record PullEvent(Kind kind, Delivery delivery) {}
}
