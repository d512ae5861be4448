package lyceum.social.internal;

import java.time.Instant;
import lyceum.social.SocialService.Hour;
import lyceum.social.Stats;

/**
 * How a class stands.
 *
 * @param turn number of the last one
 * @param hourStart when the running hour began, in seconds of the epoch
 * @param hourClicks in the running hour
 * @param hourEvents in the running hour
 * @param earlierClicks in the hours of the same day that are over
 * @param earlierEvents in the hours of the same day that are over
 * @param userCount sessions that are there
 */
record Counts(
        long turn,
        long hourStart,
        long hourClicks,
        long hourEvents,
        long earlierClicks,
        long earlierEvents,
        long clicksTotal,
        long eventsTotal,
        int userCount) {

    Stats stats() {
        return new Stats(
                clicksTotal,
                earlierClicks + hourClicks,
                hourClicks,
                eventsTotal,
                earlierEvents + hourEvents,
                hourEvents);
    }

    /** @return the running hour */
    Hour hour() {
        return new Hour(hourStart, hourClicks, hourEvents, clicksTotal, eventsTotal);
    }

    /**
     * @return the same in the hour of that instant, or as it is where that is the running one; also where it is an earlier
     *     one, by the clock of an instance that is slow: hours do not come back
     */
    Counts at(Instant now, LocalHours hours) {
        long start = hours.hourStart(now);
        if (start <= hourStart) {
            return this;
        }
        boolean sameDay = hourStart >= hours.dayStart(start);
        return new Counts(
                turn,
                start,
                0,
                0,
                sameDay ? earlierClicks + hourClicks : 0,
                sameDay ? earlierEvents + hourEvents : 0,
                clicksTotal,
                eventsTotal,
                userCount);
    }

    Counts clicked() {
        return with(turn, hourClicks + 1, hourEvents, clicksTotal + 1, eventsTotal, userCount);
    }

    Counts triggered() {
        return with(turn, hourClicks, hourEvents + 1, clicksTotal, eventsTotal + 1, userCount);
    }

    /** @param users how many have come, negative where they have left */
    Counts joined(int users) {
        return with(turn, hourClicks, hourEvents, clicksTotal, eventsTotal, userCount + users);
    }

    Counts nextTurn() {
        return with(turn + 1, hourClicks, hourEvents, clicksTotal, eventsTotal, userCount);
    }

    private Counts with(
            long nextTurn,
            long nextHourClicks,
            long nextHourEvents,
            long nextClicksTotal,
            long nextEventsTotal,
            int nextUserCount) {
        return new Counts(
                nextTurn,
                hourStart,
                nextHourClicks,
                nextHourEvents,
                earlierClicks,
                earlierEvents,
                nextClicksTotal,
                nextEventsTotal,
                nextUserCount);
    }
}
