package lyceum.sandbox.internal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.AsyncResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.sandbox.Outcome;
import lyceum.sandbox.Run.Priority;
import lyceum.sandbox.Submission.State;
import lyceum.sandbox.Verdict;

/**
 * What the operator sees of runs, {@code lyceum.sandbox.*}:
 *
 * <ul>
 *   <li>{@code cells}: how many wait for a run, as of the last run that began or ended;
 *   <li>{@code running}, {@code waiting} by {@code priority}: how many now, on this instance;
 *   <li>{@code runs} by {@code verdict}: how many have ended; {@code internal_error} where the sandbox was lost;
 *   <li>{@code running.limit}, {@code waiting.limit} of all priorities together, {@code submissions.limit} of those that
 *       wait: how many there may be;
 *   <li>{@code refused} by {@code kind}: how many were not taken;
 *   <li>{@code wall} and {@code queue}: how long they ran and waited;
 *   <li>{@code submissions} by {@code state}: how many are stored, by all instances together.
 * </ul>
 */
final class RunMetrics implements AutoCloseable {

    /** From a run that found a cell ready to one that used all its time. */
    private static final Duration[] STEPS = {
        Duration.ofMillis(5),
        Duration.ofMillis(20),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(2),
        Duration.ofSeconds(10),
        Duration.ofSeconds(60),
    };

    private final MeterRegistry registry;
    private final List<Meter> meters = new ArrayList<>();
    private final AtomicLong cells;
    private final AtomicLong running;
    private final Map<Priority, AtomicLong> waiting;
    private final Map<State, AtomicLong> submissions;
    private final Map<Verdict, Counter> runs;
    private final Map<Kind, Counter> refused;
    private final Timer wall;
    private final Timer queue;

    RunMetrics(MeterRegistry registry, SandboxConfig config) {
        this.registry = registry;
        gauge("lyceum.sandbox.running.limit").set(config.concurrency());
        gauge("lyceum.sandbox.waiting.limit").set(config.queueLength());
        gauge("lyceum.sandbox.submissions.limit").set(config.submissions().queueLength());
        cells = gauge("lyceum.sandbox.cells");
        running = gauge("lyceum.sandbox.running");
        waiting = each(Priority.values(), priority -> gauge("lyceum.sandbox.waiting", "priority", name(priority)));
        submissions = each(State.values(), state -> gauge("lyceum.sandbox.submissions", "state", name(state)));
        runs = each(Verdict.values(), verdict -> counter("lyceum.sandbox.runs", "verdict", name(verdict)));
        refused = each(Kind.values(), kind -> counter("lyceum.sandbox.refused", "kind", name(kind)));
        wall = timer("lyceum.sandbox.wall");
        queue = timer("lyceum.sandbox.queue");
    }

    /** Notes how many cells wait, runs run, and runs wait. */
    void show(int ready, FairQueue<?> present) {
        cells.set(ready);
        running.set(present.running());
        waiting.forEach((priority, count) -> count.set(present.waiting(priority)));
    }

    /** Notes how many are stored; those of a state that is absent are none. */
    void show(Map<State, Long> stored) {
        submissions.forEach((state, count) -> count.set(stored.getOrDefault(state, 0L)));
    }

    /** Counts a run that was not taken. */
    void refused(Throwable why) {
        refused.get(why instanceof Failure failure ? failure.kind() : Kind.INTERNAL)
                .increment();
    }

    /** Counts a run that is over. */
    void ended(AsyncResult<Outcome> how) {
        if (how.failed()) {
            runs.get(Verdict.INTERNAL_ERROR).increment();
            return;
        }
        Outcome outcome = how.result();
        runs.get(outcome.verdict()).increment();
        wall.record(Duration.ofMillis(outcome.usage().wallTimeMillis()));
        queue.record(Duration.ofMillis(outcome.queuedMillis()));
    }

    /** Takes everything out of the registry, so that another instance in this process begins at zero. */
    @Override
    public void close() {
        meters.forEach(registry::remove);
    }

    private AtomicLong gauge(String name, String... tags) {
        AtomicLong value = new AtomicLong();
        meters.add(Gauge.builder(name, value, AtomicLong::get)
                .tags(tags)
                .strongReference(true)
                .register(registry));
        return value;
    }

    private Counter counter(String name, String... tags) {
        Counter counter = registry.counter(name, tags);
        meters.add(counter);
        return counter;
    }

    private Timer timer(String name) {
        Timer timer = Timer.builder(name).serviceLevelObjectives(STEPS).register(registry);
        meters.add(timer);
        return timer;
    }

    private static <K, V> Map<K, V> each(K[] keys, Function<K, V> value) {
        return Stream.of(keys).collect(Collectors.toMap(key -> key, value));
    }

    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
