package lyceum.gateway.rate;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;

/**
 * How often those who send requests may do so, each caller and each address. The operator sees {@code
 * lyceum.gateway.rate.refused} by {@code kind}, caller or address, and {@code lyceum.gateway.rate.alone}: requests that this
 * gateway counted by itself because Redis was away. Lives on one context.
 */
public final class Rates implements AutoCloseable {

    /** Some MiB for each kind. */
    private static final int MOST_CALLERS = 20_000;

    private final RateConfig config;
    private final MeterRegistry registry;
    private final Optional<RedisLink> redis;
    private final CallerRates callers;
    private final CallerRates addresses;
    private final Counter refusedCallers;
    private final Counter refusedAddresses;
    private final Counter alone;

    /** @param redisUrl where gateways share what they count; empty for nowhere. Nothing is opened before it is needed. */
    public Rates(Vertx vertx, RateConfig config, String redisUrl, MeterRegistry registry) {
        this.config = config;
        this.registry = registry;
        this.refusedCallers = registry.counter("lyceum.gateway.rate.refused", "kind", "caller");
        this.refusedAddresses = registry.counter("lyceum.gateway.rate.refused", "kind", "address");
        this.alone = registry.counter("lyceum.gateway.rate.alone");
        this.redis = Optional.of(redisUrl).filter(url -> !url.isEmpty()).map(url -> new RedisLink(vertx, url));
        Optional<SharedBuckets> shared = redis.map(SharedBuckets::new);
        this.callers = new CallerRates(config.caller(), shared, MOST_CALLERS, System::nanoTime, alone::increment);
        this.addresses = new CallerRates(config.address(), shared, MOST_CALLERS, System::nanoTime, alone::increment);
    }

    /** @return the limits */
    public RateConfig config() {
        return config;
    }

    /** @return whether somebody with a valid token may ask now */
    public Future<Verdict> takeOfCaller(String subject) {
        return callers.take("caller:" + subject).onSuccess(verdict -> count(verdict, refusedCallers));
    }

    /** @return whether somebody without one may ask now from a network */
    public Future<Verdict> takeOfAddress(String network) {
        return addresses.take("address:" + network).onSuccess(verdict -> count(verdict, refusedAddresses));
    }

    private static void count(Verdict verdict, Counter refused) {
        if (!verdict.isAdmitted()) {
            refused.increment();
        }
    }

    /** Leaves Redis, and takes what is measured out of the registry. */
    @Override
    public void close() {
        redis.ifPresent(RedisLink::close);
        List.of(refusedCallers, refusedAddresses, alone).forEach(registry::remove);
    }
}
