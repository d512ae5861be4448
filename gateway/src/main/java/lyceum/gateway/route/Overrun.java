package lyceum.gateway.route;

/**
 * How long a client is listened to that sends more than it may: most read no answer before they have sent all they have, and
 * lose it where the connection is cut under them.
 */
public final class Overrun {

    /** A client that has sent so many times what it may is not waiting for an answer. */
    private static final int FACTOR = 3;

    /** Whatever it may send: an archive with a few things too many in it is no attack, and nothing of it is kept. */
    private static final long ALWAYS_BYTES = 64L << 20;

    private Overrun() {}

    /**
     * @param readBytes of the body so far
     * @param limitBytes of such a body
     * @return whether the client goes on for ever, and is to be cut off
     */
    public static boolean isEndless(long readBytes, long limitBytes) {
        return readBytes >= Math.max(FACTOR * limitBytes, ALWAYS_BYTES);
    }
}
