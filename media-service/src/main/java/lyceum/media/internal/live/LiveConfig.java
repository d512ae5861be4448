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
 * @param playlist length of what can be watched, and how long that is after the publisher has left
 * @param channelBytes of the files of one channel's HLS
 * @param recordingBytes at which a recording is ended
 */
public record LiveConfig(
        String redisUrl,
        Path recordingsDirectory,
        int channels,
        int encodes,
        Duration fragment,
        Duration playlist,
        long channelBytes,
        long recordingBytes) {

    private static final int MOST_CHANNELS = 1_000;

    /** Reads {@code LYCEUM_LIVE_*} and the data directory. */
    public static LiveConfig from(Settings settings, String redisUrl) {
        Path data = settings.path("LYCEUM_DATA_DIR", "./data", "Where everything is kept")
                .toAbsolutePath()
                .normalize();
        Duration fragment = settings.duration("LYCEUM_LIVE_FRAGMENT", "3s", "Least length of a segment of live video");
        Duration playlist = settings.duration("LYCEUM_LIVE_PLAYLIST", "60s", "How much of live video can be watched");
        if (playlist.compareTo(fragment.multipliedBy(3)) < 0) {
            throw new WrongSetting("LYCEUM_LIVE_PLAYLIST: shorter than three times LYCEUM_LIVE_FRAGMENT");
        }
        return new LiveConfig(
                redisUrl,
                data.resolve("live"),
                settings.number("LYCEUM_LIVE_CHANNELS", 16, 1, MOST_CHANNELS, "Channels of live video at once"),
                settings.number(
                        "LYCEUM_LIVE_ENCODES", 4, 0, MOST_CHANNELS, "Channels at once whose pictures must be encoded"),
                fragment,
                playlist,
                settings.bytes("LYCEUM_LIVE_CHANNEL_LIMIT", "512MiB", "Segments that a channel keeps on the disk"),
                settings.bytes("LYCEUM_LIVE_RECORDING_LIMIT", "4GiB", "Largest recording of live video"));
    }
}
