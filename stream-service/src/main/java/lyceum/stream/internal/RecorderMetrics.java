package lyceum.stream.internal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the operator sees of recordings, {@code lyceum.recorder.*}:
 *
 * <ul>
 *   <li>{@code chunks}, {@code entries}, {@code bytes}: what was written;
 *   <li>{@code failures}: chunks that could not be written, and are tried again;
 *   <li>{@code gaps}: how often Redis had trimmed entries before they were read; the log says which ones;
 *   <li>{@code lost}: entries that were read and are not written;
 *   <li>{@code skipped}: streams whose name is too long for a directory;
 *   <li>{@code unreadable}: streams of which something is missing in a recording, because it could not be read; the log says
 *       why;
 *   <li>{@code held}: bytes of entries that wait to be written, with their {@code held.limit};
 *   <li>{@code running}: recordings that this instance writes.
 * </ul>
 */
final class RecorderMetrics implements AutoCloseable {

    final Counter chunks;
    final Counter entries;
    final Counter bytes;
    final Counter failures;
    final Counter gaps;
    final Counter lost;
    final Counter skipped;
    final Counter unreadable;
    final AtomicLong held;
    final AtomicLong running;

    private final MeterRegistry registry;
    private final List<Meter> meters = new ArrayList<>();

    /** @param memoryBytes that may wait to be written */
    RecorderMetrics(MeterRegistry registry, long memoryBytes) {
        this.registry = registry;
        chunks = counter("chunks");
        entries = counter("entries");
        bytes = counter("bytes");
        failures = counter("failures");
        gaps = counter("gaps");
        lost = counter("lost");
        skipped = counter("skipped");
        unreadable = counter("unreadable");
        held = gauge("held");
        gauge("held.limit").set(memoryBytes);
        running = gauge("running");
    }

    private Counter counter(String name) {
        Counter counter = registry.counter("lyceum.recorder." + name);
        meters.add(counter);
        return counter;
    }

    private AtomicLong gauge(String name) {
        AtomicLong value = new AtomicLong();
        meters.add(Gauge.builder("lyceum.recorder." + name, value, AtomicLong::get)
                .strongReference(true)
                .register(registry));
        return value;
    }

    /** Takes everything out of the registry, so that another instance in this process begins at zero. */
    @Override
    public void close() {
        meters.forEach(registry::remove);
    }
}
