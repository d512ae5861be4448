package lyceum.stream.internal;

import io.vertx.core.Future;
import lyceum.stream.PullSession.PullEvent;

/** Something that is read by one reader, question by question. */
interface Pull {

    /** @return as {@code PullSession.readPull} */
    Future<PullEvent> read();

    /**
     * Gives back what it holds; a question that waits is answered in this way, if it has a way to be answered at all.
     */
    void end(PullEvent last);
}
