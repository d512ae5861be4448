package lyceum.stream.internal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What the operator sees of conversions, {@code lyceum.stream.*}:
 *
 * <ul>
 *   <li>{@code conversions} by {@code result}: {@code converted}, {@code refused} where nothing can be made of the entry,
 *       {@code failed} where that is a defect, {@code shared} where somebody wanted the same before, {@code busy} where
 *       too many waited;
 *   <li>{@code conversion}: how long they took, without waiting;
 *   <li>{@code unconvertible}: entries left out of what was pulled.
 * </ul>
 */
final class StreamMetrics implements AutoCloseable {

    /** From a few numbers to a picture at the limit. */
    private static final Duration[] STEPS = {
        Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofMillis(20), Duration.ofMillis(100), Duration.ofSeconds(1)
    };

    final Counter converted;
    final Counter refused;
    final Counter failed;
    final Counter shared;
    final Counter busy;
    final Counter unconvertible;
    final Timer conversion;

    private final MeterRegistry registry;
    private final List<Meter> meters = new ArrayList<>();

    StreamMetrics(MeterRegistry registry) {
        this.registry = registry;
        converted = conversions("converted");
        refused = conversions("refused");
        failed = conversions("failed");
        shared = conversions("shared");
        busy = conversions("busy");
        unconvertible = kept(registry.counter("lyceum.stream.unconvertible"));
        conversion = kept(Timer.builder("lyceum.stream.conversion")
                .serviceLevelObjectives(STEPS)
                .register(registry));
    }

    private Counter conversions(String result) {
        return kept(registry.counter("lyceum.stream.conversions", "result", result));
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
