package lyceum.platform;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.AsyncResult;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.Shareable;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * What is asked over the bus, by {@code service} and {@code method}, as whoever answers sees it:
 *
 * <ul>
 *   <li>{@code lyceum.bus.answers} by {@code outcome}: {@code ok}, or the kind of the failure; {@code busy} is a bound that
 *       is reached, {@code internal} a defect;
 *   <li>{@code lyceum.bus.time}: how long answers took, those that wait for something to happen included;
 *   <li>{@code lyceum.bus.unanswered}: questions of this process that nobody answered, or not in time.
 * </ul>
 */
public final class BusMeters implements Shareable {

    private static final String MAP = "lyceum.bus.meters";

    /** From a look into a map to the usual limit for an answer. */
    private static final Duration[] STEPS = {
        Duration.ofMillis(5),
        Duration.ofMillis(25),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(2),
        Duration.ofSeconds(10),
    };

    private final MeterRegistry registry;
    private final Map<Method, Answers> answers = new ConcurrentHashMap<>();
    private final Map<String, Counter> unanswered = new ConcurrentHashMap<>();

    private BusMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Counts what every {@link Bus} of a Vert.x does that is made from now on. */
    public static void count(Vertx vertx, MeterRegistry registry) {
        vertx.sharedData().<String, BusMeters>getLocalMap(MAP).put(MAP, new BusMeters(registry));
    }

    /** @return those of a Vert.x; null where nothing is counted */
    static BusMeters of(Vertx vertx) {
        return vertx.sharedData().<String, BusMeters>getLocalMap(MAP).get(MAP);
    }

    /** Of one method. */
    private static final class Answers {
        private final Timer time;
        private final Map<String, Counter> outcomes = new ConcurrentHashMap<>();

        private Answers(Timer time) {
            this.time = time;
        }
    }

    void answered(Method method, AsyncResult<?> answer, long nanos) {
        Answers ofMethod = answers.computeIfAbsent(
                method,
                first -> new Answers(Timer.builder("lyceum.bus.time")
                        .tags("service", service(first.getDeclaringClass()), "method", first.getName())
                        .serviceLevelObjectives(STEPS)
                        .register(registry)));
        ofMethod.time.record(nanos, TimeUnit.NANOSECONDS);
        ofMethod.outcomes
                .computeIfAbsent(outcome(answer), outcome -> counter(method, outcome))
                .increment();
    }

    /** From now on it can be seen that nobody has failed to answer. */
    void asks(Class<?> contract) {
        unanswered(contract);
    }

    void unanswered(Method method) {
        unanswered(method.getDeclaringClass()).increment();
    }

    private Counter unanswered(Class<?> contract) {
        return unanswered.computeIfAbsent(
                service(contract), service -> registry.counter("lyceum.bus.unanswered", "service", service));
    }

    private Counter counter(Method method, String outcome) {
        return registry.counter(
                "lyceum.bus.answers",
                "service",
                service(method.getDeclaringClass()),
                "method",
                method.getName(),
                "outcome",
                outcome);
    }

    private static String outcome(AsyncResult<?> answer) {
        if (answer.succeeded()) {
            return "ok";
        }
        return ErrorKind.of(answer.cause()).name().toLowerCase(Locale.ROOT);
    }

    /** @return the last word of the package of a contract */
    private static String service(Class<?> contract) {
        String domain = contract.getPackageName();
        return domain.substring(domain.lastIndexOf('.') + 1);
    }
}
