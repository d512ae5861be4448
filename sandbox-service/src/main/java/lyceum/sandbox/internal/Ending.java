package lyceum.sandbox.internal;

import lyceum.sandbox.SandboxService.Limits;
import lyceum.sandbox.SandboxService.Verdict;

/**
 * Judges how a run ended.
 *
 * @param reason why we killed it, or null
 * @param overflowed whether it wrote more than it may
 */
record Ending(Cell.Exit exit, Meter.Usage usage, Verdict reason, boolean overflowed) {

    private static final int SIGKILL = 9;

    /** The exit of a program that was killed before it could begin. */
    static final Cell.Exit KILLED = new Cell.Exit(128 + SIGKILL, SIGKILL, 0, 0);

    Verdict verdict(Limits limits) {
        if (overflowed) {
            return Verdict.OUTPUT_LIMIT;
        }
        if (exit.signal() == SIGKILL) {
            return killed(limits);
        }
        return exit.code() == 0 ? Verdict.ACCEPTED : Verdict.RUNTIME_ERROR;
    }

    /** Nobody inside can kill the first process of a namespace: it was we, or the kernel. */
    private Verdict killed(Limits limits) {
        if (reason != null) {
            return reason;
        }
        if (usage.killed() > 0) {
            return Verdict.MEMORY_LIMIT;
        }
        boolean outOfTime = cpuMicros() >= limits.cpuTime().toNanos() / 1_000;
        return outOfTime ? Verdict.TIME_LIMIT : Verdict.RUNTIME_ERROR;
    }

    long cpuMicros() {
        return Math.max(exit.cpuMicros(), usage.cpuMicros());
    }

    long peakBytes() {
        return usage.peakBytes() > 0 ? usage.peakBytes() : exit.peakBytes();
    }
}
