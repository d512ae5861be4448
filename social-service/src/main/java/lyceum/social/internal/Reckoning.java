package lyceum.social.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.social.Act;
import lyceum.social.SocialService;
import lyceum.social.SocialService.Batch;
import lyceum.social.SocialService.Hour;
import lyceum.social.Stats;
import lyceum.social.Turn;
import lyceum.social.Turn.Step;

/**
 * What comes of works in a class, one after the other. The rules are those of the original server (frust-api): a name comes
 * first, milestones count the clicks of the session, two events are secret.
 */
final class Reckoning {

    /** Effects of the web page that are meant to come as a surprise. */
    private static final Set<String> SECRET = Set.of("rickroll", "exmatrikulieren");

    private static final int FIRST_MILESTONE = 50;
    private static final int MILESTONE = 100;

    private final String className;
    private final long second;
    private final Map<Session.Key, Session> before = new LinkedHashMap<>();
    private final Map<Session.Key, Session> sessions = new LinkedHashMap<>();
    private final Map<String, Progress> members = new LinkedHashMap<>();
    private final Map<String, Progress> progress = new LinkedHashMap<>();
    private final List<Turn> turns = new ArrayList<>();

    private Counts counts;
    private Hour ended;

    /** Begins, with the end of the hour if it is over. */
    Reckoning(String className, Found found, Instant now, LocalHours hours) {
        this.className = className;
        found.sessions().forEach(session -> before.put(session.key(), session));
        found.members().forEach(member -> members.put(member.member(), member));
        sessions.putAll(before);
        counts = found.counts().at(now, hours);
        // Another instance's clock may be ahead: what is counted in an hour is not dated before it.
        second = Math.max(now.getEpochSecond(), counts.hourStart());
        if (counts.hourStart() != found.counts().hourStart()) {
            ended = found.counts().hour();
            turn(null, 0, List.of(told(Turn.Kind.HOUR, 0)));
        }
    }

    /** @return the number of the turn in which a batch was done, now or before; 0 of other works */
    long take(Work work) {
        if (work instanceof Work.Acting acting) {
            return act(acting.batch());
        }
        if (work instanceof Work.Departure departure) {
            depart(departure.member());
        }
        return 0;
    }

    /** @return what has become of the class */
    Changes changes() {
        List<Session> opened = new ArrayList<>();
        List<Session> changed = new ArrayList<>();
        for (Session session : sessions.values()) {
            if (session.id() == 0) {
                opened.add(session);
            } else if (!session.equals(before.get(session.key()))) {
                changed.add(session);
            }
        }
        List<Long> closed = before.values().stream()
                .filter(session -> isGone(session.key(), session.id()))
                .map(Session::id)
                .toList();
        return new Changes(counts, Optional.ofNullable(ended), opened, changed, closed, progress.values(), turns);
    }

    /** Its number may have come back for another one. */
    private boolean isGone(Session.Key key, long id) {
        Session now = sessions.get(key);
        return now == null || now.id() != id;
    }

    private long act(Batch batch) {
        Progress last = members.get(batch.member());
        if (last == null) {
            throw new Failure(Kind.CONFLICT, "the member is not there any more");
        }
        if (batch.number() == last.batch()) {
            return last.turn();
        }
        if (batch.number() < last.batch()) {
            throw Failure.invalid("a later batch was done already");
        }
        turn(
                batch.member(),
                batch.number(),
                batch.acts().stream().map(act -> act(batch.member(), act)).toList());
        Progress done = new Progress(batch.member(), batch.number(), counts.turn());
        members.put(batch.member(), done);
        progress.put(batch.member(), done);
        return counts.turn();
    }

    private void depart(String member) {
        List<Step> steps =
                sessions.values().stream()
                        .filter(session -> session.key().member().equals(member))
                        .toList()
                        .stream()
                        .map(session -> leave(session, 0))
                        .toList();
        // A turn is no longer than one of a batch.
        for (int from = 0; from < steps.size(); from += SocialService.BATCH_ACTS) {
            turn(null, 0, steps.subList(from, Math.min(steps.size(), from + SocialService.BATCH_ACTS)));
        }
    }

    private Step act(String member, Act act) {
        Session.Key key = new Session.Key(member, act.session());
        Session session = sessions.get(key);
        if ((session == null) != (act.kind() == Act.Kind.CONNECT)) {
            return told(Turn.Kind.NOTHING, act.session());
        }
        return switch (act.kind()) {
            case CONNECT -> connect(key);
            case NAME -> name(session, act);
            case CLICK -> click(session, act);
            case EVENT -> trigger(session, act);
            case LEAVE -> leave(session, act.session());
        };
    }

    private Step connect(Session.Key key) {
        sessions.put(key, Session.opened(key));
        counts = counts.joined(1);
        return told(Turn.Kind.CONNECT, key.number());
    }

    private Step name(Session session, Act act) {
        sessions.put(session.key(), session.named(act.user()));
        return told(Turn.Kind.NAME, session, act, 0, 0);
    }

    private Step click(Session session, Act act) {
        Session clicked = session.named(act.user()).clicked();
        sessions.put(session.key(), clicked);
        counts = counts.clicked();
        return told(Turn.Kind.CLICK, session, act, milestone(clicked.clicks()), second);
    }

    private Step trigger(Session session, Act act) {
        sessions.put(session.key(), session.named(act.user()).triggered());
        counts = counts.triggered();
        Turn.Kind kind = SECRET.contains(act.text()) ? Turn.Kind.SECRET_EVENT : Turn.Kind.EVENT;
        return told(kind, session, act, 0, second);
    }

    private Step leave(Session session, long number) {
        sessions.remove(session.key());
        counts = counts.joined(-1);
        String name = session.name();
        return new Step(Turn.Kind.LEAVE, number, name, name, null, null, 0, 0, counts.userCount(), null);
    }

    private static int milestone(long clicks) {
        return clicks == FIRST_MILESTONE || clicks % MILESTONE == 0 ? Math.toIntExact(clicks) : 0;
    }

    /** @param session as it was before */
    private Step told(Turn.Kind kind, Session session, Act act, int milestone, long timestampSeconds) {
        return new Step(
                kind,
                act.session(),
                act.user(),
                session.name(),
                act.text(),
                act.style(),
                milestone,
                timestampSeconds,
                counts.userCount(),
                null);
    }

    /** Of nobody who has a name. */
    private Step told(Turn.Kind kind, long session) {
        Stats stats = kind == Turn.Kind.NOTHING ? null : counts.stats();
        return new Step(kind, session, null, null, null, null, 0, 0, counts.userCount(), stats);
    }

    private void turn(String member, long batch, List<Step> steps) {
        counts = counts.nextTurn();
        turns.add(new Turn(className, counts.turn(), member, batch, steps));
    }
}
