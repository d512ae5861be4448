package lyceum.gateway.live;

import java.time.Duration;
import java.util.List;
import lyceum.platform.Settings;
import lyceum.platform.Settings.WrongSetting;

/**
 * What sockets of socket.io are given.
 *
 * @param origins of pages beside our own that may come; {@code *} for any
 * @param connections most of them at once, of this process
 * @param pingInterval how often the two sides ask for each other
 * @param pingTimeout how long an answer may take. Longer than the interval: an old client that has upgraded is asked by
 *     the server, too, which it does not answer; only its own next question saves it
 * @param messageBytes longest message, and longest body of a poll
 * @param lag how far a socket may fall behind
 * @param patience how long a client may take for what takes no time
 */
public record LiveConfig(
        List<String> origins,
        int connections,
        Duration pingInterval,
        Duration pingTimeout,
        int messageBytes,
        Lag lag,
        Patience patience) {

    private static final int LARGEST_MESSAGE_BYTES = 256 << 10;

    /** A batch of events has room in it. */
    private static final long LEAST_LAG_BYTES = 64 << 10;

    /**
     * How far a socket may fall behind before it is closed; it comes back by itself, and is told where things stand.
     *
     * @param bytes that the network has not taken, or as many characters that wait for the next poll
     * @param packets that wait for the next poll
     * @param time for which the network takes nothing
     */
    public record Lag(long bytes, int packets, Duration time) {

        /** What a class of a thousand says in a few seconds; the texts are the same ones for all sockets. */
        private static final int PACKETS = 10_000;

        private static final Duration TIME = Duration.ofSeconds(30);
    }

    /**
     * How long a client may take for what takes no time.
     *
     * @param join to be in a namespace, as in the library
     * @param upgrade to take the other transport, as in Engine.IO for Node
     * @param body to say what it posts; 64 KiB at 17 kbit/s
     */
    public record Patience(Duration join, Duration upgrade, Duration body) {

        static final Patience USUAL =
                new Patience(Duration.ofSeconds(45), Duration.ofSeconds(10), Duration.ofSeconds(30));
    }

    /** @return the configuration, or a {@link WrongSetting} that names the key */
    public static LiveConfig from(Settings settings) {
        Duration pingInterval = settings.duration(
                "LYCEUM_SOCKETIO_PING_INTERVAL", "25s", "how often the two sides of socket.io ask for each other");
        return new LiveConfig(
                origins(settings),
                settings.number(
                        "LYCEUM_SOCKETIO_CONNECTIONS", 20_000, 0, 1_000_000, "sockets of socket.io of this process"),
                pingInterval,
                pingTimeout(settings, pingInterval),
                messageBytes(settings),
                new Lag(lagBytes(settings), Lag.PACKETS, Lag.TIME),
                Patience.USUAL);
    }

    private static List<String> origins(Settings settings) {
        String key = "LYCEUM_SOCKETIO_ORIGINS";
        List<String> origins = settings.list(
                key, "", "origins of pages beside our own that may use socket.io, https://x.example; * for any");
        origins.stream().filter(origin -> !Origins.isOrigin(origin)).findFirst().ifPresent(wrong -> {
            throw new WrongSetting("%s: '%s' is no origin, like https://friend.example".formatted(key, wrong));
        });
        return origins;
    }

    private static long lagBytes(Settings settings) {
        String key = "LYCEUM_SOCKETIO_LAG_LIMIT";
        long bytes =
                settings.bytes(key, "4MiB", "Bytes that one socket of socket.io may leave untaken before it is closed");
        if (bytes < LEAST_LAG_BYTES) {
            throw new WrongSetting(key + ": not at least 64KiB");
        }
        return bytes;
    }

    private static Duration pingTimeout(Settings settings, Duration interval) {
        String key = "LYCEUM_SOCKETIO_PING_TIMEOUT";
        Duration timeout = settings.duration(key, "60s", "how long a client of socket.io may take to answer");
        if (timeout.compareTo(interval) <= 0) {
            throw new WrongSetting(key + ": not longer than LYCEUM_SOCKETIO_PING_INTERVAL, so clients would be cut");
        }
        return timeout;
    }

    private static int messageBytes(Settings settings) {
        String key = "LYCEUM_SOCKETIO_MESSAGE_LIMIT";
        long bytes = settings.bytes(key, "64KiB", "Longest message of a client of socket.io");
        if (bytes < 1 || bytes > LARGEST_MESSAGE_BYTES) {
            throw new WrongSetting(key + ": not between 1 and 256KiB");
        }
        return (int) bytes;
    }
}
