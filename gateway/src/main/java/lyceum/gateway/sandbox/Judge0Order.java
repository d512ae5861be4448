package lyceum.gateway.sandbox;

import java.util.UUID;
import lyceum.gateway.judge0.SubmissionForm;

/**
 * A submission that somebody wants to create.
 *
 * @param token its name, known before it is stored
 */
record Judge0Order(String token, SubmissionForm form) {

    static Judge0Order of(SubmissionForm form) {
        return new Judge0Order(UUID.randomUUID().toString(), form);
    }

    boolean isValid() {
        return form.findings().isEmpty();
    }
}
