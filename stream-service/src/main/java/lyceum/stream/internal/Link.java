package lyceum.stream.internal;

import io.vertx.core.Future;

/** A connection to Redis, by whatever means. */
interface Link {

    /** @return done when it can be used; once */
    Future<Void> open();

    /** @param lost told when it is lost, perhaps more than once; to be said when it is open */
    void whenLost(Runnable lost);

    /** Ends it, also while it is being opened. */
    Future<Void> close();
}
