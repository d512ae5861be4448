package lyceum.gateway.stream;

import io.vertx.core.Future;
import lyceum.stream.PullSession;
import lyceum.stream.PullSession.ClosePull;
import lyceum.stream.PullSession.KeepPull;
import lyceum.stream.PullSession.PullEvent;
import lyceum.stream.StreamService.Done;

/** One session that is read in a bundle. Lives on one context. */
final class BundledReader {

    private final ReaderBundle bundle;
    private final PullSession pulls;
    private final String id;
    private final Runnable left;

    /**
     * @param pulls the sessions of the instance
     * @param left told when it was the last reader of its bundle
     */
    BundledReader(ReaderBundle bundle, PullSession pulls, String id, Runnable left) {
        this.bundle = bundle;
        this.pulls = pulls;
        this.id = id;
        this.left = left;
        bundle.join(id);
    }

    /** @return as {@link PullSession#readPull} */
    Future<PullEvent> read() {
        return bundle.read(id);
    }

    /** @return as {@link PullSession#keepPull} */
    Future<Done> keep() {
        return pulls.keepPull(new KeepPull(id));
    }

    /** Ends the session; once. */
    Future<Done> close() {
        if (bundle.leave(id)) {
            left.run();
        }
        return pulls.closePull(new ClosePull(id));
    }
}
