package lyceum.sandbox;

import java.time.Duration;

/**
 * What a program may use. In a {@link Run} a part that is zero stands for what its language has.
 *
 * @param wallTime from the start of the program
 * @param cpuTime of all its processes together
 * @param memoryBytes of all its processes together
 * @param processes how many processes and threads at once
 * @param fileBytes all that it can write to its working directory, to {@code /tmp} and to {@code /dev/shm}, each; what it
 *     keeps there counts as its memory too
 * @param outputHeadBytes how much of the beginning of each output is kept when it is too long
 * @param outputTailBytes how much of its end is kept then
 * @param outputStopBytes the program is killed when it has written more than this to one of its outputs; -1 for never. It
 *     should not be below what is kept
 */
public record Limits(
        Duration wallTime,
        Duration cpuTime,
        long memoryBytes,
        int processes,
        long fileBytes,
        int outputHeadBytes,
        int outputTailBytes,
        long outputStopBytes) {

    /** All that the language has. */
    public static final Limits OF_LANGUAGE = new Limits(Duration.ZERO, Duration.ZERO, 0, 0, 0, 0, 0, 0);
}
