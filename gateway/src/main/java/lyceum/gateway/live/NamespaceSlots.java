package lyceum.gateway.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The namespaces of one connection. The library keeps a namespace for ever once somebody has named it, and classes come and
 * go; so it only ever sees a few, the same ones for every connection, that stand for whatever a client has joined: its
 * packets are translated on their way in and out.
 */
final class NamespaceSlots {

    static final String DEFAULT = "/";

    /** As the library knows them: the first stands for itself. */
    static final List<String> NAMES = List.of(DEFAULT, "/~1", "/~2", "/~3", "/~4", "/~5", "/~6", "/~7", "/~8");

    private static final int TYPE_LENGTH = 1;

    private final String[] names = new String[NAMES.size()];
    private final JoinedSession[] sessions = new JoinedSession[NAMES.size()];
    private int last;

    NamespaceSlots() {
        names[0] = DEFAULT;
    }

    /** @return the session in a namespace */
    Optional<JoinedSession> find(String namespace) {
        int slot = indexOf(namespace);
        return slot < 0 ? Optional.empty() : Optional.of(sessions[slot]);
    }

    /** @return how the library calls a namespace that has been joined */
    String nameInside(String namespace) {
        return NAMES.get(indexOf(namespace));
    }

    /** @return the session that the library knows by that name, or empty */
    Optional<JoinedSession> inside(String name) {
        return Optional.ofNullable(sessions[NAMES.indexOf(name)]);
    }

    /** @return whether there was room */
    boolean add(JoinedSession session) {
        int slot = session.namespace().equals(DEFAULT) ? 0 : nextFree();
        if (slot < 0) {
            return false;
        }
        names[slot] = session.namespace();
        sessions[slot] = session;
        return true;
    }

    void remove(JoinedSession session) {
        for (int slot = 0; slot < sessions.length; slot++) {
            if (sessions[slot] == session) {
                sessions[slot] = null;
            }
        }
    }

    boolean isEmpty() {
        return all().isEmpty();
    }

    List<JoinedSession> all() {
        List<JoinedSession> all = new ArrayList<>();
        for (JoinedSession session : sessions) {
            if (session != null) {
                all.add(session);
            }
        }
        return all;
    }

    /** @return a packet of the library as the client is to see it; what may wait for a poll is of the last who had the slot */
    String outgoing(String packet) {
        if (!packet.startsWith("/~", TYPE_LENGTH)) {
            return packet;
        }
        int comma = packet.indexOf(',');
        int slot = NAMES.indexOf(packet.substring(TYPE_LENGTH, comma));
        return packet.charAt(0) + names[slot] + packet.substring(comma);
    }

    /** Goes round, so that what is still to be said about the last namespace finds its name. */
    private int nextFree() {
        int others = sessions.length - 1;
        for (int step = 0; step < others; step++) {
            int slot = 1 + (last + step) % others;
            if (sessions[slot] == null) {
                last = slot;
                return slot;
            }
        }
        return -1;
    }

    private int indexOf(String namespace) {
        for (int slot = 0; slot < sessions.length; slot++) {
            if (sessions[slot] != null && names[slot].equals(namespace)) {
                return slot;
            }
        }
        return -1;
    }
}
