package lyceum.sandbox;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import lyceum.platform.Topic;

/** Runs code that nobody trusts, inside limits that the kernel enforces. */
public interface SandboxService {

    /** Published by a caller who no longer wants a run: whoever holds it kills it at once. */
    Topic<Cancellation> CANCEL = new Topic<>("lyceum.sandbox.cancel");

    /**
     * Runs one Python program to its end.
     *
     * @return how it ended and what it wrote; or BUSY where the queue is full, UNAVAILABLE where this machine cannot
     *     isolate (code is never run unprotected), INVALID where a limit is above the configured ceiling
     */
    Future<Outcome> run(Run order);

    /** @return whether runs are possible here and which walls they have */
    Future<Isolation> inspect(Inspect question);

    /**
     * @param id the caller's name for this run, unique; {@link #CANCEL} refers to it
     * @param source UTF-8 text of the program; it sees itself as {@code /codefile.py}
     * @param stdin all that the program can read from its standard input, may be empty
     */
    record Run(String id, Buffer source, Buffer stdin, Limits limits) {}

    /**
     * @param wallTime from the start of the program
     * @param cpuTime of all its processes together
     * @param memoryBytes of all its processes together
     * @param processes how many processes and threads at once
     * @param fileBytes all that it can write to its working directory and to {@code /tmp}, each
     * @param outputHeadBytes how much of the beginning of the output is kept when it is too long
     * @param outputTailBytes how much of its end is kept then
     * @param outputStopBytes the program is killed when it has written more than this; 0 for never
     */
    record Limits(
            Duration wallTime,
            Duration cpuTime,
            long memoryBytes,
            int processes,
            long fileBytes,
            int outputHeadBytes,
            int outputTailBytes,
            long outputStopBytes) {}

    /** How a run ended. */
    enum Verdict {
        /** It ended by itself with exit code 0. */
        ACCEPTED,
        /** It ended with another exit code, or by a signal. */
        RUNTIME_ERROR,
        /** Wall clock or CPU clock ran out. */
        TIME_LIMIT,
        /** It held more memory than it may. */
        MEMORY_LIMIT,
        /** It wrote more than it may. */
        OUTPUT_LIMIT,
        /** Its caller went away. */
        CANCELLED
    }

    /**
     * @param exitCode 0..255 as a shell would see it: 128 + n for signal n
     * @param signal the signal that ended it, 0 for none
     * @param output stdout and stderr in the order of writing, as they were written; where it was too long, its head and
     *     its tail with one line between them that says how many bytes are missing
     * @param outputBytes how much was written
     * @param truncated whether output is missing
     * @param peakMemoryBytes the most that was seen, of all processes together
     */
    record Outcome(
            Verdict verdict,
            int exitCode,
            int signal,
            Buffer output,
            long outputBytes,
            boolean truncated,
            long wallTimeMillis,
            long cpuTimeMillis,
            long peakMemoryBytes) {}

    /** @param id the run that is not wanted any more */
    record Cancellation(String id) {}

    /** Asks for the state of isolation. */
    record Inspect() {}

    /**
     * @param possible whether code can be run
     * @param text the walls that stand, or why code cannot be run
     */
    record Isolation(boolean possible, String text) {}
}
