package lyceum.sandbox.internal;

import java.util.Optional;
import lyceum.sandbox.Run;

/**
 * A submission that this instance has taken to run.
 *
 * @param run empty where this version of the program cannot read it
 * @param attempt 1 for the first
 * @param queuedMillis from its being stored to its being taken
 */
record TakenRun(String token, Optional<Run> run, int attempt, long queuedMillis) {

    /** One that is lost with its sandbox is tried twice more. */
    static final int MOST_ATTEMPTS = 3;

    boolean isLastAttempt() {
        return attempt >= MOST_ATTEMPTS;
    }
}
