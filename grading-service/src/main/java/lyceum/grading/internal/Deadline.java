package lyceum.grading.internal;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Until when what is handed in counts how much.
 *
 * @param due the last instant that counts
 * @param scale factor of the score
 */
record Deadline(Instant due, double scale) {

    private static final Pattern DATE =
            Pattern.compile("(\\d{4})-(\\d{1,2})-(\\d{1,2}) (\\d{1,2}):(\\d{1,2}):(\\d{1,2})");

    /** As Double.parseDouble takes it, without NaN and what else that takes. */
    private static final Pattern SCALE = Pattern.compile("\\d{1,9}(\\.\\d{0,18})?|\\.\\d{1,18}");

    /**
     * @param date {@code YYYY-MM-DD HH:MM:SS}, leading zeros optional. Of two instants at the end of summer time it is the
     *     later, one that the beginning of summer time skips moves forward
     * @throws IllegalArgumentException with the reason in one line
     */
    static Deadline of(String date, String scale, ZoneId zone) {
        Matcher matcher = DATE.matcher(date);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("due date \"" + date + "\" is not YYYY-MM-DD HH:MM:SS");
        }
        if (!SCALE.matcher(scale).matches()) {
            throw new IllegalArgumentException("scale \"" + scale + "\" is no decimal number");
        }
        try {
            LocalDateTime local = LocalDateTime.of(
                    part(matcher, 1),
                    part(matcher, 2),
                    part(matcher, 3),
                    part(matcher, 4),
                    part(matcher, 5),
                    part(matcher, 6));
            Instant due =
                    ZonedDateTime.of(local, zone).withLaterOffsetAtOverlap().toInstant();
            return new Deadline(due, Double.parseDouble(scale));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("due date \"" + date + "\" does not exist");
        }
    }

    private static int part(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }

    /** @return the first in the order of the file that is not over; nothing where hand-ins are closed */
    static Optional<Deadline> next(List<Deadline> deadlines, Instant now) {
        return deadlines.stream().filter(deadline -> !deadline.isOver(now)).findFirst();
    }

    /** @return the last in the order of the file, unless it is over */
    static Optional<Deadline> last(List<Deadline> deadlines, Instant now) {
        return deadlines.isEmpty()
                ? Optional.empty()
                : Optional.of(deadlines.get(deadlines.size() - 1)).filter(deadline -> !deadline.isOver(now));
    }

    private boolean isOver(Instant now) {
        return due.isBefore(now);
    }
}
