package lyceum.sandbox.internal;

import java.io.IOException;
import java.time.Duration;
import lyceum.sandbox.Limits;

/** A way to count what runs use and to hold them to their limits. */
interface Meters {

    /** @return a counter for a new run; blocks for a moment */
    Meter open() throws IOException;

    /** @return how long a run may go on before somebody looks at its use again */
    Duration longestGap();

    /** @return the most address space that one process may ask for; 0 where the kernel counts what is really held */
    long addressBytes(Limits limits);

    /**
     * @return the most processes for the rlimit of each; more than it may have where the kernel also counts the whole, so
     *     that it is that count which refuses, for it tells of it
     */
    int processes(Limits limits);

    /** @return one clause that names it */
    String text();

    /** Removes what dead services have left; blocks for a moment. */
    void sweep() throws IOException;

    /** Removes what is ours; blocks for a moment. */
    void close();
}
