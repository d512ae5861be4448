package lyceum.platform.management;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.threadchecker.BlockedThreadEvent;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How event loops keep up: {@code lyceum.loop.lag}, how much later than due a task runs that each of them has twice a
 * second; {@code lyceum.loop.blocked}, how often Vert.x found a thread that had been kept for too long, and warned of it.
 */
final class LoopMeters {

    private static final Logger LOG = LoggerFactory.getLogger(LoopMeters.class);

    private static final Duration PACE = Duration.ofMillis(500);

    /** From what nobody notices to where clients give up. */
    private static final Duration[] STEPS = {
        Duration.ofMillis(5),
        Duration.ofMillis(20),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(2)
    };

    private final Timer lag;
    private final Counter blocked;

    LoopMeters(MeterRegistry registry) {
        lag = Timer.builder("lyceum.loop.lag").serviceLevelObjectives(STEPS).register(registry);
        blocked = registry.counter("lyceum.loop.blocked");
    }

    /** Ends with the Vert.x. */
    void watch(Vertx vertx) {
        VertxInternal inside = (VertxInternal) vertx;
        inside.blockedThreadChecker().setThreadBlockedHandler(this::blocked);
        for (EventExecutor loop : inside.nettyEventLoopGroup()) {
            askAgain(loop);
        }
    }

    private void askAgain(EventExecutor loop) {
        long dueNanos = System.nanoTime() + PACE.toNanos();
        loop.schedule(
                () -> {
                    lag.record(Math.max(0, System.nanoTime() - dueNanos), TimeUnit.NANOSECONDS);
                    if (!loop.isShuttingDown()) {
                        askAgain(loop);
                    }
                },
                PACE.toNanos(),
                TimeUnit.NANOSECONDS);
    }

    /** Vert.x says the same where nobody else listens. */
    private void blocked(BlockedThreadEvent event) {
        blocked.increment();
        String text = "Thread %s has been blocked for %d ms, time limit is %d ms"
                .formatted(
                        event.thread(),
                        TimeUnit.NANOSECONDS.toMillis(event.duration()),
                        TimeUnit.NANOSECONDS.toMillis(event.maxExecTime()));
        if (event.duration() <= event.warningExceptionTime()) {
            LOG.warn(text);
            return;
        }
        VertxException trace = new VertxException("Thread blocked");
        trace.setStackTrace(event.thread().getStackTrace());
        LOG.warn(text, trace);
    }
}
