package lyceum.elicast.internal;

import io.vertx.core.buffer.Buffer;
import lyceum.sandbox.Outcome;
import lyceum.sandbox.Verdict;

/**
 * A run as elicast's clients know it (contract, section 6).
 *
 * @param exitCode 0..255, 128 + n for signal n, -1 where the time was up or nobody waited any more
 */
record FinishedRun(Buffer code, String output, int exitCode, boolean cancelled, long wallTimeMillis) {

    private static final String TIMEOUT_MARK = "\n<TIMEOUT>";
    private static final int NO_EXIT_CODE = -1;
    private static final int KILLED = 137;

    /** The original collected output by lines, and longer ones by so much of them (contract, section 6). */
    private static final int LINE_PIECE_LENGTH = 16_384;

    static FinishedRun of(Buffer code, Outcome outcome) {
        String output = OutputText.of(outcome.stdout().bytes());
        if (isOutOfTime(outcome.verdict())) {
            output = finishedLines(output) + TIMEOUT_MARK;
        }
        boolean cancelled = outcome.verdict() == Verdict.CANCELLED;
        return new FinishedRun(
                code, output, exitCode(outcome), cancelled, outcome.usage().wallTimeMillis());
    }

    /** @return a run that was given up before its turn */
    static FinishedRun neverBegun(Buffer code) {
        return new FinishedRun(code, "", NO_EXIT_CODE, true, 0);
    }

    /** The original knows one clock; ours for the CPU is for programs of many processes, and looks the same. */
    private static boolean isOutOfTime(Verdict verdict) {
        return verdict == Verdict.TIME_LIMIT || verdict == Verdict.CPU_LIMIT;
    }

    /** A line that was unfinished when the time was up is lost, unless it is long. */
    private static String finishedLines(String output) {
        int end = output.lastIndexOf('\n') + 1;
        return output.length() - end < LINE_PIECE_LENGTH ? output.substring(0, end) : output;
    }

    private static int exitCode(Outcome outcome) {
        return switch (outcome.verdict()) {
            case TIME_LIMIT, CPU_LIMIT, CANCELLED -> NO_EXIT_CODE;
            case MEMORY_LIMIT -> KILLED;
            default -> outcome.exitCode();
        };
    }
}
