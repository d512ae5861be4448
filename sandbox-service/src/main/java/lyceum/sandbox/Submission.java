package lyceum.sandbox;

import java.time.Instant;

/**
 * A run that was submitted, as it stands.
 *
 * @param token the id of the run
 * @param outcome null until {@link State#ENDED}
 * @param submittedAt when it was stored
 * @param endedAt when it ended, or null
 */
public record Submission(String token, Run run, State state, Outcome outcome, Instant submittedAt, Instant endedAt) {

    /** How far it is. */
    public enum State {
        /** It waits for its turn. */
        QUEUED,
        /** A sandbox has it. */
        RUNNING,
        /** It has an outcome. */
        ENDED
    }
}
