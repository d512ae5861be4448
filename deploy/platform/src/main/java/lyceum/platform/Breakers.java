package lyceum.platform;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.Shareable;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The breakers of one process, one for each contract that is asked. The operator sees {@code lyceum.bus.breaker} by {@code
 * contract}, 1 where it is open, and {@code lyceum.bus.refused}: questions that were not asked because of it.
 */
final class Breakers implements Shareable {

    private static final String KEY = "lyceum.breakers";

    private final Map<String, Contract> contracts = new ConcurrentHashMap<>();
    private volatile Optional<MeterRegistry> registry = Optional.empty();

    /** The breaker of one contract, and who counts what it refuses. */
    record Contract(String name, Breaker breaker, Optional<Counter> refused) {

        /** @return whether a question may be asked; counted where not */
        boolean lets() {
            boolean lets = breaker.lets();
            if (!lets) {
                refused.ifPresent(Counter::increment);
            }
            return lets;
        }
    }

    /** @return those of this Vert.x */
    static Breakers of(Vertx vertx) {
        return vertx.sharedData().<String, Breakers>getLocalMap(KEY).computeIfAbsent(KEY, first -> new Breakers());
    }

    /** Measures whatever is asked from now on. */
    void measure(MeterRegistry meters) {
        registry = Optional.of(meters);
    }

    /** @param trialLimit as {@link Breaker} has it; that of who asks first holds */
    Contract of(Class<?> contract, Duration trialLimit) {
        return contracts.computeIfAbsent(contract.getSimpleName(), name -> make(name, trialLimit));
    }

    private Contract make(String name, Duration trialLimit) {
        Breaker breaker = new Breaker(trialLimit, System::nanoTime);
        registry.ifPresent(meters -> Gauge.builder("lyceum.bus.breaker", breaker, it -> it.isOpen() ? 1 : 0)
                .tags("contract", name)
                .strongReference(true)
                .register(meters));
        return new Contract(
                name, breaker, registry.map(meters -> meters.counter("lyceum.bus.refused", "contract", name)));
    }
}
