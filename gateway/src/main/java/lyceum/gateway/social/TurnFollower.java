package lyceum.gateway.social;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.TreeMap;
import lyceum.platform.Bus;
import lyceum.platform.Bus.Subscription;
import lyceum.social.SocialService;
import lyceum.social.SocialService.ClassState;
import lyceum.social.SocialService.FindClass;
import lyceum.social.SocialService.ListTurns;
import lyceum.social.SocialService.TurnPage;
import lyceum.social.Turn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands on the turns of a class in the order of their numbers, each once, and sees to it that none is missing. It begins
 * with the first one that the audience has a part in: before that nobody here has been shown anything.
 */
final class TurnFollower {

    private static final Logger LOG = LoggerFactory.getLogger(TurnFollower.class);

    /** Turns that came too early; more of them are asked for when it is their turn. */
    private static final int MOST_EARLY = 256;

    /** The newest turn may be told of a moment before it can be had. */
    private static final int MOST_FRUITLESS = 2;

    private static final long NOT_BEGUN = -1;
    private static final long NO_TIMER = -1;

    private final Vertx vertx;
    private final Bus bus;
    private final SocialService social;
    private final String className;
    private final SocialPace pace;
    private final Audience audience;
    private final TreeMap<Long, Turn> early = new TreeMap<>();

    private Subscription subscription;
    private long lookTimer = NO_TIMER;
    private long gapTimer = NO_TIMER;
    private long shown = NOT_BEGUN;
    /** Newest turn that there is known to be. */
    private long newest;

    private int failures;
    /** Answers in a row that brought nothing although there is something. */
    private int fruitless;

    /** Whether there was a turn since the last look. */
    private boolean isHeard;

    private boolean isAsking;
    /** Whether turns that are missing cannot be had any more. */
    private boolean isBehind;

    private boolean isStopped;

    /** Those who are shown what happens. */
    interface Audience {

        /** @return whether this turn is of the batch that is waited for */
        boolean isAwaited(Turn turn);

        void show(Turn turn);

        /** Turns are missing and will never be had; this is how the class stands after them. */
        void restore(ClassState state);
    }

    TurnFollower(Vertx vertx, Bus bus, SocialService social, String className, SocialPace pace, Audience audience) {
        this.vertx = vertx;
        this.bus = bus;
        this.social = social;
        this.className = className;
        this.pace = pace;
        this.audience = audience;
    }

    /** @return done when turns are heard */
    Future<Void> start() {
        lookTimer = vertx.setPeriodic(pace.look().toMillis(), due -> look());
        subscription = bus.subscribe(SocialService.turns(className), this::accept);
        return subscription.begun();
    }

    void stop() {
        isStopped = true;
        vertx.cancelTimer(lookTimer);
        vertx.cancelTimer(gapTimer);
        early.clear();
        if (subscription != null) {
            subscription.end().onFailure(error -> LOG.debug("turns of a class are still heard", error));
        }
    }

    /** There is such a turn, and it is waited for. */
    void expect(long turn) {
        if (shown == NOT_BEGUN) {
            begin(turn - 1);
        }
        newest = Math.max(newest, turn);
        if (turn <= shown) {
            // It was among those that cannot be had any more.
            isBehind = true;
            ask();
        }
        showEarly();
    }

    /** The last one before a silence may have been lost; before any other, its gap shows it. */
    private void look() {
        if (!isHeard) {
            ask();
        }
        isHeard = false;
    }

    private void accept(Turn turn) {
        isHeard = true;
        if (isStopped || turn.number() <= shown) {
            return;
        }
        early.put(turn.number(), turn);
        if (shown == NOT_BEGUN && audience.isAwaited(turn)) {
            begin(turn.number() - 1);
        }
        if (early.size() > MOST_EARLY) {
            // Before the begin the oldest are needed least, and the newest are after it.
            early.remove(shown == NOT_BEGUN ? early.firstKey() : early.lastKey());
        }
        newest = Math.max(newest, turn.number());
        showEarly();
    }

    private void begin(long before) {
        shown = before;
        early.headMap(before, true).clear();
    }

    private void showEarly() {
        if (shown == NOT_BEGUN) {
            return;
        }
        while (!early.isEmpty() && early.firstKey() == shown + 1) {
            shown++;
            audience.show(early.pollFirstEntry().getValue());
        }
        if (newest > shown) {
            askIn(pace.gap().toMillis());
        } else if (!isBehind) {
            vertx.cancelTimer(gapTimer);
            gapTimer = NO_TIMER;
        }
    }

    private void askIn(long millis) {
        if (gapTimer == NO_TIMER && !isStopped) {
            gapTimer = vertx.setTimer(millis, late -> {
                gapTimer = NO_TIMER;
                ask();
            });
        }
    }

    private void ask() {
        if (shown == NOT_BEGUN || isAsking || isStopped) {
            return;
        }
        isAsking = true;
        Future<?> answer = isBehind
                ? social.findClass(new FindClass(className)).onSuccess(this::restore)
                : social.listTurns(new ListTurns(className, shown)).onSuccess(this::take);
        answer.onFailure(this::failed);
    }

    private void take(TurnPage page) {
        isAsking = false;
        failures = 0;
        long before = shown;
        newest = Math.max(newest, page.last());
        page.turns().forEach(this::accept);
        if (shown > before || newest == shown) {
            fruitless = 0;
        } else {
            fruitless++;
            boolean isGap = !page.turns().isEmpty();
            isBehind |= isGap || fruitless >= MOST_FRUITLESS;
        }
        if (shown > before || isBehind) {
            askAgain();
        }
    }

    /** What is missing may have come meanwhile. */
    private void askAgain() {
        if (newest > shown || isBehind) {
            ask();
        }
    }

    private void restore(ClassState state) {
        isAsking = false;
        failures = 0;
        if (isStopped) {
            return;
        }
        LOG.info("turns up to {} of a class cannot be had any more, its sockets get how it stands", state.turn());
        isBehind = false;
        fruitless = 0;
        begin(Math.max(shown, state.turn()));
        audience.restore(state);
        showEarly();
    }

    private void failed(Throwable error) {
        isAsking = false;
        failures++;
        LOG.debug("turns of a class are missing: {}", error.getMessage());
        if (newest > shown || isBehind) {
            askIn(pace.retryMillis(failures));
        }
    }
}
