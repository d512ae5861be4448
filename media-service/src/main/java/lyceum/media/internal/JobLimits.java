package lyceum.media.internal;

import java.time.Duration;
import lyceum.platform.Settings;

/**
 * What jobs may hold.
 *
 * @param jobs open at once
 * @param inputs of one job
 * @param segments of one split
 * @param inputBytes of all inputs of a job together
 * @param outputBytes of all outputs of a job together; as much again may be needed between the steps of a split
 * @param idle how long a job may be left alone
 */
record JobLimits(int jobs, int inputs, int segments, long inputBytes, long outputBytes, Duration idle) {

    private static final int MOST_FILES = 10_000;

    static JobLimits from(Settings settings) {
        return new JobLimits(
                settings.number("LYCEUM_MEDIA_JOBS", 32, 1, MOST_FILES, "Sound jobs that may be open at once"),
                settings.number("LYCEUM_MEDIA_INPUTS", 500, 1, MOST_FILES, "Recordings that one job may take"),
                settings.number("LYCEUM_MEDIA_SEGMENTS", 100, 1, MOST_FILES, "Segments that one split may cut"),
                settings.bytes("LYCEUM_MEDIA_INPUT_LIMIT", "100MiB", "Sound that one job may take"),
                settings.bytes("LYCEUM_MEDIA_OUTPUT_LIMIT", "256MiB", "Sound that one job may give"),
                settings.duration("LYCEUM_MEDIA_JOB_IDLE_LIMIT", "60s", "A job left alone for so long is closed"));
    }
}
