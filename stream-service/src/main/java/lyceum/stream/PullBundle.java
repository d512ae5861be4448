package lyceum.stream;

import io.vertx.core.Future;
import java.util.List;
import lyceum.platform.Failure;
import lyceum.stream.PullSession.PullEvent;
import lyceum.stream.StreamService.Done;

/**
 * Sessions that one asker reads together, at the instance that holds them. A class that watches a camera through one gateway
 * then costs one question, one answer and the bytes of one picture each time, and not as many as are watching.
 */
public interface PullBundle {

    /**
     * Opens a bundle, which lives as long without a question as a session does.
     *
     * @return its id; or BUSY where there are too many
     */
    Future<OpenedBundle> openBundle(OpenBundle order);

    /**
     * Asks some sessions what is next, as {@link PullSession#readPull} does, and waits until something has happened in any that
     * has been asked so far. A question of the same bundle that waits already is answered then, perhaps with nothing; a session
     * that waits already goes on waiting.
     *
     * <p>What is told is told once: who gets no answer must take the bundle for lost, and read on behind the last ids.
     *
     * @return what has happened, of as much as one message can have; nothing after half the
     *     lease, so that the asker shows it is alive. Or NOT_FOUND without such a bundle (any more)
     */
    Future<News> readBundle(ReadBundle question);

    /** Ends a bundle, not its sessions; an unknown one is left alone. */
    Future<Done> closeBundle(CloseBundle order);

    /** Asks for a new bundle. */
    record OpenBundle() {}

    /** A bundle. */
    record OpenedBundle(String id) {}

    /** @param sessions that are asked, beside those that have been asked and have not answered yet */
    record ReadBundle(String id, List<String> sessions) {}

    /** Gives up a bundle. */
    record CloseBundle(String id) {}

    /**
     * What has happened.
     *
     * @param events each of them once, however many sessions tell it
     * @param told which session tells which event
     * @param refused sessions that cannot say what is next
     */
    record News(List<PullEvent> events, List<Told> told, List<Refused> refused) {}

    /** @param event index among the events */
    record Told(String session, int event) {}

    /** A failure of {@link PullSession#readPull}. */
    record Refused(String session, Failure.Kind kind, String reason) {}
}
