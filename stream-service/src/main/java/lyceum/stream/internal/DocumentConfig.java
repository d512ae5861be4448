package lyceum.stream.internal;

import java.time.ZoneId;
import lyceum.platform.Database;
import lyceum.platform.Settings;
import lyceum.platform.Settings.WrongSetting;
import lyceum.stream.RecipeService;

/**
 * How documents are kept.
 *
 * @param database where they are
 * @param limits how many and how long
 * @param zone of the times that are told in local time
 * @param withSamples whether the recipes are added, once, that clients know by their ids
 */
record DocumentConfig(Database database, DocumentLimits limits, ZoneId zone, boolean withSamples) {

    private static final int LEAST_BYTES = 1024;

    static DocumentConfig from(Settings settings, String postgresUrl) {
        return new DocumentConfig(
                new Database(
                        postgresUrl,
                        "stream",
                        settings.number(
                                "LYCEUM_STREAM_POOL", 4, 1, 200, "Connections of stream-service to PostgreSQL")),
                new DocumentLimits(
                        settings.number(
                                "LYCEUM_STREAM_DOCUMENTS", 10_000, 1, 100_000, "Most recipes, and most sessions"),
                        documentBytes(settings)),
                settings.timeZone("LYCEUM_TIME_ZONE", "UTC", "zone of times that the original told in local time"),
                settings.flag(
                        "LYCEUM_STREAM_SAMPLE_RECIPES",
                        false,
                        "Whether the recipes pinwheels, coffee and mugcake are added, once"));
    }

    private static int documentBytes(Settings settings) {
        String key = "LYCEUM_STREAM_DOCUMENT_LIMIT";
        long bytes = settings.bytes(key, "1MiB", "longest recipe or session");
        if (bytes < LEAST_BYTES || bytes > RecipeService.MOST_DOCUMENT_BYTES) {
            throw new WrongSetting(key + ": not between 1KiB and 4MiB");
        }
        return (int) bytes;
    }
}
