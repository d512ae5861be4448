package lyceum.sandbox.internal;

import io.vertx.core.Future;
import lyceum.sandbox.SandboxService.Run;

/** Walls round one program, used once. */
interface Cell {

    /**
     * Runs the program to its end, however it comes.
     *
     * @param order what to run; limits of single processes, files and CPU are the cell's to set
     * @param meter gets the first process before the program begins; limits of the whole are its to enforce
     * @param output gets what the program writes, on a thread of its own
     * @param begun is called, on that thread, when the program begins
     * @return how it ended, when nothing of it is left; fails where it could not begin, or was lost
     */
    Future<Exit> run(Run order, Meter meter, Transcript output, Runnable begun);

    /** Kills everything in it, now or as soon as it stands. Called at any time, also twice or too late. */
    void kill();

    /**
     * @param code 0..255 as a shell would see it
     * @param signal what ended the first process, 0 for none
     * @param cpuMicros of the first process and of all that was waited for
     * @param peakBytes of the largest process
     */
    record Exit(int code, int signal, long cpuMicros, long peakBytes) {}
}
