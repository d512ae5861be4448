package lyceum.gateway.access;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import lyceum.gateway.route.Operation;
import lyceum.gateway.route.Refusal;

/**
 * How many requests of one domain are under way at this gateway. What is above the limit is refused at once: who waits in a
 * queue for a service that does not answer waits in vain, and a client that is told comes back.
 *
 * <p>The operator sees {@code lyceum.gateway.requests}, {@code …requests.limit} and {@code …requests.refused}, each by
 * {@code domain}. Requests of one gateway live on one event loop.
 */
final class Bulkhead implements AutoCloseable {

    /**
     * What is open for as long as its client likes. Each of these has a bound of its own: sockets of streams, replays,
     * sessions of the sandbox, sockets of socket.io, viewers of MJPEG, and who watches hand-ins or media jobs.
     */
    static final Set<Operation> LONG_LIVED = Set.of(
            Operation.get("/data/{ids}/push"),
            Operation.get("/data/{ids}/pull"),
            Operation.get("/recordings/replay"),
            Operation.get("/sandbox/sessions"),
            Operation.get("/piston/api/v2/connect"),
            Operation.get("/socket.io/"),
            Operation.post("/socket.io/"),
            Operation.get("/mjpeg/{ids}"),
            Operation.get("/grading/hand-ins/{id}/events"),
            Operation.get("/media/jobs/{id}/events"));

    private static final String NAME = "lyceum.gateway.requests";

    private final int limit;
    private final MeterRegistry registry;
    private final AtomicInteger underWay = new AtomicInteger();
    private final Counter refused;
    private final List<Meter> meters;

    /** @param limit requests under way at once */
    Bulkhead(Domain domain, int limit, MeterRegistry registry) {
        this.limit = limit;
        this.registry = registry;
        String name = domain.name().toLowerCase(Locale.ROOT);
        this.refused = registry.counter(NAME + ".refused", "domain", name);
        this.meters = List.of(
                refused,
                Gauge.builder(NAME, underWay, AtomicInteger::get)
                        .tags("domain", name)
                        .register(registry),
                Gauge.builder(NAME + ".limit", () -> limit).tags("domain", name).register(registry));
    }

    /**
     * Takes room for a request until it is answered or its client is gone.
     *
     * @throws Refusal with 503 where there is none
     */
    void enter(RoutingContext ctx) {
        if (underWay.get() >= limit) {
            refused.increment();
            throw new Refusal(503, "too much is asked at once, please try again", Map.of("Retry-After", "1"));
        }
        underWay.incrementAndGet();
        ctx.addEndHandler(ended -> underWay.decrementAndGet());
    }

    int underWay() {
        return underWay.get();
    }

    /** Takes what is measured out of the registry, so that another instance in this process begins at zero. */
    @Override
    public void close() {
        meters.forEach(registry::remove);
    }
}
