package lyceum.media.internal;

import java.time.Duration;

/**
 * What one run of a program may take.
 *
 * @param wallTime until it is stopped
 * @param cpuTime until the kernel ends it, of all its threads together
 * @param largestFileBytes beyond which a file of its cannot grow
 * @param addressSpaceBytes of its memory; {@link Long#MAX_VALUE} for no bound
 */
record RunLimits(Duration wallTime, Duration cpuTime, long largestFileBytes, long addressSpaceBytes) {

    private static final long OF_FFMPEG = 2L << 30;

    /** @return limits of ffmpeg on one thread */
    static RunLimits oneThread(Duration wallTime, long largestFileBytes) {
        return new RunLimits(wallTime, wallTime, largestFileBytes, OF_FFMPEG);
    }

    /** @return limits of ffmpeg on all cores of this machine */
    static RunLimits allCores(Duration wallTime, long largestFileBytes) {
        return new RunLimits(wallTime, onAllCores(wallTime), largestFileBytes, OF_FFMPEG);
    }

    /** @return limits of a program of the operator's own, which may hold a large model */
    static RunLimits anyMemory(Duration wallTime, long largestFileBytes) {
        return new RunLimits(wallTime, onAllCores(wallTime), largestFileBytes, Long.MAX_VALUE);
    }

    private static Duration onAllCores(Duration wallTime) {
        return wallTime.multipliedBy(Runtime.getRuntime().availableProcessors());
    }
}
