package lyceum.gateway.access;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import lyceum.gateway.route.Operation;

/**
 * What stands before the operations of a domain, beside what a caller must bring.
 *
 * @param callers how often somebody may ask; empty for any number of times
 * @param bulkhead how many requests may be under way; empty for any number
 */
record Gate(Optional<CallerLimits> callers, Optional<Bulkhead> bulkhead) {

    /** Everybody may come as they like. */
    static final Gate OPEN = new Gate(Optional.empty(), Optional.empty());

    private static final String PASSED = "lyceum.gate";

    /** @return the gate of one operation of the domain */
    Gate before(Operation operation) {
        return Bulkhead.LONG_LIVED.contains(operation) ? new Gate(callers, Optional.empty()) : this;
    }

    /** @return the same for those who are let in already, and only ask again */
    Gate withoutCounting() {
        return new Gate(Optional.empty(), bulkhead);
    }

    /** @return whether somebody is counted who may be known by a token */
    boolean isCounting() {
        return callers.isPresent() && !callers.get().isUnlimited();
    }

    /** @return done where the caller may ask now; fails with 429 otherwise */
    Future<Void> count(RoutingContext ctx, Optional<Caller> caller) {
        // A request that finds no answer at one route may come to another one.
        return isCounting() && ctx.get(PASSED) == null
                ? callers.get().count(ctx.request(), caller)
                : Future.succeededFuture();
    }

    /**
     * Lets a request in until it is answered.
     *
     * @throws Refusal with 503 where there is no room
     */
    void enter(RoutingContext ctx) {
        if (ctx.get(PASSED) == null) {
            bulkhead.ifPresent(domain -> domain.enter(ctx));
            ctx.put(PASSED, true);
        }
    }
}
