package lyceum.social.internal;

import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What must be known of a class before works can be done in it.
 *
 * @param firstHour with which the class begins if it is not there; empty where it does not come into being by that
 * @param members of whose batches it must be known how far they are
 * @param sessions that act
 * @param leaving members all of whose sessions leave
 */
record Wanted(
        String className, OptionalLong firstHour, Set<String> members, Set<Session.Key> sessions, Set<String> leaving) {

    /** @return what all of these works need, in the class as it would begin in that hour */
    static Wanted by(String className, List<Work> works, long hourStart) {
        return new Wanted(
                className,
                works.stream().anyMatch(Work::isEntrance) ? OptionalLong.of(hourStart) : OptionalLong.empty(),
                Work.distinct(works, Work::members),
                Work.distinct(works, Work::sessions),
                Work.distinct(works, Work::leaving));
    }
}
