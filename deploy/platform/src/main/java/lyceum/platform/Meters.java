package lyceum.platform;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * What one instance of a part tells the operator. Its meters stand in the registry of the process until it is closed, so that
 * another instance in the same process begins at zero. Values are asked for when Prometheus comes, on a thread of its own:
 * they must be cheap to read and may be a moment old.
 */
public final class Meters implements AutoCloseable {

    private final MeterRegistry registry;
    private final String prefix;
    private final List<Meter> meters = new ArrayList<>();
    /** Micrometer holds on to none of them. */
    private final List<DoubleSupplier> sources = new ArrayList<>();

    /** @param prefix of every name, {@code lyceum.media.} for instance */
    public Meters(MeterRegistry registry, String prefix) {
        this.registry = registry;
        this.prefix = prefix;
    }

    /**
     * What there is at present.
     *
     * @param tags names and values in turn, of which there are few
     */
    public Meters gauge(String name, DoubleSupplier value, String... tags) {
        sources.add(value);
        kept(Gauge.builder(prefix + name, value, DoubleSupplier::getAsDouble)
                .tags(tags)
                .strongReference(true)
                .register(registry));
        return this;
    }

    /** How much of a bound is taken, and the bound itself as {@code <name>.limit}. */
    public Meters bound(String name, DoubleSupplier used, double limit, String... tags) {
        return gauge(name, used, tags).gauge(name + ".limit", () -> limit, tags);
    }

    /** How often something has happened; its owner counts. */
    public Meters count(String name, DoubleSupplier total, String... tags) {
        sources.add(total);
        kept(FunctionCounter.builder(prefix + name, total, DoubleSupplier::getAsDouble)
                .tags(tags)
                .register(registry));
        return this;
    }

    /** @return a counter that begins at zero */
    public Counter counter(String name, String... tags) {
        return kept(registry.counter(prefix + name, tags));
    }

    /** @param steps upper ends of the classes in which times are counted */
    public Timer timer(String name, Duration[] steps, String... tags) {
        return kept(Timer.builder(prefix + name)
                .tags(tags)
                .serviceLevelObjectives(steps)
                .register(registry));
    }

    @Override
    public void close() {
        meters.forEach(registry::remove);
        meters.clear();
        sources.clear();
    }

    private <M extends Meter> M kept(M meter) {
        meters.add(meter);
        return meter;
    }
}
