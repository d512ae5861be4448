package lyceum.gateway.social;

/** How often one connection has come in too fast, and waits for its turn. Lives on the context of its connection. */
final class WaitingJoins {

    /** Twice as many as there are namespaces that a client may be in. */
    private static final int MOST = 18;

    private int count;

    /** @return whether one more may wait */
    boolean add() {
        if (count == MOST) {
            return false;
        }
        count++;
        return true;
    }

    /** One does not wait any more. */
    void remove() {
        count--;
    }
}
