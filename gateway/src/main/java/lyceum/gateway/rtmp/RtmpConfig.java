package lyceum.gateway.rtmp;

import java.time.Duration;
import java.util.OptionalInt;
import lyceum.platform.Settings;
import lyceum.platform.Settings.WrongSetting;

/**
 * How RTMP is taken.
 *
 * @param isOn whether it is at all
 * @param port 0 lets the system choose
 * @param isDemanded whether the port was set, so that it is a failure where it is not free
 * @param tlsPort that takes RTMPS; 0 lets the system choose, empty for none
 * @param admission who may publish
 * @param publishers at once; who does not publish yet counts apart
 * @param heldBytes of what is published that are on their way, all together
 * @param messageBytes longest sound or picture
 * @param openingLimit from the connection to the publish
 * @param silenceLimit of somebody who publishes
 */
public record RtmpConfig(
        boolean isOn,
        int port,
        boolean isDemanded,
        OptionalInt tlsPort,
        Admission admission,
        int publishers,
        long heldBytes,
        int messageBytes,
        Duration openingLimit,
        Duration silenceLimit) {

    private static final String OFF = "off";
    private static final int USUAL_PORT = 1935;
    private static final int MOST_PUBLISHERS = 10_000;
    private static final Duration OPENING_LIMIT = Duration.ofSeconds(10);
    private static final Duration SILENCE_LIMIT = Duration.ofSeconds(15);

    /** Who may publish. */
    public enum Admission {
        /** Who has a valid token. */
        TOKEN,
        /** Everybody. */
        OPEN
    }

    /**
     * @param messageBytes longest sound or picture that media-service takes
     * @param hasTls whether there is a certificate for RTMPS
     */
    public static RtmpConfig from(Settings settings, int messageBytes, boolean hasTls) {
        String key = "LYCEUM_RTMP_PORT";
        String port = settings.text(
                key, Integer.toString(USUAL_PORT), "port that takes RTMP, off for none; 1935 may be taken, others not");
        boolean isOn = !port.equals(OFF);
        return new RtmpConfig(
                isOn,
                isOn ? port(key, port) : 0,
                !port.equals(Integer.toString(USUAL_PORT)),
                tlsPort(settings, hasTls),
                settings.choice("LYCEUM_RTMP_PUBLISH", Admission.TOKEN, "who may publish live video"),
                settings.number("LYCEUM_RTMP_CONNECTIONS", 64, 1, MOST_PUBLISHERS, "encoders that may publish at once"),
                settings.bytes("LYCEUM_RTMP_HELD_LIMIT", "32MiB", "published bytes on their way, all together"),
                messageBytes,
                OPENING_LIMIT,
                SILENCE_LIMIT);
    }

    private static OptionalInt tlsPort(Settings settings, boolean hasTls) {
        String key = "LYCEUM_RTMPS_PORT";
        String port =
                settings.text(key, OFF, "port that takes RTMP over TLS, off for none; needs LYCEUM_TLS_CERTIFICATE");
        if (port.equals(OFF)) {
            return OptionalInt.empty();
        }
        if (!hasTls) {
            throw new WrongSetting(key + ": needs LYCEUM_TLS_CERTIFICATE");
        }
        return OptionalInt.of(port(key, port));
    }

    private static int port(String key, String text) {
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 65_535) {
            throw new WrongSetting("%s: '%s' is neither off nor a number 0..65535".formatted(key, text));
        }
        return Integer.parseInt(text);
    }
}
