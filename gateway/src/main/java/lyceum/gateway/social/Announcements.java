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
 * Says things to the sockets of a class, in order. What is said goes out with {@link #flush}. Of statuses that follow each
 * other fast only the first and the last are told (contract, section 13.7): a thousand sockets that connect would be a
 * million messages.
 */
final class Announcements {

    private static final int NO_STATUS = -1;

    private final Vertx vertx;
    private final long pauseMillis;
    private final LiveCrowd crowd = new LiveCrowd();
    private final List<LiveEvent> said = new ArrayList<>();

    /** Newcomers that know the status which waits. */
    private final Set<LiveSession> informed = new HashSet<>();

    private int waitingStatus = NO_STATUS;
    private boolean isPausing;

    /** @param pause least time between two statuses */
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
        if (isPausing) {
            waitingStatus = userCount;
            informed.clear();
        } else {
            said.add(SocialEvents.status(userCount));
            pause();
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

    private void pause() {
        isPausing = true;
        vertx.setTimer(pauseMillis, over -> {
            isPausing = false;
            if (waitingStatus != NO_STATUS) {
                tellWaitingStatus();
                pause();
            }
        });
    }
}
