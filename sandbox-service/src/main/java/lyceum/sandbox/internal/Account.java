package lyceum.sandbox.internal;

import io.vertx.core.json.JsonArray;
import lyceum.sandbox.Limits;
import lyceum.sandbox.Verdict;

/**
 * How a program on this machine ended, as its parent knows it.
 *
 * @param cpuMicros of it and of all that was waited for
 * @param peakBytes of the largest of its processes
 * @param killedFor the limit for which we killed it, or null
 */
record Account(int code, int signal, long cpuMicros, long peakBytes, Verdict killedFor) {

    private static final int MOST_CODE = 255;
    private static final int MOST_SIGNAL = 64;
    private static final int SIGKILL = 9;

    /** Refuses what no parent can know. */
    Account {
        if (code < 0 || code > MOST_CODE || signal < 0 || signal > MOST_SIGNAL || cpuMicros < 0 || peakBytes < 0) {
            throw new IllegalArgumentException("no program ends with %d, %d".formatted(code, signal));
        }
    }

    /**
     * @param told code, signal, microseconds of CPU time, peak in KiB
     * @param killedFor the limit for which we killed it, or null
     */
    static Account of(JsonArray told, Verdict killedFor) {
        if (told.size() != 4) {
            throw new IllegalArgumentException("an account of %d numbers".formatted(told.size()));
        }
        long peakBytes = Math.multiplyExact(told.getLong(3), 1_024);
        int code = Math.toIntExact(told.getLong(0));
        int signal = Math.toIntExact(told.getLong(1));
        return new Account(code, signal, told.getLong(2), peakBytes, killedFor);
    }

    /** @return the same, with what was counted of all its processes together */
    Cell.Exit exit(Meter.Usage usage, Limits limits) {
        long cpu = Math.max(cpuMicros, usage.cpuMicros());
        long peak = usage.peakBytes() > 0 ? usage.peakBytes() : peakBytes;
        return new Cell.Exit(code, signal, limit(usage, cpu, limits), cpu, peak);
    }

    private Verdict limit(Meter.Usage usage, long cpu, Limits limits) {
        if (signal == SIGKILL) {
            return killer(usage, cpu, limits);
        }
        return code != 0 && usage.refused() > 0 ? Verdict.PROCESS_LIMIT : null;
    }

    private Verdict killer(Meter.Usage usage, long cpu, Limits limits) {
        if (killedFor != null) {
            return killedFor;
        }
        if (usage.killed() > 0) {
            return Verdict.MEMORY_LIMIT;
        }
        return cpu >= limits.cpuTime().toNanos() / 1_000 ? Verdict.CPU_LIMIT : null;
    }
}
