package lyceum.sandbox.internal;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import lyceum.sandbox.SandboxService.Window;
import lyceum.sandbox.SandboxSession.Stream;
import lyceum.sandbox.SourceFile;
import lyceum.sandbox.Verdict;

/**
 * Walls round one task, used once. Lives on the context that opened it. It keeps limits of memory, CPU time, processes
 * and files; the wall clock and the output are its user's.
 */
interface Cell {

    /**
     * Runs the next program of the task to its end, however it comes.
     *
     * @return how it ended, when nothing of it is left and all that it wrote has been told; fails where it could not
     *     begin, or the cell was lost
     */
    Future<Exit> run(Task.Step step, Console console);

    /**
     * Writes to the standard input of the last program; before it begins, too.
     *
     * @param piece at most 64 KiB
     * @return done when there is room for more; also where the program does not read any more
     */
    Future<Void> write(Buffer piece);

    /** Ends that standard input. */
    void end();

    /** Sends a signal to the first process of the program that runs. */
    void signal(int number);

    /** Gives the terminal another size. */
    void resize(Window window);

    /** Kills everything in it, now or as soon as it stands. Called at any time, also twice or too late. */
    void kill();

    /**
     * Brings back files, after the last program has ended.
     *
     * @param mostBytes of all of them together; what is more stays
     * @return those that are there and are plain files
     */
    Future<List<SourceFile>> collect(List<String> names, long mostBytes);

    /** @return done when nothing of it is left; the last call */
    Future<Void> close();

    /** Gets what a program does, on the context of the cell. */
    interface Console {

        /** The program begins. */
        void begin();

        /**
         * The program has written something.
         *
         * @param stream STDOUT for both where they are joined, or are a terminal
         * @return done when there is room for more; until then the program is not read any further
         */
        Future<Void> write(Stream stream, Buffer piece);
    }

    /**
     * @param code 0..255 as a shell would see it
     * @param signal what ended the first process, 0 for none
     * @param limit the limit for which the cell, or the kernel, ended it: MEMORY_LIMIT, CPU_LIMIT or PROCESS_LIMIT; null
     *     for none
     * @param cpuMicros of all its processes
     * @param peakBytes the most that they held together
     */
    record Exit(int code, int signal, Verdict limit, long cpuMicros, long peakBytes) {}
}
