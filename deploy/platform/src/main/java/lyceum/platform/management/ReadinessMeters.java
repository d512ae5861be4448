package lyceum.platform.management;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import lyceum.platform.management.Lifecycle.Phase;

/**
 * Whether a process is ready, as of the last look: {@code lyceum.ready} by {@code check}, 1 or 0; and {@code
 * lyceum.serving}, 1 while it neither starts nor drains.
 */
final class ReadinessMeters {

    private final MeterRegistry registry;
    private final Map<String, AtomicInteger> checks = new ConcurrentHashMap<>();

    ReadinessMeters(MeterRegistry registry, Lifecycle lifecycle) {
        this.registry = registry;
        Gauge.builder("lyceum.serving", lifecycle, life -> life.phase() == Phase.SERVING ? 1 : 0)
                .strongReference(true)
                .register(registry);
    }

    void show(Findings findings) {
        findings.checks()
                .forEach(check ->
                        checks.computeIfAbsent(check.name(), this::gauge).set(check.ok() ? 1 : 0));
    }

    private AtomicInteger gauge(String check) {
        AtomicInteger isOk = new AtomicInteger();
        Gauge.builder("lyceum.ready", isOk, AtomicInteger::get)
                .tags("check", check)
                .strongReference(true)
                .register(registry);
        return isOk;
    }
}
