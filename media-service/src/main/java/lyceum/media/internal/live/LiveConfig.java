package lyceum.media.internal.live;

import java.nio.file.Path;
import java.time.Duration;
import lyceum.platform.Settings;
import lyceum.platform.Settings.WrongSetting;

/**
 * How live video is made.
 *
 * @param redisUrl where it is written down which instance has which channel; password included
 * @param recordingsDirectory where recordings are kept
 * @param channels that this instance may have
 * @param encodes that may run at once; to copy is no encode
 * @param fragment least length of a segment
 * @param part length of a part of a segment of Low-Latency HLS; zero for no parts
 * @param playlist length of what can be watched, and how long that is after the publisher has left
 * @param channelBytes of the files of one channel's HLS, and of its DASH as much
 * @param recordingBytes at which a recording is ended
 */
public record LiveConfig(
        String redisUrl,
        Path recordingsDirectory,
        int channels,
        int encodes,
        Duration fragment,
        Duration part,
        Duration playlist,
        long channelBytes,
        long recordingBytes) {

    private static final int MOST_CHANNELS = 1_000;

    /** Each part is a request of each viewer, and another for the playlist. */
    private static final Duration SHORTEST_PART = Duration.ofMillis(100);

    /** Reads {@code LYCEUM_LIVE_*} and the data directory. */
    public static LiveConfig from(Settings settings, String redisUrl) {
        Duration fragment = settings.duration("LYCEUM_LIVE_FRAGMENT", "3s", "Least length of a segment of live video");
        Duration playlist = settings.duration("LYCEUM_LIVE_PLAYLIST", "60s", "How much of live video can be watched");
        if (playlist.compareTo(fragment.multipliedBy(3)) < 0) {
            throw new WrongSetting("LYCEUM_LIVE_PLAYLIST: shorter than three times LYCEUM_LIVE_FRAGMENT");
        }
        return new LiveConfig(
                redisUrl,
                recordingsDirectory(settings),
                settings.number("LYCEUM_LIVE_CHANNELS", 16, 1, MOST_CHANNELS, "Channels of live video at once"),
                settings.number(
                        "LYCEUM_LIVE_ENCODES", 4, 0, MOST_CHANNELS, "Channels at once whose pictures must be encoded"),
                fragment,
                part(settings, fragment),
                playlist,
                settings.bytes(
                        "LYCEUM_LIVE_CHANNEL_LIMIT",
                        "512MiB",
                        "Segments that a channel keeps on the disk; what comes between two key frames may have a thirtieth"),
                settings.bytes("LYCEUM_LIVE_RECORDING_LIMIT", "4GiB", "Largest recording of live video"));
    }

    /** @return least length of a segment of DASH, which counts seconds */
    Duration dashFragment() {
        return Duration.ofSeconds(Math.max(1, fragment.toSeconds()));
    }

    /** @return what one segment may have, for all of them to have no more than a channel */
    long fragmentBytes() {
        return channelBytes / LiveProgram.SEGMENTS;
    }

    static Path recordingsDirectory(Settings settings) {
        Path data = settings.path("LYCEUM_DATA_DIR", "./data", "Where everything is kept");
        return settings.optionalText(
                        "LYCEUM_LIVE_RECORDINGS_DIR",
                        "Where recordings of live video are kept; else live in LYCEUM_DATA_DIR")
                .map(Path::of)
                .orElse(data.resolve("live"))
                .toAbsolutePath()
                .normalize();
    }

    private static Duration part(Settings settings, Duration fragment) {
        boolean isOn = settings.flag(
                "LYCEUM_LIVE_LOW_LATENCY", false, "whether live video is Low-Latency HLS for who can play it");
        Duration part = settings.duration(
                "LYCEUM_LIVE_PART",
                "500ms",
                "Length of a part of a segment of Low-Latency HLS, from 100ms up to LYCEUM_LIVE_FRAGMENT");
        if (part.compareTo(SHORTEST_PART) < 0 || isOn && part.compareTo(fragment) > 0) {
            throw new WrongSetting("LYCEUM_LIVE_PART: shorter than 100ms, or longer than LYCEUM_LIVE_FRAGMENT");
        }
        return isOn ? part : Duration.ZERO;
    }
}
