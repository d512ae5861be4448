package lyceum.media.internal;

import java.nio.file.Path;
import java.util.Optional;
import lyceum.platform.Settings;

/**
 * Which ffmpeg, and how much of it at once.
 *
 * @param program a path, {@code bundled}, or empty for the system's and then the bundled one
 * @param programDirectory gets the bundled one when it is needed
 * @param concurrency operations that run at once
 * @param queue interactive operations that wait for that
 * @param backgroundQueue other operations that wait for that
 */
record FfmpegConfig(Optional<String> program, Path programDirectory, int concurrency, int queue, int backgroundQueue) {

    private static final int MOST_RUNS = 1_000;

    static FfmpegConfig from(Settings settings, Path programDirectory) {
        return new FfmpegConfig(
                settings.program("LYCEUM_FFMPEG", "Path of ffmpeg, or bundled; absent: the system's, else bundled"),
                programDirectory,
                settings.number("LYCEUM_MEDIA_CONCURRENCY", 4, 1, MOST_RUNS, "Runs of ffmpeg at once"),
                settings.number("LYCEUM_MEDIA_QUEUE", 16, 0, MOST_RUNS, "Jobs that may wait for ffmpeg"),
                settings.number(
                        "LYCEUM_MEDIA_BACKGROUND_QUEUE", 32, 0, MOST_RUNS, "Background jobs that may wait for ffmpeg"));
    }
}
