package lyceum.gateway.stream;

import java.time.Duration;
import lyceum.platform.Settings;
import lyceum.platform.Settings.WrongSetting;

/**
 * What the WebSockets of streams let through.
 *
 * @param sockets most of them at once
 * @param messageBytes longest message of a client
 * @param heldBytes of messages of all clients that are on their way
 * @param outageLimit how long a client that pulls waits for a store that does not answer
 * @param pace how often things are looked after
 */
public record StreamSocketsConfig(int sockets, int messageBytes, long heldBytes, Duration outageLimit, Pace pace) {

    private static final int LARGEST_MESSAGE_BYTES = 512 << 20;

    /**
     * @param ping how often a client is asked whether it is there; one that is silent for so long is not. As in the
     *     original
     * @param keep how often a session is told that its client is there; a third of the shortest lease
     * @param message how long a message of a client may take, or a delivery to it
     */
    public record Pace(Duration ping, Duration keep, Duration message) {

        /** @return the usual pace, with the time limit that is set */
        public static Pace from(Settings settings) {
            return new Pace(Duration.ofSeconds(20), Duration.ofSeconds(5), StreamRoutesConfig.timeLimit(settings));
        }
    }

    /** @return the configuration; or a {@link lyceum.platform.Settings.WrongSetting} that names the key */
    public static StreamSocketsConfig from(Settings settings) {
        return new StreamSocketsConfig(
                settings.number("LYCEUM_STREAM_SOCKETS", 5000, 0, 1_000_000, "push and pull sockets of this gateway"),
                messageBytes(settings),
                settings.bytes(
                        "LYCEUM_STREAM_HELD_LIMIT", "32MiB", "Bytes on their way to and from clients, all together"),
                settings.duration(
                        "LYCEUM_STREAM_OUTAGE_LIMIT",
                        "60s",
                        "how long pull sockets wait for a store that does not answer"),
                Pace.from(settings));
    }

    private static int messageBytes(Settings settings) {
        String key = "LYCEUM_STREAM_MESSAGE_LIMIT";
        long bytes = settings.bytes(key, "16MiB", "Longest message of a push or pull socket");
        if (bytes < 1 || bytes > LARGEST_MESSAGE_BYTES) {
            throw new WrongSetting(key + ": not between 1 and 512MiB");
        }
        return (int) bytes;
    }
}
