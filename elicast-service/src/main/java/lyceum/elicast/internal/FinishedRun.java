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
    private static final int LINE_PIECE_BYTES = 16_384;

    private static final int MOST_CONTINUATIONS = 3;

    static FinishedRun of(Buffer code, Outcome outcome) {
        Buffer bytes = outcome.stdout().bytes();
        String output = isOutOfTime(outcome.verdict())
                ? OutputText.of(bytes.getBuffer(0, collectedBytes(bytes))) + TIMEOUT_MARK
                : OutputText.of(bytes);
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

    /** A line that was unfinished when the time was up is lost, but for its full pieces, and no character is torn. */
    private static int collectedBytes(Buffer output) {
        int line = output.length();
        while (line > 0 && output.getByte(line - 1) != '\n') {
            line--;
        }
        int pieces = (output.length() - line) / LINE_PIECE_BYTES;
        return characterStart(output, line + pieces * LINE_PIECE_BYTES);
    }

    /** @return where the character begins that goes on with this byte; the place itself where none does */
    private static int characterStart(Buffer output, int place) {
        int start = place;
        while (start < output.length()
                && start > 0
                && place - start < MOST_CONTINUATIONS
                && goesOn(output.getByte(start))) {
            start--;
        }
        return start < output.length() && begins(output.getByte(start)) ? start : place;
    }

    /** RFC 3629: 10xxxxxx goes on with a character of several bytes. */
    private static boolean goesOn(byte next) {
        return (next & 0xC0) == 0x80;
    }

    /** RFC 3629: 11xxxxxx begins a character of several bytes. */
    private static boolean begins(byte next) {
        return (next & 0xC0) == 0xC0;
    }

    private static int exitCode(Outcome outcome) {
        return switch (outcome.verdict()) {
            case TIME_LIMIT, CPU_LIMIT, CANCELLED -> NO_EXIT_CODE;
            case MEMORY_LIMIT -> KILLED;
            default -> outcome.exitCode();
        };
    }
}
