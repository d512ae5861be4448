package lyceum.gateway.piston;

import io.vertx.core.json.JsonObject;
import lyceum.sandbox.Verdict;

/**
 * How a stage of a job ended, as Piston sees it.
 *
 * @param code of the program, null where a signal ended it
 * @param signal its name, or null
 * @param status two letters, or null where all went well
 * @param message one line on the status, or null
 */
record StageEnd(Integer code, String signal, String status, String message) {

    private static final String KILLED = "SIGKILL";

    /** A program that has done all it should, as one that compiled what is then run. */
    static final StageEnd WELL = new StageEnd(0, null, null, null);

    /** @param isStderrFull which of its outputs was too long where one was */
    static StageEnd of(Verdict verdict, int exitCode, int signal, boolean isStderrFull) {
        return switch (verdict) {
            case ACCEPTED -> WELL;
            case RUNTIME_ERROR, COMPILE_ERROR -> ofFailed(exitCode, signal, null);
            case PROCESS_LIMIT -> ofFailed(exitCode, signal, "Process limit exceeded");
            case TIME_LIMIT -> new StageEnd(null, KILLED, "TO", "Time limit exceeded (wall clock)");
            case CPU_LIMIT -> new StageEnd(null, KILLED, "TO", "Time limit exceeded");
            case MEMORY_LIMIT -> new StageEnd(null, KILLED, "SG", "Memory limit exceeded");
            case REFUSED -> new StageEnd(null, "SIGSYS", "SG", "Forbidden system call");
            case OUTPUT_LIMIT ->
                isStderrFull
                        ? new StageEnd(null, KILLED, "EL", "stderr length exceeded")
                        : new StageEnd(null, KILLED, "OL", "stdout length exceeded");
            case CANCELLED -> new StageEnd(null, KILLED, "XX", "Cancelled");
            case INTERNAL_ERROR -> new StageEnd(null, KILLED, "XX", "The sandbox failed");
        };
    }

    /** @param message what is known better than how it ended, or null */
    private static StageEnd ofFailed(int exitCode, int signal, String message) {
        if (signal == 0) {
            return new StageEnd(
                    exitCode, null, "RE", message == null ? "Exited with error status " + exitCode : message);
        }
        return new StageEnd(
                null, Signals.name(signal), "SG", message == null ? "Caught fatal signal " + signal : message);
    }

    JsonObject json() {
        return new JsonObject().put("code", code).put("signal", signal);
    }
}
