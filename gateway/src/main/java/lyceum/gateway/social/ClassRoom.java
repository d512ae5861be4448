package lyceum.gateway.social;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lyceum.gateway.social.Outbox.Waiting;
import lyceum.platform.Bus;
import lyceum.social.Act;
import lyceum.social.SocialService;
import lyceum.social.SocialService.ClassState;
import lyceum.social.Turn;
import lyceum.social.Turn.Kind;
import lyceum.social.Turn.Step;

/**
 * The sockets of a class here. One is shown nothing before its own coming is, and then everything that follows. Lives on
 * one event loop.
 */
final class ClassRoom implements Outbox.Fate, TurnFollower.Audience {

    private final Map<Long, Participant> participants = new HashMap<>();
    private final Announcements announcements;
    private final Outbox outbox;
    private final TurnFollower follower;
    private final Member member;
    private final String className;

    /** @param member that all sockets here belong to */
    ClassRoom(Member member, Vertx vertx, Bus bus, SocialService social, String className, SocialPace pace) {
        this.member = member;
        this.className = className;
        this.announcements = new Announcements(vertx, pace.status());
        this.outbox = new Outbox(vertx, social, className, member, pace, this);
        this.follower = new TurnFollower(vertx, bus, social, className, pace, this);
    }

    /** @param known done when social-service knows the member */
    void start(Future<Void> known) {
        Future<Void> heard = follower.start();
        // Turns that are not heard are asked for.
        known.onSuccess(begun -> heard.onComplete(any -> outbox.open()));
    }

    /** @return whether nobody is here, and all is shown that somebody has done */
    boolean isDeserted() {
        return participants.isEmpty() && isSettled();
    }

    /** @return whether all is shown that somebody has done */
    boolean isSettled() {
        return outbox.isIdle();
    }

    /** @return whether there is room; else the socket is to be closed */
    boolean enter(Participant participant) {
        if (!outbox.offer(Act.connect(participant.number()), null)) {
            return false;
        }
        participants.put(participant.number(), participant);
        return true;
    }

    /** @param ack or null */
    void act(Act act, Runnable ack) {
        if (!outbox.offer(act, ack)) {
            member.meters().ignored.increment();
        }
    }

    void leave(Participant participant) {
        announcements.remove(participant.session());
        if (participants.remove(participant.number()) != null) {
            outbox.leave(participant.number());
        }
    }

    /** Ends all that is done here, and the sessions of all who are in it; that they leave is told nobody. */
    void close() {
        outbox.close();
        follower.stop();
        List<Participant> all = List.copyOf(participants.values());
        participants.clear();
        all.forEach(participant -> participant.session().close());
    }

    @Override
    public int sockets() {
        return participants.size();
    }

    @Override
    public void taken(long turn) {
        follower.expect(turn);
    }

    @Override
    public void refused(Act act) {
        Participant participant = participants.get(act.session());
        if (act.kind() == Act.Kind.CONNECT && participant != null) {
            participants.remove(act.session());
            participant.session().close();
        }
    }

    @Override
    public void homeless() {
        member.dismiss(className);
    }

    @Override
    public void lost() {
        member.lose();
    }

    @Override
    public boolean isAwaited(Turn turn) {
        return !outbox.actsOf(turn).isEmpty();
    }

    @Override
    public void show(Turn turn) {
        List<Waiting> acts = outbox.actsOf(turn);
        for (int i = 0; i < turn.steps().size(); i++) {
            Step step = turn.steps().get(i);
            show(step, !acts.isEmpty());
            if (i < acts.size() && step.kind() != Kind.NOTHING) {
                acknowledge(acts.get(i));
            }
        }
        announcements.flush();
        if (!acts.isEmpty()) {
            outbox.shown();
        }
    }

    private void show(Step step, boolean isOurs) {
        announcements.say(SocialEvents.of(step));
        switch (step.kind()) {
            case CONNECT -> {
                Participant newcomer = isOurs ? participants.get(step.session()) : null;
                if (newcomer == null) {
                    announcements.sayStatus(step.userCount());
                } else {
                    announcements.admit(newcomer.session(), step.stats(), step.userCount());
                }
            }
            case LEAVE -> announcements.sayStatus(step.userCount());
            default -> {}
        }
    }

    /** Behind all that the act has caused. */
    private void acknowledge(Waiting act) {
        if (act.ack() != null) {
            announcements.flush();
            act.ack().run();
        }
    }

    @Override
    public void restore(ClassState state) {
        member.meters().restored.increment();
        List<Waiting> acts = outbox.actsUpTo(state.turn());
        announcements.sayAll(state.stats(), state.userCount());
        for (Waiting done : acts) {
            Participant newcomer = participants.get(done.act().session());
            if (done.act().kind() == Act.Kind.CONNECT && newcomer != null) {
                announcements.admit(newcomer.session(), state.stats(), state.userCount());
            }
            acknowledge(done);
        }
        announcements.flush();
        if (!acts.isEmpty()) {
            outbox.shown();
        }
    }
}
