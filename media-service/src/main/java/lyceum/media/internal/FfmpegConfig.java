package lyceum.media.internal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import lyceum.platform.Settings;

/**
 * Which ffmpeg, and what it may take.
 *
 * @param program a path, {@code bundled}, or empty for the system's and then the bundled one
 * @param programDirectory gets the bundled one when it is needed
 * @param runLimit of one run
 * @param operationLimit of all runs of an operation and of the wait for the first
 * @param concurrency operations that run at once
 * @param queue operations that wait for that
 */
record FfmpegConfig(
        Optional<String> program,
        Path programDirectory,
        Duration runLimit,
        Duration operationLimit,
        int concurrency,
        int queue) {

    private static final int MOST_RUNS = 1_000;

    static FfmpegConfig from(Settings settings, Path programDirectory) {
        return new FfmpegConfig(
                settings.optionalText(
                        "LYCEUM_FFMPEG", "Path of ffmpeg, or bundled; absent: the system's, else bundled"),
                programDirectory,
                settings.duration("LYCEUM_MEDIA_TIME_LIMIT", "60s", "Time limit of one run of ffmpeg"),
                settings.duration("LYCEUM_MEDIA_OPERATION_TIME_LIMIT", "240s", "Time limit of all that a job asks for"),
                settings.number("LYCEUM_MEDIA_CONCURRENCY", 4, 1, MOST_RUNS, "Runs of ffmpeg at once"),
                settings.number("LYCEUM_MEDIA_QUEUE", 16, 0, MOST_RUNS, "Jobs that may wait for ffmpeg"));
    }
}
