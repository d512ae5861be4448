package lyceum.gateway.social;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import lyceum.gateway.live.LiveCrowd;
import lyceum.gateway.live.LiveEvent;
import lyceum.gateway.live.LiveSession;
import lyceum.social.Stats;

/**
 * Says things to the sockets of a class, in order. What is said goes out with {@link #flush}. Where many come and go, only
 * some of the statuses are told, always the last one (contract, section 13.7): a thousand sockets that connect would be a
 * million messages.
 */
final class Announcements {

    private static final int NO_STATUS = -1;

    /** A few who come together, as people of one table do, are told one by one. */
    private static final int STATUS_BURST = 8;

    private final Vertx vertx;
    private final long pauseMillis;
    private final LiveCrowd crowd = new LiveCrowd();
    private final List<LiveEvent> said = new ArrayList<>();

    /** Newcomers that know the status which waits. */
    private final Set<LiveSession> informed = new HashSet<>();

    private int waitingStatus = NO_STATUS;
    /** Statuses that may be told at once. */
    private int credit = STATUS_BURST;

    /** @param pause time between two statuses, in the long run */
    Announcements(Vertx vertx, Duration pause) {
        this.vertx = vertx;
        this.pauseMillis = pause.toMillis();
    }

    /** Says something to everybody, behind all that was said before. */
    void say(List<LiveEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        tellWaitingStatus();
        said.addAll(events);
    }

    /** Tells everybody how many there are, perhaps a little later. */
    void sayStatus(int userCount) {
        if (credit == 0) {
            waitingStatus = userCount;
            informed.clear();
        } else {
            said.add(SocialEvents.status(userCount));
            spend();
        }
    }

    /** Lets somebody in, who gets how things stand and then all that is said. Everybody else hears of it. */
    void admit(LiveSession newcomer, Stats stats, int userCount) {
        sayStatus(userCount);
        flush();
        newcomer.send(SocialEvents.stats(stats));
        newcomer.send(SocialEvents.status(userCount));
        crowd.add(newcomer);
        if (waitingStatus != NO_STATUS) {
            informed.add(newcomer);
        }
    }

    /** Tells everybody how things stand, whatever was told before. */
    void sayAll(Stats stats, int userCount) {
        waitingStatus = NO_STATUS;
        informed.clear();
        said.add(SocialEvents.stats(stats));
        said.add(SocialEvents.status(userCount));
        flush();
    }

    void remove(LiveSession session) {
        crowd.remove(session);
        informed.remove(session);
    }

    /** Sends what was said. */
    void flush() {
        if (!said.isEmpty()) {
            crowd.send(List.copyOf(said));
            said.clear();
        }
    }

    private void tellWaitingStatus() {
        if (waitingStatus == NO_STATUS) {
            return;
        }
        flush();
        informed.forEach(crowd::remove);
        crowd.send(List.of(SocialEvents.status(waitingStatus)));
        informed.forEach(crowd::add);
        informed.clear();
        waitingStatus = NO_STATUS;
    }

    private void spend() {
        credit--;
        if (credit == STATUS_BURST - 1) {
            vertx.setPeriodic(pauseMillis, this::earn);
        }
    }

    private void earn(long timer) {
        if (waitingStatus != NO_STATUS) {
            tellWaitingStatus();
            return;
        }
        credit++;
        if (credit == STATUS_BURST) {
            vertx.cancelTimer(timer);
        }
    }
}
