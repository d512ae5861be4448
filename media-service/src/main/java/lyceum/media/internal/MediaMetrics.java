package lyceum.media.internal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import lyceum.media.MediaService.Priority;
import lyceum.platform.Failure;
import lyceum.platform.Meters;

/**
 * What the operator sees of sound and film, {@code lyceum.media.*}; jobs by
 * {@code priority}:
 *
 * <ul>
 *   <li>{@code jobs}: jobs that are open, {@code waiting}: jobs that wait for ffmpeg, each with its limit;
 *   <li>{@code running}: works of ffmpeg, with their limit;
 *   <li>{@code disk}: bytes that jobs have there, or may come to have while they run, with their limit;
 *   <li>{@code refused} by {@code bound}: how often there were too many jobs, too many of one caller, too many waited, or the
 *       disk was full;
 *   <li>{@code work} by {@code kind} and {@code outcome}: how long works took, their wait included; done, refused where the
 *       input cannot be worked on, or the limit was reached, failed where that is a defect;
 *   <li>{@code input}: bytes that jobs were given.
 * </ul>
 */
final class MediaMetrics implements AutoCloseable {

    /** From a cut to a film. */
    private static final Duration[] STEPS = {
        Duration.ofMillis(200),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        Duration.ofMinutes(3),
        Duration.ofMinutes(20),
    };

    private static final List<String> KINDS =
            List.of("repair", "split", "peaks", "loudness", "transcript", "thumbnail", "film");

    final Counter jobsRefused;
    final Counter ownerRefused;
    final Counter queueRefused;
    final Counter diskRefused;
    final Counter input;

    private final Meters meters;
    private final Map<String, Map<Outcome, Timer>> works = new HashMap<>();

    private enum Outcome {
        DONE,
        REFUSED,
        FAILED
    }

    MediaMetrics(MeterRegistry registry) {
        meters = new Meters(registry, "lyceum.media.");
        jobsRefused = meters.counter("refused", "bound", "jobs");
        ownerRefused = meters.counter("refused", "bound", "owner");
        queueRefused = meters.counter("refused", "bound", "waiting");
        diskRefused = meters.counter("refused", "bound", "disk");
        input = meters.counter("input");
        KINDS.forEach(kind -> works.put(kind, timers(kind)));
    }

    /** Shows how many jobs there are, and how much ffmpeg has to do. */
    void show(MediaConfig config, Jobs jobs, Slots slots, Disk disk) {
        meters.bound("disk", disk::takenBytes, config.diskBytes());
        meters.bound("running", slots::running, config.ffmpeg().concurrency());
        for (Priority priority : Priority.values()) {
            String name = name(priority);
            meters.bound(
                            "jobs",
                            () -> jobs.count(priority),
                            config.limits(priority).jobs(),
                            "priority",
                            name)
                    .bound("waiting", () -> slots.waiting(priority), slots.mostWaiting(priority), "priority", name);
        }
    }

    /**
     * Counts a work when it is over.
     *
     * @param kind one of those there are
     */
    <T> Future<T> work(String kind, Future<T> work) {
        long startNanos = System.nanoTime();
        return work.onComplete(end ->
                works.get(kind).get(outcome(end.cause())).record(System.nanoTime() - startNanos, TimeUnit.NANOSECONDS));
    }

    private Map<Outcome, Timer> timers(String kind) {
        Map<Outcome, Timer> timers = new EnumMap<>(Outcome.class);
        for (Outcome outcome : Outcome.values()) {
            timers.put(outcome, meters.timer("work", STEPS, "kind", kind, "outcome", name(outcome)));
        }
        return timers;
    }

    private static Outcome outcome(Throwable error) {
        if (error == null) {
            return Outcome.DONE;
        }
        return error instanceof Failure failure && failure.kind() != Failure.Kind.INTERNAL
                ? Outcome.REFUSED
                : Outcome.FAILED;
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() {
        meters.close();
    }
}
