package lyceum.social.internal;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import lyceum.social.SocialService.Hour;
import lyceum.social.Turn;
import lyceum.social.Turn.Kind;
import lyceum.social.Turn.Step;

/**
 * What becomes of a class; nothing at all where there are no turns.
 *
 * @param counts afterwards
 * @param ended the hour that is over, if one is
 * @param opened sessions that are new, in the order of connection
 * @param changed sessions that were there and are
 * @param closed ids of sessions that are gone
 * @param progress of each member that did something
 */
record Changes(
        Counts counts,
        Optional<Hour> ended,
        List<Session> opened,
        List<Session> changed,
        List<Long> closed,
        Collection<Progress> progress,
        List<Turn> turns) {

    static final Changes NONE = new Changes(
            new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0),
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of());

    /** How often somebody clicked and triggered what is not secret. */
    record Share(long clicks, long events) {

        static Share of(Step step) {
            return step.kind() == Kind.CLICK ? new Share(1, 0) : new Share(0, 1);
        }

        Share plus(Share other) {
            return new Share(clicks + other.clicks, events + other.events);
        }
    }

    /** @return the steps of that kind, in order */
    List<Step> steps(Kind kind) {
        return steps().filter(step -> step.kind() == kind).toList();
    }

    /** @return what each user did, in the order of first appearance */
    Map<String, Share> users() {
        Map<String, Share> users = new LinkedHashMap<>();
        steps().filter(step -> step.kind() == Kind.CLICK || step.kind() == Kind.EVENT)
                .forEach(step -> users.merge(step.user(), Share.of(step), Share::plus));
        return users;
    }

    private Stream<Step> steps() {
        return turns.stream().flatMap(turn -> turn.steps().stream());
    }
}
