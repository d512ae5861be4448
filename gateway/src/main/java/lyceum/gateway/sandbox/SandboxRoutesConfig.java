package lyceum.gateway.sandbox;

import java.time.Duration;
import lyceum.platform.Settings;
import lyceum.platform.Settings.WrongSetting;

/**
 * What the routes of sandbox-service let through.
 *
 * @param bodyLimitBytes longest body of a run, and of a batch of them
 * @param batchLimit most runs that are submitted, or asked for, at once
 * @param sessionLimit most sessions at once
 * @param runTimeout how long the answer of a run may take, waiting for its turn included
 * @param startLimit how long a session waits for the message that starts its run
 * @param pingInterval how often a session asks whether its client is there; one that is silent for so long is not
 */
public record SandboxRoutesConfig(
        long bodyLimitBytes,
        int batchLimit,
        int sessionLimit,
        Duration runTimeout,
        Duration startLimit,
        Duration pingInterval) {

    private static final Duration START_LIMIT = Duration.ofSeconds(10);

    /** Proxies are known to cut what is silent for a minute. */
    private static final Duration PING_INTERVAL = Duration.ofSeconds(20);

    private static final long LARGEST_BODY_BYTES = 1L << 30;

    /** @return the configuration; or a {@link lyceum.platform.Settings.WrongSetting} that names the key */
    public static SandboxRoutesConfig from(Settings settings) {
        return new SandboxRoutesConfig(
                bodyLimitBytes(settings),
                // As many ids as the first line of a request has room for.
                settings.number("LYCEUM_SANDBOX_BATCH_LIMIT", 20, 1, 200, "most runs of one batch"),
                settings.number("LYCEUM_SANDBOX_SESSIONS", 100, 0, 100_000, "most interactive runs of this gateway"),
                settings.duration(
                        "LYCEUM_SANDBOX_REPLY_TIMEOUT",
                        "25m",
                        "how long a run may take, its time in the queue included"),
                START_LIMIT,
                PING_INTERVAL);
    }

    private static long bodyLimitBytes(Settings settings) {
        String key = "LYCEUM_SANDBOX_BODY_LIMIT";
        long bytes =
                settings.bytes(key, "24MiB", "longest body of a run or a batch; base64 makes a third more of files");
        if (bytes > LARGEST_BODY_BYTES) {
            throw new WrongSetting(key + ": more than 1GiB, which no memory holds");
        }
        return bytes;
    }
}
