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
     * Runs one Python program to its end, in a sandbox that nobody has used before and nobody uses after it. The
     * answer may take as long as the queue plus the wall time; who gives up earlier publishes {@link #CANCEL}.
     *
     * @return how it ended and what it wrote; or BUSY where the queue is full, UNAVAILABLE where this machine cannot
     *     isolate (code is never run unprotected) or lost the sandbox, CONFLICT where a run of that id is not yet
     *     over, INVALID where a limit is not positive or above the configured ceiling
     */
    Future<Outcome> run(Run order);

    /** @return whether runs are possible here and which walls they have */
    Future<Isolation> inspect(Inspect question);

    /**
     * @param id the caller's name for this run, unique; {@link #CANCEL} refers to it
     * @param source UTF-8 text of the program; it sees itself as {@code /codefile.py}
     * @param stdin all that the program can read from its standard input, may be empty
     * @param directory where the program starts and may write
     */
    record Run(String id, Buffer source, Buffer stdin, Limits limits, Directory directory) {

        /** A run that starts in {@link Directory#ROOT}. */
        public Run(String id, Buffer source, Buffer stdin, Limits limits) {
            this(id, source, stdin, limits, Directory.ROOT);
        }
    }

    /** Where a program starts and may write, beside {@code /tmp} and {@code /dev/shm}. All of it is thrown away. */
    enum Directory {
        /** {@code /}, as elicast's programs know it: new names beside {@code /usr}, {@code /etc} and so on. */
        ROOT,
        /** {@code /w}; the root is read-only. */
        OWN
    }

    /**
     * @param wallTime from the start of the program
     * @param cpuTime of all its processes together
     * @param memoryBytes of all its processes together
     * @param processes how many processes and threads at once; 0 for as many as this sandbox allows
     * @param fileBytes all that it can write to its working directory, to {@code /tmp} and to {@code /dev/shm}, each; what
     *     it keeps there counts as its memory too
     * @param outputHeadBytes how much of the beginning of the output is kept when it is too long
     * @param outputTailBytes how much of its end is kept then
     * @param outputStopBytes the program is killed when it has written more than this; 0 for never. It should not be
     *     below what is kept
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
        /**
         * It was killed for the memory it held. Where only a child of it was, and it went on, its own end decides.
         */
        MEMORY_LIMIT,
        /** It wrote more than it may. */
        OUTPUT_LIMIT,
        /** Its caller went away; it may not have begun. */
        CANCELLED
    }

    /**
     * @param exitCode 0..255 as a shell would see it: 128 + n for signal n, so 137 for whatever was killed by a limit
     * @param signal the signal that ended it, 0 for none
     * @param output stdout and stderr in the order of writing, as they were written (not always UTF-8); where it was too
     *     long, its head and its tail, cut at UTF-8 characters, with one line between them that says how many bytes are
     *     missing
     * @param outputBytes how much was written
     * @param truncated whether output is missing
     * @param wallTimeMillis from the start of the program
     * @param cpuTimeMillis of all its processes together
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
