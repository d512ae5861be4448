package lyceum.gateway.live;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the operator sees of socket.io, {@code lyceum.gateway.live.*}:
 *
 * <ul>
 *   <li>{@code sockets} by {@code transport}, polling or websocket: how many are open, of all gateways of the process;
 *   <li>{@code packets} by {@code direction}, in or out: events, acknowledgements and what else there is to say;
 *   <li>{@code laggards}: sockets that were closed because they did not take what was said;
 *   <li>{@code refused}: requests that were refused, and packets that were ignored because there was no sense in them.
 * </ul>
 */
final class LiveMeters implements AutoCloseable {

    private static final String PREFIX = "lyceum.gateway.live.";

    final Counter in;
    final Counter out;
    final Counter laggards;
    final Counter refused;

    private final MeterRegistry registry;
    private final List<Meter> meters = new ArrayList<>();

    LiveMeters(MeterRegistry registry, LiveConnections connections) {
        this.registry = registry;
        sockets(EngineQuery.POLLING, connections.polling);
        sockets(EngineQuery.WEBSOCKET, connections.webSockets);
        in = kept(registry.counter(PREFIX + "packets", "direction", "in"));
        out = kept(registry.counter(PREFIX + "packets", "direction", "out"));
        laggards = kept(registry.counter(PREFIX + "laggards"));
        refused = kept(registry.counter(PREFIX + "refused"));
    }

    private void sockets(String transport, AtomicLong open) {
        kept(Gauge.builder(PREFIX + "sockets", open, AtomicLong::get)
                .tags("transport", transport)
                .register(registry));
    }

    private <M extends Meter> M kept(M meter) {
        meters.add(meter);
        return meter;
    }

    /** Takes everything out of the registry, so that another instance in this process begins at zero. */
    @Override
    public void close() {
        meters.forEach(registry::remove);
    }
}
