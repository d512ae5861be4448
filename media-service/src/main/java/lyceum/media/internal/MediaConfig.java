package lyceum.media.internal;

import java.nio.file.Path;
import lyceum.platform.Settings;

/**
 * How media-service works.
 *
 * @param workDirectory where jobs keep their files while they are open
 * @param jobs what jobs may hold
 * @param ffmpeg which program, and what it may take
 */
public record MediaConfig(Path workDirectory, JobLimits jobs, FfmpegConfig ffmpeg) {

    /** Reads {@code LYCEUM_MEDIA_*}, {@code LYCEUM_FFMPEG} and the data directory. */
    public static MediaConfig from(Settings settings) {
        Path data = settings.path("LYCEUM_DATA_DIR", "./data", "Where everything is kept")
                .toAbsolutePath()
                .normalize();
        return new MediaConfig(
                data.resolve("media"), JobLimits.from(settings), FfmpegConfig.from(settings, data.resolve("programs")));
    }
}
