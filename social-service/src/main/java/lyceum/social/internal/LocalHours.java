package lyceum.social.internal;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * When hours and days begin where the class is. All times are seconds of the epoch.
 *
 * @param zone whose hours they are; the original server's are those of UTC
 */
record LocalHours(ZoneId zone) {

    /** Whole days before today whose hours are listed. */
    private static final int DAYS_BEFORE = 6;

    /** @return when the hour of that instant began */
    long hourStart(Instant now) {
        return now.atZone(zone).truncatedTo(ChronoUnit.HOURS).toEpochSecond();
    }

    /** @return when the day of that second began */
    long dayStart(long second) {
        return start(day(second));
    }

    /** @return when the first day began whose hours are listed at that second */
    long listStart(long second) {
        return start(day(second).minusDays(DAYS_BEFORE));
    }

    private LocalDate day(long second) {
        return LocalDate.ofInstant(Instant.ofEpochSecond(second), zone);
    }

    private long start(LocalDate day) {
        return day.atStartOfDay(zone).toEpochSecond();
    }
}
