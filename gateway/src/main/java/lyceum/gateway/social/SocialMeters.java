package lyceum.gateway.social;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/**
 * What the operator sees of classes here, {@code lyceum.gateway.social.*}:
 *
 * <ul>
 *   <li>{@code ignored}: messages that cannot be, came too fast, or were too many to wait;
 *   <li>{@code repeated}: batches that were sent once more, because they were not answered or could not be done;
 *   <li>{@code restored}: how often everybody in a class was told how it stands, because turns could not be had any more;
 *   <li>{@code lost}: how often social-service gave this gateway up, and all its sockets began anew.
 * </ul>
 */
final class SocialMeters implements AutoCloseable {

    private static final String PREFIX = "lyceum.gateway.social.";

    final Counter ignored;
    final Counter repeated;
    final Counter restored;
    final Counter lost;

    private final MeterRegistry registry;

    SocialMeters(MeterRegistry registry) {
        this.registry = registry;
        ignored = registry.counter(PREFIX + "ignored");
        repeated = registry.counter(PREFIX + "repeated");
        restored = registry.counter(PREFIX + "restored");
        lost = registry.counter(PREFIX + "lost");
    }

    /** Takes everything out of the registry, so that another instance in this process begins at zero. */
    @Override
    public void close() {
        List.of(ignored, repeated, restored, lost).forEach(registry::remove);
    }
}
