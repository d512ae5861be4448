package lyceum.stream.internal;

import java.time.Duration;
import lyceum.platform.Settings;
import lyceum.stream.PushSession;
import lyceum.stream.internal.convert.ConversionLimits;

/**
 * How stream-service is set up.
 *
 * @param replyTimeout how long one service waits for another
 * @param redis where streams are kept
 * @param limits what clients may make it hold
 * @param converting what clients may have converted
 * @param documents how recipes and sessions are kept
 * @param recordings how streams are recorded and replayed
 */
public record StreamConfig(
        Duration replyTimeout,
        RedisAccess redis,
        Limits limits,
        Converting converting,
        DocumentConfig documents,
        RecordingConfig recordings) {

    /**
     * @param url password included
     * @param connections for questions that are answered at once; there is one more to append and one more to tail
     * @param limit for one answer
     * @param maxEntries about so many entries of a stream are kept
     */
    public record RedisAccess(String url, int connections, Duration limit, int maxEntries) {}

    /**
     * @param sessions that may be open to push, and as many to pull
     * @param messageBytes longest message, pushed or pulled
     * @param readBytes longest answer to a question for entries
     * @param heldBytes of messages and answers that are on their way, together; three quarters of them for those that
     *     clients have not said or fetched to the end
     * @param tails streams that may have readers
     * @param ringBytes of the newest entries of one stream that are kept for its readers
     * @param ringsBytes of all streams together
     */
    public record Limits(
            int sessions,
            int messageBytes,
            long readBytes,
            long heldBytes,
            int tails,
            long ringBytes,
            long ringsBytes) {}

    /**
     * @param threads that convert entries
     * @param mostWaiting entries that are converted or wait for it; more are refused
     * @param keptBytes of entries and what was made of them that are kept for others who want the same
     * @param limits of one conversion
     */
    public record Converting(int threads, int mostWaiting, long keptBytes, ConversionLimits limits) {}

    private static final int LARGEST_MESSAGE_BYTES = 512 << 20;

    private static final String MESSAGE_LIMIT = "LYCEUM_STREAM_MESSAGE_LIMIT";
    private static final String READ_LIMIT = "LYCEUM_STREAM_READ_LIMIT";
    private static final String HELD_LIMIT = "LYCEUM_STREAM_HELD_LIMIT";

    /**
     * @param redisUrl where streams are kept
     * @param postgresUrl where documents are kept
     */
    public static StreamConfig from(Settings settings, String redisUrl, String postgresUrl) {
        return new StreamConfig(
                settings.duration("LYCEUM_REPLY_TIMEOUT", "10s", "How long one service waits for another"),
                new RedisAccess(
                        redisUrl,
                        settings.number(
                                "LYCEUM_STREAM_CONNECTIONS",
                                4,
                                1,
                                64,
                                "Connections to Redis beside two to push and tail"),
                        settings.duration("LYCEUM_STREAM_REDIS_TIMEOUT", "5s", "How long Redis may take for an answer"),
                        settings.number(
                                "LYCEUM_STREAM_MAX_ENTRIES", 1000, 1, 1_000_000, "Entries that a stream keeps, about")),
                limits(settings),
                converting(settings),
                DocumentConfig.from(settings, postgresUrl),
                RecordingConfig.from(settings));
    }

    private static Converting converting(Settings settings) {
        return new Converting(
                settings.number("LYCEUM_STREAM_CONVERTERS", 2, 1, 64, "Threads that convert entries of streams"),
                settings.number(
                        "LYCEUM_STREAM_CONVERSIONS", 256, 1, 100_000, "Entries that may wait to be converted at once"),
                settings.bytes(
                        "LYCEUM_STREAM_CONVERTED_LIMIT",
                        "32MiB",
                        "Converted entries kept for others who want the same"),
                ConversionLimits.from(settings));
    }

    private static Limits limits(Settings settings) {
        Limits limits = new Limits(
                settings.number(
                        "LYCEUM_STREAM_SESSIONS",
                        10_000,
                        1,
                        1_000_000,
                        "Open sockets that push, and as many that pull"),
                messageBytes(settings),
                settings.bytes(
                        READ_LIMIT,
                        "24MiB",
                        "Longest answer to a question for entries; three quarters of the held limit at most"),
                settings.bytes(HELD_LIMIT, "32MiB", "Bytes on their way to and from clients, all together"),
                settings.number("LYCEUM_STREAM_TAILS", 10_000, 1, 1_000_000, "Streams that may have readers at once"),
                settings.bytes("LYCEUM_STREAM_RING_LIMIT", "8MiB", "Newest entries of a stream kept for its readers"),
                settings.bytes("LYCEUM_STREAM_RINGS_LIMIT", "32MiB", "Newest entries of all streams kept for readers"));
        long messageBytes = limits.messageBytes() + (long) Message.OVERHEAD_BYTES * PushSession.MESSAGE_ENTRIES;
        checkFits(MESSAGE_LIMIT, messageBytes, limits.heldBytes());
        checkFits(READ_LIMIT, limits.readBytes(), limits.heldBytes());
        return limits;
    }

    /** What does not fit into the part of the budget that it is taken from would be refused always. */
    private static void checkFits(String key, long bytes, long heldBytes) {
        if (bytes > Budget.partOf(heldBytes)) {
            throw new Settings.WrongSetting("%s: needs %d bytes, and has three quarters of %s, which are %d"
                    .formatted(key, bytes, HELD_LIMIT, Budget.partOf(heldBytes)));
        }
    }

    /** Redis takes no string above 512 MiB. */
    private static int messageBytes(Settings settings) {
        long bytes = settings.bytes(MESSAGE_LIMIT, "16MiB", "Longest message of a push or pull socket");
        if (bytes < 1 || bytes > LARGEST_MESSAGE_BYTES) {
            throw new Settings.WrongSetting(MESSAGE_LIMIT + ": not between 1 and 512MiB");
        }
        return (int) bytes;
    }
}
