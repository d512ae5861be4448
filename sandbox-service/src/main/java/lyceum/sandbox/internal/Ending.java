package lyceum.sandbox.internal;

import lyceum.sandbox.Verdict;

/**
 * Judges how a program ended.
 *
 * @param reason why we killed it, or null
 */
record Ending(Cell.Exit exit, Verdict reason) {

    private static final int SIGKILL = 9;
    private static final int SIGSYS = 31;

    /** The exit of a program that was killed before it could begin. */
    static final Cell.Exit KILLED = new Cell.Exit(128 + SIGKILL, SIGKILL, null, 0, 0);

    Verdict verdict() {
        if (reason == Verdict.OUTPUT_LIMIT) {
            return reason; // what it wrote is cut, however it ended
        }
        // Nobody inside kills the first process of a namespace but by us: it was we, or the kernel.
        if (exit.signal() == SIGKILL && reason != null) {
            return reason;
        }
        if (exit.limit() != null) {
            return exit.limit();
        }
        if (exit.signal() == SIGSYS) {
            return Verdict.REFUSED;
        }
        return exit.code() == 0 ? Verdict.ACCEPTED : Verdict.RUNTIME_ERROR;
    }
}
