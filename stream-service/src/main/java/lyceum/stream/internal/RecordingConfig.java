package lyceum.stream.internal;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import lyceum.platform.Settings;
import lyceum.stream.internal.archive.S3Access;

/**
 * How recordings are made, kept and replayed.
 *
 * @param directory where they are kept, if not in a bucket
 * @param bucket where they are kept; empty for the directory
 * @param zone of the times that are shown
 * @param recorder how they are made
 * @param replays that may be open
 * @param replayBytes of entries that are on their way from recordings into streams, together
 * @param files what may be uploaded into them
 */
public record RecordingConfig(
        Path directory,
        Optional<S3Access> bucket,
        ZoneId zone,
        RecorderConfig recorder,
        int replays,
        long replayBytes,
        FileConfig files) {

    /**
     * @param longestBytes of a file that is uploaded
     * @param uploads that may be under way; in a bucket each holds up to 10 MiB
     */
    public record FileConfig(long longestBytes, int uploads) {}

    /**
     * @param lease how long a recorder that gives no sign keeps others from taking its place
     * @param chunkTime after which entries are written, if they are not enough for a chunk before
     * @param memoryBytes of entries that wait to be written, together
     * @param writers chunks that are written at once
     * @param exports whether files are made of a recording when it is whole
     * @param exportPause before one that failed is tried again
     */
    public record RecorderConfig(
            Duration lease, Duration chunkTime, long memoryBytes, int writers, boolean exports, Duration exportPause) {}

    /** A bucket takes 10 000 parts of 5 MiB. */
    private static final long LONGEST_FILE_BYTES = 48L << 30;

    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(1);

    static RecordingConfig from(Settings settings) {
        Path data = settings.path("LYCEUM_DATA_DIR", "./data", "Where everything lies that must outlive the process");
        return new RecordingConfig(
                settings.optionalText(
                                "LYCEUM_RECORDINGS_DIR",
                                "Where recordings are kept, the same for all stream services; else in LYCEUM_DATA_DIR")
                        .map(Path::of)
                        .orElse(data.resolve("recordings")),
                BucketSettings.from(settings),
                settings.timeZone("LYCEUM_TIME_ZONE", "UTC", "zone of times that the original told in local time"),
                new RecorderConfig(
                        lease(settings),
                        settings.duration(
                                "LYCEUM_RECORDER_CHUNK_TIME", "10s", "After so long recorded entries are written"),
                        settings.bytes("LYCEUM_RECORDER_MEMORY", "128MiB", "Recorded entries that wait to be written"),
                        settings.number("LYCEUM_RECORDER_WRITERS", 2, 1, 64, "Files of recordings written at once"),
                        settings.flag(
                                "LYCEUM_RECORDING_EXPORT",
                                true,
                                "Whether films, JSON and sound are made of recordings"),
                        settings.duration(
                                "LYCEUM_RECORDING_EXPORT_PAUSE",
                                "1m",
                                "Before what could not be made of a recording is tried again")),
                settings.number("LYCEUM_REPLAYS", 16, 0, 10_000, "Replays of recordings at once"),
                settings.bytes("LYCEUM_REPLAY_MEMORY", "64MiB", "Recorded entries on their way into streams"),
                files(settings));
    }

    private static FileConfig files(Settings settings) {
        String key = "LYCEUM_RECORDING_FILE_LIMIT";
        long longest = settings.bytes(key, "2GiB", "Longest file that is uploaded into a recording");
        if (longest < 1 || longest > LONGEST_FILE_BYTES) {
            throw new Settings.WrongSetting(key + ": not between 1 and 48GiB");
        }
        return new FileConfig(
                longest,
                settings.number("LYCEUM_RECORDING_UPLOADS", 8, 0, 1000, "Files uploaded into recordings at once"));
    }

    /** Signs are given four times in a second, and may be late. */
    private static Duration lease(Settings settings) {
        String key = "LYCEUM_RECORDER_LEASE";
        Duration lease = settings.duration(key, "5s", "After so long another recorder goes on for a dead one");
        if (lease.compareTo(SHORTEST_LEASE) < 0) {
            throw new Settings.WrongSetting(key + ": less than 1s");
        }
        return lease;
    }
}
