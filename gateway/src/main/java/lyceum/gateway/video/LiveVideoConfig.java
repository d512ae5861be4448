package lyceum.gateway.video;

import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;
import lyceum.gateway.access.Need;
import lyceum.gateway.rtmp.RtmpConfig;
import lyceum.media.LiveChannel;
import lyceum.platform.Settings;
import lyceum.platform.Settings.WrongSetting;

/**
 * How live video comes in and goes out.
 *
 * @param rtmp how it is taken
 * @param watching who may watch
 * @param cacheBytes of files of channels that are kept for others who want the same
 * @param waitingViewers of one channel of Low-Latency HLS that may wait at once for what comes next
 * @param origin another media server that has {@code /hls} and {@code /dash}; empty for ours
 */
public record LiveVideoConfig(
        RtmpConfig rtmp, Watching watching, long cacheBytes, int waitingViewers, Optional<URI> origin) {

    private static final int MOST_WAITING = 100_000;

    /** Who may watch live video. */
    public enum Watching {
        /** Everybody, as in the original. */
        OPEN,
        /** Who has a valid token. */
        TOKEN;

        /** @return what a viewer must bring */
        public Need need() {
            return this == TOKEN ? Need.TOKEN : Need.NOTHING;
        }
    }

    /** @param hasTls whether there is a certificate */
    public static LiveVideoConfig from(Settings settings, boolean hasTls) {
        return new LiveVideoConfig(
                RtmpConfig.from(settings, LiveChannel.MESSAGE_BYTES, hasTls),
                settings.choice("LYCEUM_LIVE_WATCH", Watching.OPEN, "who may watch live video"),
                settings.bytes("LYCEUM_HLS_CACHE", "32MiB", "segments of live video kept for others who want the same"),
                settings.number(
                        "LYCEUM_HLS_WAITING",
                        2_000,
                        1,
                        MOST_WAITING,
                        "viewers of one channel of Low-Latency HLS that may wait at once for what comes next"),
                settings.optionalText(
                                "LYCEUM_HLS_ORIGIN",
                                "another media server that has /hls and /dash, http://host:8089; no RTMP is taken then")
                        .map(LiveVideoConfig::origin));
    }

    private static URI origin(String text) {
        try {
            URI uri = URI.create(text);
            boolean isPlain = uri.getHost() != null && uri.getQuery() == null && uri.getFragment() == null;
            if (isPlain && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw new WrongSetting("LYCEUM_HLS_ORIGIN: '%s' is not the address of a server".formatted(text));
    }

    /** @return whether encoders may come here */
    public boolean takesRtmp() {
        return rtmp.isOn() && origin.isEmpty();
    }

    /** @return where encoders may come with TLS; empty for nowhere */
    public OptionalInt rtmpsPort() {
        return origin.isEmpty() ? rtmp.tlsPort() : OptionalInt.empty();
    }
}
