package lyceum.social.internal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import lyceum.social.Turn;
import lyceum.social.Turn.Kind;
import lyceum.social.internal.ClassStore.Census;

/**
 * What the operator sees of classes, {@code lyceum.social.*}:
 *
 * <ul>
 *   <li>{@code turns}: how many this instance has written;
 *   <li>{@code steps} by {@code kind}: how many there were in them; {@code nothing} for what was left out;
 *   <li>{@code batch}: how many acts a batch had;
 *   <li>{@code transaction}: how long it took from the class being free to its turns being on the disk;
 *   <li>{@code held}: bytes of batches that wait, {@code refused}: batches for which there was no room;
 *   <li>{@code classes} and {@code sessions}: how many there are, of all instances together;
 *   <li>{@code held.limit} and {@code classes.limit}: how many there may be.
 * </ul>
 */
final class SocialMetrics implements AutoCloseable {

    private static final String PREFIX = "lyceum.social.";

    /** From a commit on a fast disk to one that waits for the limit of the lock. */
    private static final Duration[] STEPS = {
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(50),
        Duration.ofMillis(200),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
    };

    private final MeterRegistry registry;
    private final List<Meter> meters = new ArrayList<>();
    final Counter refused;

    private final Counter turns;
    private final Map<Kind, Counter> steps = new EnumMap<>(Kind.class);
    private final DistributionSummary batch;
    private final Timer transaction;
    private final AtomicLong held;
    private final AtomicLong classes;
    private final AtomicLong sessions;

    /**
     * @param heldLimitBytes of batches that may wait
     * @param mostClasses that there may be
     */
    SocialMetrics(MeterRegistry registry, long heldLimitBytes, int mostClasses) {
        this.registry = registry;
        gauge("held.limit").set(heldLimitBytes);
        gauge("classes.limit").set(mostClasses);
        refused = kept(registry.counter(PREFIX + "refused"));
        turns = kept(registry.counter(PREFIX + "turns"));
        for (Kind kind : Kind.values()) {
            steps.put(kind, kept(registry.counter(PREFIX + "steps", "kind", name(kind))));
        }
        batch = kept(registry.summary(PREFIX + "batch"));
        transaction = kept(Timer.builder(PREFIX + "transaction")
                .serviceLevelObjectives(STEPS)
                .register(registry));
        held = gauge("held");
        classes = gauge("classes");
        sessions = gauge("sessions");
    }

    /** Counts what was written, and how long that took. */
    void done(Changes changes, long nanos) {
        transaction.record(nanos, TimeUnit.NANOSECONDS);
        turns.increment(changes.turns().size());
        for (Turn turn : changes.turns()) {
            turn.steps().forEach(step -> steps.get(step.kind()).increment());
            if (turn.batch() > 0) {
                batch.record(turn.steps().size());
            }
        }
    }

    /** Notes how many bytes wait. */
    void held(long bytes) {
        held.set(bytes);
    }

    /** Notes how many there are. */
    void show(Census census) {
        classes.set(census.classes());
        sessions.set(census.sessions());
    }

    /** Takes everything out of the registry, so that another instance in this process begins at zero. */
    @Override
    public void close() {
        meters.forEach(registry::remove);
    }

    private AtomicLong gauge(String name) {
        AtomicLong value = new AtomicLong();
        kept(Gauge.builder(PREFIX + name, value, AtomicLong::get)
                .strongReference(true)
                .register(registry));
        return value;
    }

    private <M extends Meter> M kept(M meter) {
        meters.add(meter);
        return meter;
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
