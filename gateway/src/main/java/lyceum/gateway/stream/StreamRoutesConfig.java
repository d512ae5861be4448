package lyceum.gateway.stream;

import java.time.Duration;
import java.time.ZoneId;
import lyceum.gateway.access.Admission;
import lyceum.platform.Settings;
import lyceum.platform.Settings.WrongSetting;
import lyceum.stream.RecipeService;

/**
 * What the routes of streams let through, and how they tell the time.
 *
 * @param timeZone of the texts that are local times
 * @param messageLimitBytes longest entry of an upload; stream-service takes no longer message
 * @param uploadLimitBytes longest upload, all entries and what is between them
 * @param documentLimitBytes longest recipe or session
 * @param stallLimit how long a client may neither send nor take anything while a request is under way
 * @param timeLimit how long a client may take for one message, or for one answer
 * @param media whether pictures of streams and files of recordings ask for a token
 * @param fileLimitBytes longest file that is uploaded into a recording; stream-service takes no longer one
 * @param mjpegViewers who may watch streams as MJPEG at once
 */
public record StreamRoutesConfig(
        ZoneId timeZone,
        long messageLimitBytes,
        long uploadLimitBytes,
        long documentLimitBytes,
        Duration stallLimit,
        Duration timeLimit,
        Admission media,
        long fileLimitBytes,
        int mjpegViewers) {

    /** Clients write two bytes of UTF-8 as six of JSON. */
    private static final int ESCAPED_BYTES_FACTOR = 3;

    /** @return longest body that may be a document */
    public long documentBodyBytes() {
        return ESCAPED_BYTES_FACTOR * documentLimitBytes;
    }

    /** @return the configuration; or a {@link lyceum.platform.Settings.WrongSetting} that names the key */
    public static StreamRoutesConfig from(Settings settings) {
        return new StreamRoutesConfig(
                settings.timeZone("LYCEUM_TIME_ZONE", "UTC", "zone of times that the original told in local time"),
                settings.bytes(
                        "LYCEUM_STREAM_MESSAGE_LIMIT", "16MiB", "longest entry that is uploaded, the same everywhere"),
                settings.bytes("LYCEUM_STREAM_UPLOAD_LIMIT", "1GiB", "longest upload of entries over HTTP"),
                documentLimitBytes(settings),
                settings.duration(
                        "LYCEUM_STREAM_STALL_LIMIT",
                        "60s",
                        "how long a client may rest in the middle of uploading or fetching entries"),
                timeLimit(settings),
                settings.flag(
                                "LYCEUM_STREAM_OPEN_MEDIA",
                                false,
                                "whether pictures of streams and files of recordings are for everybody, without a token")
                        ? Admission.OPEN
                        : Admission.REQUIRED,
                settings.bytes(
                        "LYCEUM_RECORDING_FILE_LIMIT",
                        "2GiB",
                        "Longest file that is uploaded into a recording, the same everywhere"),
                settings.number(
                        "LYCEUM_MJPEG_VIEWERS", 500, 0, 100_000, "who may watch streams as MJPEG at this gateway"));
    }

    /** Whoever takes longer keeps room from others; 16 MiB come in 5 minutes at half a megabit a second. */
    static Duration timeLimit(Settings settings) {
        return settings.duration(
                "LYCEUM_STREAM_TIME_LIMIT",
                "5m",
                "how long a client may take for one message that it pushes, uploads or pulls, or one answer with entries");
    }

    private static long documentLimitBytes(Settings settings) {
        String key = "LYCEUM_STREAM_DOCUMENT_LIMIT";
        long bytes = settings.bytes(key, "1MiB", "longest recipe or session");
        if (bytes > RecipeService.MOST_DOCUMENT_BYTES) {
            throw new WrongSetting(key + ": more than 4MiB");
        }
        return bytes;
    }
}
