package lyceum.gateway.grading;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.LinkedHashSet;
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
public final class HandInFeed {

    /** How often a queue may move for those who watch it. */
    private static final Duration QUEUE_PACE = Duration.ofSeconds(1);

    /** Watchers that look at once: the night before a deadline the queue must not be slowed down by who watches it. */
    private static final int LOOKS = 100;

    /** Proxies are known to cut what is silent for a minute. */
    private static final Duration PULSE = Duration.ofSeconds(15);

    private final Vertx vertx;
    private final int most;

    /** Who has looked longest ago comes first. */
    private final Set<HandInWatch> watches = new LinkedHashSet<>();

    private int shallLook;
    private long refused;
    private long pace = -1;
    private long pulse = -1;

    /** @param most that watch at once */
    public HandInFeed(Vertx vertx, int most) {
        this.vertx = vertx;
        this.most = most;
    }

    /** @return done when facts are heard */
    public Future<Void> follow(Bus bus) {
        pace = vertx.setPeriodic(QUEUE_PACE.toMillis(), due -> moveOn());
        pulse = vertx.setPeriodic(PULSE.toMillis(), due -> everyone().forEach(HandInWatch::beat));
        return Future.all(
                        bus.listen(HandInService.HANDED_IN, fact -> happened(fact.id())),
                        bus.listen(HandInService.STARTED, fact -> happened(fact.id())),
                        bus.listen(HandInService.SCORED, fact -> happened(fact.id())))
                .mapEmpty();
    }

    /** Lets somebody watch; BUSY where too many do. */
    public void add(HandInWatch watch) {
        if (watches.size() >= most) {
            refused++;
            throw new Failure(Kind.BUSY, "too many hand-ins are watched");
        }
        watches.add(watch);
    }

    /** @return who watches now */
    public int watching() {
        return watches.size();
    }

    /** @return how often somebody was sent away because of that limit */
    public long refused() {
        return refused;
    }

    void remove(HandInWatch watch) {
        watches.remove(watch);
    }

    /** Ends all of them. */
    public void close() {
        vertx.cancelTimer(pace);
        vertx.cancelTimer(pulse);
        everyone().forEach(HandInWatch::end);
    }

    private void happened(String id) {
        shallLook = watches.size();
        everyone().stream().filter(watch -> watch.isOf(id)).forEach(HandInWatch::look);
    }

    /** Lets the next ones look: all in turn when the queue has moved, and everybody within a pulse in any case. */
    private void moveOn() {
        int atLeast = (int) (watches.size() / PULSE.toSeconds()) + 1;
        List<HandInWatch> next = watches.stream()
                .limit(Math.min(LOOKS, Math.max(shallLook, atLeast)))
                .toList();
        shallLook = Math.max(0, shallLook - next.size());
        next.forEach(watch -> {
            watches.remove(watch);
            watches.add(watch);
            watch.look();
        });
    }

    /** Whoever leaves while something is told disturbs nobody. */
    private List<HandInWatch> everyone() {
        return List.copyOf(watches);
    }
}
