package lyceum.gateway.live;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sockets that get the same. Lives on one context. */
public final class LiveCrowd {

    private final Set<LiveSession> sessions = new LinkedHashSet<>();

    /** Who is in, until that changes; so whoever leaves while something is said disturbs nobody. */
    private LiveSession[] everyone = {};

    /** Whoever is in it is told what is said from now on. */
    public void add(LiveSession session) {
        if (sessions.add(session)) {
            everyone = null;
        }
    }

    /** Whoever is not in it is told nothing more. */
    public void remove(LiveSession session) {
        if (sessions.remove(session)) {
            everyone = null;
        }
    }

    /** @return how many there are */
    public int size() {
        return sessions.size();
    }

    /** Says the same to all of them, in this order: encoded once, one write for each socket. */
    public void send(List<LiveEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        if (everyone == null) {
            everyone = sessions.toArray(LiveSession[]::new);
        }
        Map<String, EncodedEvents> encoded = new HashMap<>();
        try {
            for (LiveSession session : everyone) {
                if (session instanceof JoinedSession joined) {
                    joined.send(encoded.computeIfAbsent(
                            joined.namespace(), namespace -> new EncodedEvents(namespace, events)));
                } else {
                    events.forEach(session::send);
                }
            }
        } finally {
            encoded.values().forEach(EncodedEvents::release);
        }
    }
}
