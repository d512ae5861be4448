package lyceum.grading.internal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import lyceum.grading.HandInState;
import lyceum.grading.RunnerService.Action;
import lyceum.platform.Meters;

/**
 * What the operator sees of homework, {@code lyceum.grading.*}:
 *
 * <ul>
 *   <li>{@code handed.in}: hand-ins that were taken, {@code graded} by {@code verdict}: those that got one;
 *   <li>{@code waiting}, {@code underway} and {@code oldest}: hand-ins that wait and that are graded now, and for how many
 *       seconds the one has waited that has waited longest; of all instances together, as of the last look;
 *   <li>{@code running}: what this instance grades, with its limit; {@code time}: how long that took;
 *   <li>{@code delayed} by {@code reason}: hand-ins that are graded later because the sandbox was busy, or because of a
 *       defect; {@code reclaimed}: those whose grader was not heard of any more; {@code dropped}: verdicts nobody wanted;
 *   <li>{@code shelf}: bytes of homework here, with their limit; {@code homework}: how much of it there is, and {@code
 *       left.out}: what could not be read;
 *   <li>{@code runner.calls} by {@code action} and {@code outcome}: what outside runners called; done, refused, failed.
 * </ul>
 */
final class GradingMetrics implements AutoCloseable {

    /** From an answer in one number to a judge that uses all its time. */
    private static final Duration[] STEPS = {
        Duration.ofMillis(500),
        Duration.ofSeconds(2),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofMinutes(2),
        Duration.ofMinutes(10),
    };

    final Counter handedIn;
    final Counter busy;
    final Counter defect;
    final Counter reclaimed;
    final Counter dropped;

    private final Meters meters;
    private final Counter accepted;
    private final Counter rejected;
    private final Timer time;
    private final Map<Action, Calls> calls = new EnumMap<>(Action.class);

    private volatile QueueStore.Census census = new QueueStore.Census(0, 0, 0);

    private record Calls(Counter done, Counter refused, Counter failed) {}

    GradingMetrics(MeterRegistry registry) {
        meters = new Meters(registry, "lyceum.grading.");
        handedIn = meters.counter("handed.in");
        accepted = meters.counter("graded", "verdict", "accepted");
        rejected = meters.counter("graded", "verdict", "rejected");
        busy = meters.counter("delayed", "reason", "busy");
        defect = meters.counter("delayed", "reason", "defect");
        reclaimed = meters.counter("reclaimed");
        dropped = meters.counter("dropped");
        time = meters.timer("time", STEPS);
        for (Action action : Action.values()) {
            calls.put(action, new Calls(calls(action, "done"), calls(action, "refused"), calls(action, "failed")));
        }
        meters.gauge("waiting", () -> census.waiting())
                .gauge("underway", () -> census.running())
                .gauge("oldest", () -> census.oldestSeconds());
    }

    private Counter calls(Action action, String outcome) {
        return meters.counter("runner.calls", "action", action.name().toLowerCase(Locale.ROOT), "outcome", outcome);
    }

    /** Shows what this instance has. */
    void show(Grader grader, int atOnce, Library library, long shelfBytes) {
        meters.bound("running", grader::running, atOnce)
                .bound("shelf", library::bytes, shelfBytes)
                .gauge("homework", () -> library.shelf().homework().size())
                .gauge("left.out", () -> library.shelf().skipped().size());
    }

    /** Notes how the queue is. */
    void show(QueueStore.Census present) {
        census = present;
    }

    void graded(HandInState state) {
        (state == HandInState.ACCEPTED ? accepted : rejected).increment();
    }

    void took(long nanos) {
        time.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** Counts what a runner was told. */
    void called(Action action, RunnerText told) {
        Calls ofAction = calls.get(action);
        switch (told) {
            case OK -> ofAction.done.increment();
            case NOT_STORED -> ofAction.failed.increment();
            default -> ofAction.refused.increment();
        }
    }

    @Override
    public void close() {
        meters.close();
    }
}
