package lyceum.gateway.access;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import lyceum.gateway.rate.Rates;

/** What stands before each domain of this gateway. */
public final class Gates implements AutoCloseable {

    private final Rates rates;
    private final CallerLimits callers;
    private final Map<Domain, Bulkhead> bulkheads = new EnumMap<>(Domain.class);

    /**
     * @param proxies who is believed about the addresses of clients
     * @param waitingViewers those of live video who wait for the next part of a playlist: they have room of their own
     */
    public Gates(Vertx vertx, LimitsConfig limits, TrustedProxies proxies, int waitingViewers, MeterRegistry registry) {
        rates = new Rates(vertx, limits.rates(), limits.redisUrl(), registry);
        callers = new CallerLimits(rates, proxies);
        for (Domain domain : Domain.values()) {
            int limit = limits.routeConcurrency() + (domain == Domain.VIDEO ? waitingViewers : 0);
            bulkheads.put(domain, new Bulkhead(domain, limit, registry));
        }
    }

    /** @return the limits of a domain, and those of callers, which are the same for all */
    public Gate of(Domain domain) {
        return new Gate(Optional.of(callers), Optional.of(bulkheads.get(domain)));
    }

    /** Takes what is measured out of the registry, so that another instance in this process begins at zero. */
    @Override
    public void close() {
        rates.close();
        bulkheads.values().forEach(Bulkhead::close);
    }
}
