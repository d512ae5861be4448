package lyceum.sandbox.internal;

import lyceum.sandbox.Submission;

/**
 * An outcome on its way to a webhook.
 *
 * @param submission one that has ended
 * @param attempt 1 for the first
 */
record Delivery(Submission submission, String webhook, int attempt) {

    static final int MOST_ATTEMPTS = 3;

    String token() {
        return submission.token();
    }

    boolean isLastAttempt() {
        return attempt >= MOST_ATTEMPTS;
    }
}
