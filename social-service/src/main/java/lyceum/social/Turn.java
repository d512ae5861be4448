package lyceum.social;

import java.util.List;

/**
 * What has happened in a class in one stroke, and is shown to everybody in this order.
 *
 * @param number of the turn in its class, from 1, without gaps
 * @param member whose batch it was, or null where nobody's: an hour is over, or a member was given up
 * @param batch number of that batch, else 0
 * @param steps in order; one for each act of the batch, also for one that was left out
 */
public record Turn(String className, long number, String member, long batch, List<Step> steps) {

    /**
     * What came of one act.
     *
     * @param session that acted, 0 of HOUR and of sessions of a member that was given up
     * @param user name of the session afterwards, or null
     * @param formerUser its name before, or null; where it differs from user, that is told first
     * @param text comment of a click, or null; name of an event; else null
     * @param style of a click, or null; else null
     * @param milestone number of clicks that the session has reached and that is worth telling, else 0; told before the click
     * @param timestampSeconds of a click or an event, else 0
     * @param userCount sessions of the class afterwards
     * @param stats afterwards, of CONNECT and HOUR, else null
     */
    public record Step(
            Kind kind,
            long session,
            String user,
            String formerUser,
            String text,
            String style,
            int milestone,
            long timestampSeconds,
            int userCount,
            Stats stats) {}

    /** What came of an act. */
    public enum Kind {
        /** A session is there; user is null. */
        CONNECT,
        /** A session has said its name. */
        NAME,
        /** A click was counted. */
        CLICK,
        /** An event was counted, and may be told with its name. */
        EVENT,
        /** An event was counted that is not told by name before it comes, and stands in no list. */
        SECRET_EVENT,
        /** A session is over; user is its last name. */
        LEAVE,
        /** An hour is over; stats are those of the new one. */
        HOUR,
        /** The act was left out. */
        NOTHING
    }
}
