package lyceum.gateway.live;

/** A socket in a namespace, on its context. What is said to one that is gone gets lost. */
public interface LiveSession {

    /** @return how it has introduced itself */
    LiveHandshake handshake();

    /** @return whether it is still in */
    boolean isConnected();

    /** Says something to this one only, in the order of all that is said to it. */
    void send(LiveEvent event);

    /** Makes it leave; its connection ends too. No farewell is said, so the client may come back by itself. */
    void close();
}
