package lyceum.gateway.live;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Sockets that get the same. Lives on one context. */
public final class LiveCrowd {

    private final Set<LiveSession> sessions = new LinkedHashSet<>();

    public void add(LiveSession session) {
        sessions.add(session);
    }

    public void remove(LiveSession session) {
        sessions.remove(session);
    }

    /** @return how many there are */
    public int size() {
        return sessions.size();
    }

    /** Says the same to all of them, in this order. */
    public void send(List<LiveEvent> events) {
        sessions.forEach(session -> events.forEach(session::send));
    }
}
