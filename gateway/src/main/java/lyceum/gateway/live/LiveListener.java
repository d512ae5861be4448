package lyceum.gateway.live;

import java.util.List;

/**
 * What a domain does with the sockets of a namespace. It is called on the context of the socket, hands work over and
 * returns; what it throws is logged and closes the socket.
 */
public interface LiveListener {

    /**
     * A socket wants to come in.
     *
     * @return why it may not, or null
     */
    String refusal(LiveHandshake handshake);

    /** A socket is in, once for each. */
    void connected(LiveSession session);

    /**
     * A socket says something. Events whose names belong to socket.io itself never come here.
     *
     * @param arguments as JSON: {@code String}, {@code Number}, {@code Boolean}, null, {@code JsonObject} or {@code JsonArray}
     * @param ack to be called at most once, or null where none is wanted
     */
    void received(LiveSession session, String event, List<Object> arguments, Runnable ack);

    /** A socket is gone, whatever ended it, once for each that was in. */
    void disconnected(LiveSession session);
}
