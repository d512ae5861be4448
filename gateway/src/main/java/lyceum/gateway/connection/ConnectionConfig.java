package lyceum.gateway.connection;

import java.time.Duration;
import lyceum.platform.Settings;

/**
 * How many clients may be connected, and how long each may keep the gateway waiting.
 *
 * @param most connections at once
 * @param head how long the first line and the headers of a request may take, from their first byte on
 * @param stall within so long a part of a body must come: {@link #LEAST_BYTES}, or its end
 * @param keepAlive how long a connection may be open on which nothing is asked
 */
public record ConnectionConfig(int most, Duration head, Duration stall, Duration keepAlive) {

    /** Some 17 bytes a second for the usual limit: no modem is slower, and who drips on purpose is found out. */
    static final int LEAST_BYTES = 1024;

    /** @return what is set */
    public static ConnectionConfig from(Settings settings) {
        return new ConnectionConfig(
                settings.number(
                        "LYCEUM_CONNECTIONS",
                        30_000,
                        1,
                        1_000_000,
                        "connections of clients to this gateway at once; who comes then is told 503"),
                settings.duration(
                        "LYCEUM_HTTP_HEAD_LIMIT",
                        "30s",
                        "how long the first line and the headers of a request may take to come; then 408"),
                settings.duration(
                        "LYCEUM_HTTP_STALL_LIMIT",
                        "60s",
                        "within so long (or LYCEUM_STREAM_STALL_LIMIT, if that is longer) 1 KiB of a body that is waited for"
                                + " must come, or its end; then 408"),
                settings.duration(
                        "LYCEUM_HTTP_KEEP_ALIVE", "2m", "how long a connection may be open on which nothing is asked"));
    }

    /** @return the same, with more patience in the middle of a body where another limit grants it */
    public ConnectionConfig patientFor(Duration longer) {
        return longer.compareTo(stall) > 0 ? new ConnectionConfig(most, head, longer, keepAlive) : this;
    }
}
