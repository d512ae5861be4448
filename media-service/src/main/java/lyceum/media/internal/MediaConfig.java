package lyceum.media.internal;

import java.nio.file.Path;
import java.time.Duration;
import lyceum.media.MediaService.Priority;
import lyceum.platform.Settings;
import lyceum.platform.Settings.WrongSetting;

/**
 * How media-service works.
 *
 * @param workDirectory where jobs keep their files while they are open
 * @param interactive what jobs may take that somebody waits for
 * @param background what all others may take
 * @param segments of one split
 * @param jobsPerOwner jobs that one caller may have open
 * @param diskBytes of all jobs together
 * @param longest sound or film that work in the background is done on
 * @param ffmpeg which program, and how much of it
 * @param transcript who writes down what is said
 */
public record MediaConfig(
        Path workDirectory,
        JobLimits interactive,
        JobLimits background,
        int segments,
        int jobsPerOwner,
        long diskBytes,
        Duration longest,
        FfmpegConfig ffmpeg,
        TranscriptConfig transcript) {

    private static final int MOST = 10_000;

    /** Reads {@code LYCEUM_MEDIA_*}, {@code LYCEUM_TRANSCRIPT_*}, {@code LYCEUM_FFMPEG} and the directories of data and programs. */
    public static MediaConfig from(Settings settings) {
        Path data = settings.path("LYCEUM_DATA_DIR", "./data", "Where everything is kept")
                .toAbsolutePath()
                .normalize();
        Path programs = settings.optionalText(
                        "LYCEUM_PROGRAM_DIR", "Where bundled programs are unpacked; else in LYCEUM_DATA_DIR")
                .map(Path::of)
                .orElse(data.resolve("programs"));
        JobLimits interactive = JobLimits.interactive(settings);
        JobLimits background = JobLimits.background(settings);
        return new MediaConfig(
                data.resolve("media"),
                interactive,
                background,
                settings.number("LYCEUM_MEDIA_SEGMENTS", 100, 1, MOST, "Segments that one split may cut"),
                settings.number("LYCEUM_MEDIA_JOBS_PER_OWNER", 8, 1, MOST, "Media jobs that one caller may have open"),
                diskBytes(settings, interactive, background),
                settings.duration("LYCEUM_MEDIA_LONGEST", "4h", "Longest sound or film that background work takes"),
                FfmpegConfig.from(settings, programs.toAbsolutePath()),
                TranscriptConfig.from(settings));
    }

    private static long diskBytes(Settings settings, JobLimits interactive, JobLimits background) {
        long bytes = settings.bytes("LYCEUM_MEDIA_DISK_LIMIT", "32GiB", "Disk that all jobs of one process may take");
        if (bytes < Math.max(interactive.diskBytes(), background.diskBytes())) {
            throw new WrongSetting(
                    "LYCEUM_MEDIA_DISK_LIMIT: less than the input of one job may have with its output twice");
        }
        return bytes;
    }

    /** @return what jobs of a priority may take */
    JobLimits limits(Priority priority) {
        return priority == Priority.INTERACTIVE ? interactive : background;
    }
}
