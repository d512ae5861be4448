package lyceum.platform.management;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import lyceum.platform.Bus;
import lyceum.platform.Readiness;
import lyceum.platform.management.ProcessState.Check;
import lyceum.platform.management.ProcessState.Reading;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the cluster how this process is, again and again, from the moment it serves until it ends.
 *
 * <p>Why it is told and not asked for: whoever wants to show all processes cannot know how many answers to wait for, and one
 * that hangs would hold up the picture of all others. Who has not been heard of for {@link #SILENCE} is gone.
 */
public final class Announcer extends VerticleBase {

    /** From one time to the next, at least. */
    public static final Duration PAUSE = Duration.ofSeconds(5);

    /** After so long nobody should count on a process any more: it has failed to speak twice, and had time for a third. */
    public static final Duration SILENCE = PAUSE.multipliedBy(3);

    /** So many numbers are told at most. */
    public static final int MOST_NUMBERS = 500;

    private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);
    private static final String HOUSE = "lyceum.";

    private final String instance = UUID.randomUUID().toString().substring(0, 8);
    private final Instant startedAt = Instant.now();
    private final List<String> services;
    private final BuildInfo build;
    private final Lifecycle lifecycle;
    private final Readiness readiness;
    private final MeterRegistry meters;

    private Bus bus;

    /**
     * @param services that run in this process
     * @param lifecycle of the process
     * @param readiness its checks
     * @param meters where its services count
     */
    public Announcer(
            List<String> services, BuildInfo build, Lifecycle lifecycle, Readiness readiness, MeterRegistry meters) {
        this.services = List.copyOf(services);
        this.build = build;
        this.lifecycle = lifecycle;
        this.readiness = readiness;
        this.meters = meters;
    }

    /** @return done when it has been told for the first time */
    @Override
    public Future<?> start() {
        bus = new Bus(vertx, PAUSE);
        return announce();
    }

    private Future<Void> announce() {
        return Findings.ask(readiness, ManagementVerticle.CHECK_LIMIT)
                // Off the event loop: gauges ask their owners, who may take a while, and so may the name of the
                // machine.
                .compose(findings -> vertx.executeBlocking(() -> state(findings), false))
                .onSuccess(state -> bus.publish(ProcessState.TOLD, state))
                .<Void>mapEmpty()
                .otherwise(error -> {
                    LOG.warn("cannot tell how this process is: {}", error.toString());
                    return null;
                })
                .onComplete(told -> vertx.setTimer(PAUSE.toMillis(), due -> announce()));
    }

    private ProcessState state(Findings findings) {
        List<Check> checks = findings.checks().stream()
                .map(found -> new Check(found.name(), found.ok(), found.text()))
                .toList();
        String process = ManagementFactory.getRuntimeMXBean().getName();
        return new ProcessState(instance, process, services, build, lifecycle.phase(), startedAt, checks, numbers());
    }

    private List<Reading> numbers() {
        Map<String, Double> sums = new TreeMap<>();
        Runtime heap = Runtime.getRuntime();
        sums.put("heap.used", (double) (heap.totalMemory() - heap.freeMemory()));
        sums.put("heap.limit", (double) heap.maxMemory());
        meters.getMeters().stream()
                .filter(meter -> meter.getId().getName().startsWith(HOUSE))
                .filter(Gauge.class::isInstance)
                .map(Gauge.class::cast)
                // One whose owner is gone has no value, which no JSON number can say.
                .filter(gauge -> Double.isFinite(gauge.value()))
                .forEach(gauge -> sums.merge(gauge.getId().getName(), gauge.value(), Double::sum));
        return sums.entrySet().stream()
                .limit(MOST_NUMBERS)
                .map(sum -> new Reading(sum.getKey(), sum.getValue()))
                .toList();
    }
}
