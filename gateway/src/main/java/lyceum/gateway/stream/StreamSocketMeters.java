package lyceum.gateway.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the operator sees of the WebSockets of streams, {@code lyceum.gateway.stream.*}:
 *
 * <ul>
 *   <li>{@code sockets} by {@code kind}, push or pull: how many are open;
 *   <li>{@code messages}, {@code entries} and {@code bytes} by {@code kind}: what was taken of clients and stored, and what
 *       was sent to clients; bytes are those of payloads;
 *   <li>{@code refused}: entries that were not stored, because their ids were not behind those that were there;
 *   <li>{@code held}: bytes of clients that are on their way.
 * </ul>
 */
public final class StreamSocketMeters implements AutoCloseable {

    private static final String PREFIX = "lyceum.gateway.stream.";

    final Flow push;
    final Flow pull;
    final Counter refused;

    private final MeterRegistry registry;
    private final List<Meter> meters = new ArrayList<>();

    /** What one kind of sockets does. */
    record Flow(AtomicLong sockets, Counter messages, Counter entries, Counter bytes) {}

    public StreamSocketMeters(MeterRegistry registry, HeldBytes held) {
        this.registry = registry;
        push = flow("push");
        pull = flow("pull");
        refused = kept(registry.counter(PREFIX + "refused"));
        kept(Gauge.builder(PREFIX + "held", held, HeldBytes::taken).register(registry));
    }

    private Flow flow(String kind) {
        AtomicLong sockets = new AtomicLong();
        kept(Gauge.builder(PREFIX + "sockets", sockets, AtomicLong::get)
                .tags("kind", kind)
                .strongReference(true)
                .register(registry));
        return new Flow(sockets, counter("messages", kind), counter("entries", kind), counter("bytes", kind));
    }

    private Counter counter(String name, String kind) {
        return kept(registry.counter(PREFIX + name, "kind", kind));
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
