package lyceum.sandbox.judge0;

import lyceum.sandbox.Outcome;
import lyceum.sandbox.Submission;

/**
 * How Judge0 would see a submission.
 *
 * @param message one line, as isolate says it where it has a word for it; null where there is nothing to say
 */
record Judgement(Status status, String message) {

    static Judgement of(Submission submission, Attributes attributes) {
        return switch (submission.state()) {
            case QUEUED -> new Judgement(Status.IN_QUEUE, null);
            case RUNNING -> new Judgement(Status.PROCESSING, null);
            case ENDED -> of(submission.outcome(), attributes);
        };
    }

    /** A program that was killed for a limit that Judge0 has no status for ended by a signal there, too. */
    private static Judgement of(Outcome outcome, Attributes attributes) {
        return switch (outcome.verdict()) {
            case ACCEPTED -> ofAccepted(outcome, attributes);
            case RUNTIME_ERROR -> ofFailed(outcome);
            case COMPILE_ERROR -> new Judgement(Status.COMPILATION_ERROR, null);
            case TIME_LIMIT -> new Judgement(Status.TIME_LIMIT_EXCEEDED, "Time limit exceeded (wall clock)");
            case CPU_LIMIT -> new Judgement(Status.TIME_LIMIT_EXCEEDED, "Time limit exceeded");
            case OUTPUT_LIMIT -> new Judgement(Status.SIGXFSZ, "Output limit exceeded");
            case MEMORY_LIMIT -> new Judgement(Status.OTHER, "Memory limit exceeded");
            case PROCESS_LIMIT -> new Judgement(ofFailed(outcome).status(), "Process limit exceeded");
            case REFUSED -> new Judgement(Status.OTHER, "Forbidden system call");
            case CANCELLED -> new Judgement(Status.INTERNAL_ERROR, "Cancelled");
            case INTERNAL_ERROR -> new Judgement(Status.INTERNAL_ERROR, "The sandbox failed");
        };
    }

    private static Judgement ofAccepted(Outcome outcome, Attributes attributes) {
        if (attributes.isAboveCpuTime(outcome.usage().cpuTimeMillis())) {
            return new Judgement(Status.TIME_LIMIT_EXCEEDED, "Time limit exceeded");
        }
        boolean isRight = attributes
                .expectedOutput()
                .map(expected -> Comparison.agree(expected, outcome.stdout().bytes()))
                .orElse(true);
        return new Judgement(isRight ? Status.ACCEPTED : Status.WRONG_ANSWER, null);
    }

    private static Judgement ofFailed(Outcome outcome) {
        return outcome.signal() == 0
                ? new Judgement(Status.NZEC, "Exited with error status " + outcome.exitCode())
                : new Judgement(Status.ofSignal(outcome.signal()), "Caught fatal signal " + outcome.signal());
    }

    /** @return whether there was a program whose end, time and memory can be told */
    boolean isOfProgram() {
        return !status.isOpen() && status != Status.COMPILATION_ERROR && status != Status.INTERNAL_ERROR;
    }
}
