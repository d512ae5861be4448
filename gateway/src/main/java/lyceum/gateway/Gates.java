package lyceum.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import lyceum.gateway.rate.Rates;

/** What stands before each domain of this gateway. */
final class Gates implements AutoCloseable {

    private final Rates rates;
    private final CallerLimits callers;
    private final Map<Domain, Bulkhead> bulkheads = new EnumMap<>(Domain.class);

    Gates(Vertx vertx, GatewayConfig config, MeterRegistry registry) {
        rates = new Rates(vertx, config.limits().rates(), config.limits().redisUrl(), registry);
        callers = new CallerLimits(rates, config.trustedProxies());
        for (Domain domain : Domain.values()) {
            int limit = config.limits().routeConcurrency();
            // Who waits for the next part of a playlist has a bound beside that.
            bulkheads.put(
                    domain,
                    new Bulkhead(
                            domain,
                            domain == Domain.VIDEO ? limit + config.video().waitingViewers() : limit,
                            registry));
        }
    }

    /** @return the limits of a domain, and those of callers, which are the same for all */
    Gate of(Domain domain) {
        return new Gate(Optional.of(callers), Optional.of(bulkheads.get(domain)));
    }

    /** Takes what is measured out of the registry, so that another instance in this process begins at zero. */
    @Override
    public void close() {
        rates.close();
        bulkheads.values().forEach(Bulkhead::close);
    }
}
