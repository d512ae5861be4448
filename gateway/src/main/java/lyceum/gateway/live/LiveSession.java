package lyceum.gateway.live;

import java.util.function.Supplier;

/** A socket in a namespace, on its context. What is said to one that is gone gets lost. */
public interface LiveSession {

    /** @return how it has introduced itself */
    LiveHandshake handshake();

    /** @return whether it is still in */
    boolean isConnected();

    /**
     * A client may come in, leave and come in again over one connection; what it is held to there is kept here.
     *
     * @param first makes it where there is none yet
     * @return what all sessions of its connection share, one of each kind, as long as the connection is there
     */
    <T> T shared(Class<T> kind, Supplier<T> first);

    /** Says something to this one only, in the order of all that is said to it. */
    void send(LiveEvent event);

    /** Makes it leave; its connection ends too. No farewell is said, so the client may come back by itself. */
    void close();
}
