package lyceum.gateway;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import lyceum.grading.HandInService;
import lyceum.platform.Bus;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;

/**
 * Tells everybody who watches a hand-in that something has happened to it, or to one before it in the queue. Facts can get
 * lost, so now and then all are told to look anyway. Lives on one context.
 */
final class HandInFeed {

    /** How often a queue may move for those who watch it. */
    private static final Duration QUEUE_PACE = Duration.ofSeconds(1);

    /** Proxies are known to cut what is silent for a minute. */
    private static final Duration PULSE = Duration.ofSeconds(15);

    private final Vertx vertx;
    private final int most;
    private final Set<HandInWatch> watches = new HashSet<>();
    private boolean hasQueueMoved;
    private long pace;
    private long pulse;

    /** @param most that watch at once */
    HandInFeed(Vertx vertx, int most) {
        this.vertx = vertx;
        this.most = most;
    }

    /** @return done when facts are heard */
    Future<Void> follow(Bus bus) {
        pace = vertx.setPeriodic(QUEUE_PACE.toMillis(), due -> moveQueue());
        pulse = vertx.setPeriodic(PULSE.toMillis(), due -> everyone().forEach(HandInWatch::beat));
        return Future.all(
                        bus.listen(HandInService.HANDED_IN, fact -> happened(fact.id())),
                        bus.listen(HandInService.STARTED, fact -> happened(fact.id())),
                        bus.listen(HandInService.SCORED, fact -> happened(fact.id())))
                .mapEmpty();
    }

    /** Lets somebody watch; BUSY where too many do. */
    void add(HandInWatch watch) {
        if (watches.size() >= most) {
            throw new Failure(Kind.BUSY, "too many hand-ins are watched");
        }
        watches.add(watch);
    }

    void remove(HandInWatch watch) {
        watches.remove(watch);
    }

    /** Ends all of them. */
    void close() {
        vertx.cancelTimer(pace);
        vertx.cancelTimer(pulse);
        everyone().forEach(HandInWatch::end);
    }

    private void happened(String id) {
        hasQueueMoved = true;
        everyone().stream().filter(watch -> watch.isOf(id)).forEach(HandInWatch::look);
    }

    private void moveQueue() {
        if (hasQueueMoved) {
            hasQueueMoved = false;
            everyone().stream().filter(HandInWatch::isInQueue).forEach(HandInWatch::look);
        }
    }

    /** Whoever leaves while something is told disturbs nobody. */
    private List<HandInWatch> everyone() {
        return List.copyOf(watches);
    }
}
