package lyceum.gateway.mjpeg;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the operator sees of pictures, {@code lyceum.gateway.mjpeg.*}: {@code viewers}, who watches; {@code parts}, pictures
 * that were sent; {@code skipped}, those that were left out because a viewer's network was behind.
 */
public final class MjpegMeters implements AutoCloseable {

    private static final String PREFIX = "lyceum.gateway.mjpeg.";

    private final MeterRegistry registry;
    private final AtomicInteger viewers = new AtomicInteger();
    private final Gauge watching;
    private final Counter parts;
    private final Counter skipped;

    public MjpegMeters(MeterRegistry registry) {
        this.registry = registry;
        watching = Gauge.builder(PREFIX + "viewers", viewers, AtomicInteger::get)
                .strongReference(true)
                .register(registry);
        parts = registry.counter(PREFIX + "parts");
        skipped = registry.counter(PREFIX + "skipped");
    }

    void viewers(int count) {
        viewers.set(count);
    }

    void shown() {
        parts.increment();
    }

    void skipped() {
        skipped.increment();
    }

    /** Takes everything out of the registry, so that another instance in this process begins at zero. */
    @Override
    public void close() {
        registry.remove(watching);
        registry.remove(parts);
        registry.remove(skipped);
    }
}
