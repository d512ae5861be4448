package lyceum.sandbox.internal;

import java.io.IOException;
import lyceum.sandbox.Limits;

/** Counts what one run uses, all its processes together. All methods block for a moment. */
interface Meter {

    /** Begins to count a process and all that it will start. */
    void admit(long pid) throws IOException;

    /** Sets the limits of what begins now, and counts from here. */
    void limit(Limits limits) throws IOException;

    /** @return what has been used until now */
    Usage usage() throws IOException;

    /** Removes what counting has left; the last call. */
    void close();

    /**
     * @param cpuMicros CPU time until now
     * @param memoryBytes held now; 0 where the kernel enforces that limit
     * @param peakBytes the most that was held
     * @param killed how many processes the kernel killed for their memory
     * @param refused how many processes and threads the kernel did not let begin
     */
    record Usage(long cpuMicros, long memoryBytes, long peakBytes, long killed, long refused) {}
}
