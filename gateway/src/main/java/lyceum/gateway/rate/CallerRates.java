package lyceum.gateway.rate;

import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How often each of many callers may ask. Permits come out of buckets that all gateways share, a few at a time, so that
 * nearly every request finds one here and Redis is not on its way; so the sum over all gateways is right to within one such
 * lease ({@link Rate#lease}, a twentieth of the burst) for each gateway. Where Redis is away, or there is none, every gateway
 * has a bucket of the same rate of its own. Lives on one context.
 */
final class CallerRates {

    private final Rate rate;
    private final Optional<SharedBuckets> shared;
    private final LongSupplier nanos;
    private final Runnable countedAlone;
    private final Map<String, Allowance> allowances;

    /** What one caller has here. */
    private static final class Allowance {
        private int permits;
        private long emptyUntilNanos;
        private Future<Lease> asking;
        private LocalBucket own;
    }

    /**
     * @param shared empty where this gateway counts for itself
     * @param mostCallers that are remembered; beyond that, who has been quiet for the longest time is forgotten here
     * @param nanos tells the time
     * @param countedAlone told of each request that was not counted by all gateways together though it should have been
     */
    CallerRates(Rate rate, Optional<SharedBuckets> shared, int mostCallers, LongSupplier nanos, Runnable countedAlone) {
        this.rate = rate;
        this.shared = shared;
        this.nanos = nanos;
        this.countedAlone = countedAlone;
        this.allowances = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Allowance> eldest) {
                return size() > mostCallers;
            }
        };
    }

    /** @return whether the caller may; complete at once, unless its last lease is used up */
    Future<Verdict> take(String caller) {
        if (rate.isUnlimited()) {
            return Future.succeededFuture(Verdict.ADMITTED);
        }
        return take(caller, allowances.computeIfAbsent(caller, unknown -> newAllowance()));
    }

    private Allowance newAllowance() {
        Allowance allowance = new Allowance();
        allowance.emptyUntilNanos = nanos.getAsLong();
        return allowance;
    }

    private Future<Verdict> take(String caller, Allowance allowance) {
        if (allowance.permits > 0) {
            allowance.permits--;
            return Future.succeededFuture(Verdict.ADMITTED);
        }
        long emptyNanos = allowance.emptyUntilNanos - nanos.getAsLong();
        if (emptyNanos > 0) {
            return Future.succeededFuture(Verdict.refused(TimeUnit.NANOSECONDS.toMillis(emptyNanos) + 1));
        }
        return shared.map(buckets -> lease(buckets, caller, allowance))
                .orElseGet(() -> Future.succeededFuture(takeOwn(allowance)));
    }

    /** Whoever comes while a lease is asked for waits for the same one. */
    private Future<Verdict> lease(SharedBuckets buckets, String caller, Allowance allowance) {
        Future<Lease> asked = allowance.asking;
        if (asked == null) {
            asked = buckets.lease(caller, rate, rate.lease());
            allowance.asking = asked;
            asked.onSuccess(lease -> keep(allowance, lease)).onComplete(answered -> allowance.asking = null);
        }
        return asked.transform(answered -> {
            if (answered.failed()) {
                countedAlone.run();
                return Future.succeededFuture(takeOwn(allowance));
            }
            return take(caller, allowance);
        });
    }

    private void keep(Allowance allowance, Lease lease) {
        allowance.permits += lease.permits();
        if (lease.permits() == 0) {
            allowance.emptyUntilNanos =
                    nanos.getAsLong() + TimeUnit.MILLISECONDS.toNanos(Math.max(1, lease.retryAfterMillis()));
        }
    }

    private Verdict takeOwn(Allowance allowance) {
        long nowMicros = TimeUnit.NANOSECONDS.toMicros(nanos.getAsLong());
        if (allowance.own == null) {
            allowance.own = new LocalBucket(rate, nowMicros);
        }
        return allowance.own.take(nowMicros);
    }
}
