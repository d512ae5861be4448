package lyceum.sandbox;

import io.vertx.core.buffer.Buffer;
import java.util.List;

/**
 * What became of a run.
 *
 * @param exitCode 0..255 as a shell would see it: 128 + n for signal n, so 137 for whatever was killed by a limit; that of
 *     the compiler for {@link Verdict#COMPILE_ERROR}
 * @param signal the signal that ended it, 0 for none
 * @param stdout what it wrote; with {@link Run.Streams#JOINED} all of it
 * @param stderr empty with {@link Run.Streams#JOINED}
 * @param compilation what the compiler did, or null where there is none
 * @param files those that were to be brought back and are there, as far as there is room for them
 * @param queuedMillis how long it waited for its turn
 */
public record Outcome(
        Verdict verdict,
        int exitCode,
        int signal,
        Output stdout,
        Output stderr,
        Usage usage,
        Compilation compilation,
        List<SourceFile> files,
        long queuedMillis) {

    /** What ends before it has begun. */
    public static Outcome of(Verdict verdict, int exitCode, int signal) {
        return new Outcome(verdict, exitCode, signal, Output.NONE, Output.NONE, Usage.NONE, null, List.of(), 0);
    }

    /**
     * @param bytes as they were written (not always UTF-8); where it was too long, its head and its tail, cut at UTF-8
     *     characters, with one line between them that says how many bytes are missing
     * @param written how many bytes were written
     * @param truncated whether some are missing
     */
    public record Output(Buffer bytes, long written, boolean truncated) {

        /** Nothing. */
        public static final Output NONE = new Output(Buffer.buffer(), 0, false);
    }

    /**
     * @param wallTimeMillis from the start of the program
     * @param cpuTimeMillis of all its processes together
     * @param peakMemoryBytes the most that was seen, of all its processes together
     */
    public record Usage(long wallTimeMillis, long cpuTimeMillis, long peakMemoryBytes) {

        /** Nothing. */
        public static final Usage NONE = new Usage(0, 0, 0);
    }

    /**
     * @param verdict ACCEPTED, RUNTIME_ERROR where it found errors, or the limit it ran into
     * @param output both outputs of the compiler, joined
     */
    public record Compilation(Verdict verdict, int exitCode, int signal, Output output, Usage usage) {}
}
