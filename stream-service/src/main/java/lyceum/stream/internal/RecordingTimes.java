package lyceum.stream.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as the original writes them (contract, 4.1). */
final class RecordingTimes {

    /** Of the locale C: {@code Tue Nov  4 22:13:20 2023}. */
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH);

    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyy.MM.dd-HH.mm.ss", Locale.ENGLISH);

    /** Years have four digits; ids can be any number. */
    private static final long LAST_MILLIS =
            Instant.parse("9999-12-30T00:00:00Z").toEpochMilli();

    private final ZoneId zone;

    RecordingTimes(ZoneId zone) {
        this.zone = zone;
    }

    /** @return the time of an entry; null where it has none that can be written */
    String date(EntryId id) {
        return id == null || id.millis() < 0 || id.millis() > LAST_MILLIS
                ? null
                : DATE.format(Instant.ofEpochMilli(id.millis()).atZone(zone));
    }

    /** @return the name of a recording that begins now */
    String name(Instant now) {
        return NAME.format(now.atZone(zone));
    }

    /** @return {@code H:MM:SS}, with a fraction where there is one, and days before it where there are any */
    static String duration(long millis) {
        Duration all = Duration.ofMillis(millis);
        String text = "%d:%02d:%02d".formatted(all.toHoursPart(), all.toMinutesPart(), all.toSecondsPart());
        String fraction = all.toMillisPart() == 0 ? "" : ".%03d000".formatted(all.toMillisPart());
        long days = all.toDays();
        return (days == 0 ? "" : days == 1 ? "1 day, " : days + " days, ") + text + fraction;
    }
}
