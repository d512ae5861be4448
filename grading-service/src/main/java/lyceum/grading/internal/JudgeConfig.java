package lyceum.grading.internal;

import java.time.Duration;

/**
 * What a judge, and the student's process beside it, may use.
 *
 * @param memoryBytes of each of the two
 * @param processes and threads of each of the two
 * @param fileBytes that each of the two can write
 * @param outputBytes of standard output, and of standard error, that are kept of each of the two
 * @param startLimit how long both may wait for room and for their interpreters; then it is BUSY
 */
record JudgeConfig(long memoryBytes, int processes, long fileBytes, int outputBytes, Duration startLimit) {}
