package lyceum.social.internal;

import java.time.Duration;
import java.time.ZoneId;
import lyceum.platform.Database;
import lyceum.platform.Settings;
import lyceum.platform.Settings.WrongSetting;

/**
 * How social-service is set up.
 *
 * @param zone where hours and days begin
 * @param mostClasses classes that there may be; one that nobody has used is forgotten when it is empty
 * @param heldLimitBytes bytes of batches that wait in this process; more are refused
 * @param turnsKept how long a turn can be listed
 * @param replyTimeout how long another service may take for an answer
 */
public record SocialConfig(
        Database database,
        ZoneId zone,
        int mostClasses,
        long heldLimitBytes,
        Duration turnsKept,
        Duration replyTimeout) {

    /** More than one batch of the greatest size. */
    private static final long LEAST_HELD_BYTES = 1024 * 1024;

    private static final Duration SHORTEST_KEPT = Duration.ofMinutes(1);

    /** @param postgresUrl where the tables are */
    public static SocialConfig from(Settings settings, String postgresUrl) {
        return new SocialConfig(
                new Database(
                        postgresUrl,
                        "social",
                        settings.number("LYCEUM_SOCIAL_POOL", 8, 1, 200, "Connections of social-service")),
                settings.timeZone(
                        "LYCEUM_SOCIAL_TIME_ZONE",
                        "UTC",
                        "Where hours and days of clicks begin; the original server's are those of UTC"),
                settings.number(
                        "LYCEUM_SOCIAL_CLASSES", 1000, 1, 1_000_000, "Classes that there may be; a new one is refused"),
                heldLimit(settings),
                turnsKept(settings),
                settings.duration("LYCEUM_REPLY_TIMEOUT", "10s", "How long one service waits for another"));
    }

    private static Duration turnsKept(Settings settings) {
        String key = "LYCEUM_SOCIAL_TURNS_KEPT";
        Duration kept = settings.duration(key, "2m", "How long a gateway can still be told what it has missed");
        if (kept.compareTo(SHORTEST_KEPT) < 0) {
            throw new WrongSetting(key + ": below 1m, while a gateway may still follow a class that it has no part in");
        }
        return kept;
    }

    private static long heldLimit(Settings settings) {
        String key = "LYCEUM_SOCIAL_HELD_LIMIT";
        long bytes =
                settings.bytes(key, "16MiB", "Batches of clicks and events that wait in one process; more are refused");
        if (bytes < LEAST_HELD_BYTES) {
            throw new WrongSetting(key + ": below 1MiB, which is too little");
        }
        return bytes;
    }
}
