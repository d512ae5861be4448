package lyceum.media.internal;

import java.time.Duration;
import lyceum.platform.Settings;

/**
 * What jobs of one priority may hold and take.
 *
 * @param jobs open at once
 * @param inputs of one job
 * @param inputBytes of all inputs of a job together
 * @param outputBytes of all outputs of a job together; as much again may be needed between the steps of a split
 * @param idle how long a job may be left alone
 * @param run time of one run of a program
 * @param operation time of all runs of an operation and of the wait for the first
 */
record JobLimits(
        int jobs, int inputs, long inputBytes, long outputBytes, Duration idle, Duration run, Duration operation) {

    private static final int MOST_FILES = 10_000;

    /** @return what a job may make while it runs */
    long madeBytes() {
        return 2 * outputBytes;
    }

    /** @return what a job may have on the disk */
    long diskBytes() {
        return inputBytes + madeBytes();
    }

    static JobLimits interactive(Settings settings) {
        return new JobLimits(
                settings.number("LYCEUM_MEDIA_JOBS", 32, 1, MOST_FILES, "Sound jobs that may be open at once"),
                settings.number("LYCEUM_MEDIA_INPUTS", 2_000, 1, MOST_FILES, "Recordings that one job may take"),
                settings.bytes("LYCEUM_MEDIA_INPUT_LIMIT", "100MiB", "Sound that one job may take"),
                settings.bytes("LYCEUM_MEDIA_OUTPUT_LIMIT", "256MiB", "Sound that one job may give"),
                settings.duration("LYCEUM_MEDIA_JOB_IDLE_LIMIT", "60s", "A job left alone for so long is closed"),
                settings.duration("LYCEUM_MEDIA_TIME_LIMIT", "60s", "Time limit of one run of ffmpeg"),
                settings.duration(
                        "LYCEUM_MEDIA_OPERATION_TIME_LIMIT", "240s", "Time limit of all that a job asks for"));
    }

    static JobLimits background(Settings settings) {
        return new JobLimits(
                settings.number(
                        "LYCEUM_MEDIA_BACKGROUND_JOBS", 32, 1, MOST_FILES, "Background jobs that may be open at once"),
                1,
                settings.bytes(
                        "LYCEUM_MEDIA_BACKGROUND_INPUT_LIMIT", "1GiB", "Size of what a background job is made of"),
                settings.bytes("LYCEUM_MEDIA_BACKGROUND_OUTPUT_LIMIT", "1GiB", "Size of a file a background job makes"),
                settings.duration(
                        "LYCEUM_MEDIA_RESULT_TIME", "10m", "A background job left alone for so long is closed"),
                settings.duration(
                        "LYCEUM_MEDIA_BACKGROUND_TIME_LIMIT", "20m", "Time limit of one run in the background"),
                settings.duration(
                        "LYCEUM_MEDIA_BACKGROUND_OPERATION_LIMIT",
                        "60m",
                        "Time limit of a background job, waiting included"));
    }
}
