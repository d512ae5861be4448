package lyceum.gateway.live;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.Shareable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * All connections of this process, and which engine has them: a request may arrive at an event loop that is not the one of
 * its connection. May be used on any thread.
 */
final class LiveConnections implements Shareable {

    private static final String NAME = "lyceum.gateway.live";

    private final Map<String, LiveEngine> owners = new ConcurrentHashMap<>();

    /** How many there are by what carries them. */
    final AtomicLong polling = new AtomicLong();

    final AtomicLong webSockets = new AtomicLong();

    private LiveMeters meters;
    private int gateways;

    /** @return those of all gateways that run on the same Vert.x */
    static LiveConnections of(Vertx vertx) {
        return vertx.sharedData()
                .<String, LiveConnections>getLocalMap(NAME)
                .computeIfAbsent(NAME, first -> new LiveConnections());
    }

    /** @return what is counted, for one more gateway */
    synchronized LiveMeters enter(MeterRegistry registry) {
        if (gateways++ == 0) {
            meters = new LiveMeters(registry, this);
        }
        return meters;
    }

    /** One of the gateways is no more. */
    synchronized void leave() {
        if (--gateways == 0) {
            meters.close();
        }
    }

    /** @return who has the connection, or null */
    LiveEngine owner(String sid) {
        return owners.get(sid);
    }

    void add(String sid, LiveEngine owner) {
        owners.put(sid, owner);
    }

    void remove(String sid) {
        owners.remove(sid);
    }

    int size() {
        return owners.size();
    }
}
