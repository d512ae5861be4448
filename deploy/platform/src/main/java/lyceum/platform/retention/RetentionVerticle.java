package lyceum.platform.retention;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import lyceum.platform.Chore;
import lyceum.platform.Loop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does the sweeps of one service, one after the other: a while after its start, and once a day. */
public final class RetentionVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(RetentionVerticle.class);

    private static final Duration FIRST = Duration.ofMinutes(5);
    private static final Duration INTERVAL = Duration.ofDays(1);

    private final List<Sweep> sweeps;
    private final MeterRegistry meters;
    private final Clock clock;
    private final Chore chore;

    /**
     * @param sweeps those that are for ever are left out
     * @param meters count what is removed, {@code lyceum.retention.removed}
     */
    public RetentionVerticle(List<? extends Sweep> sweeps, MeterRegistry meters) {
        this(sweeps, meters, Clock.systemUTC());
    }

    RetentionVerticle(List<? extends Sweep> sweeps, MeterRegistry meters, Clock clock) {
        this.sweeps = sweeps.stream()
                .filter(sweep -> sweep.days() > 0)
                .<Sweep>map(sweep -> sweep)
                .toList();
        this.meters = meters;
        this.clock = clock;
        this.chore = new Chore("removing what is old", this::sweep);
    }

    @Override
    public Future<?> start() {
        if (!sweeps.isEmpty()) {
            vertx.setTimer(FIRST.toMillis(), due -> chore.run());
            vertx.setPeriodic(INTERVAL.toMillis(), due -> chore.run());
        }
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        chore.end();
        return Future.succeededFuture();
    }

    /** @return done after the last one; fails with the first that failed, which does not keep the others from being done */
    Future<Void> sweep() {
        List<Throwable> failures = new ArrayList<>();
        return Loop.each(
                        sweeps,
                        sweep -> sweep(sweep).otherwise(error -> {
                            failures.add(error);
                            return null;
                        }))
                .compose(done -> failures.isEmpty() ? Future.succeededFuture() : failed(failures));
    }

    private static Future<Void> failed(List<Throwable> failures) {
        Throwable first = failures.get(0);
        failures.stream().filter(failure -> failure != first).forEach(first::addSuppressed);
        return Future.failedFuture(first);
    }

    private Future<Void> sweep(Sweep sweep) {
        Instant limit = clock.instant().minus(sweep.days(), ChronoUnit.DAYS);
        return sweep.removeBefore(vertx, limit).map(count -> {
            meters.counter("lyceum.retention.removed", "what", sweep.what()).increment(count);
            if (count > 0) {
                LOG.info("removed {}={} from before {}", sweep.what(), count, limit);
            }
            return null;
        });
    }
}
