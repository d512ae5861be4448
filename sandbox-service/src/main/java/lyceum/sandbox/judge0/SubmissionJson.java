package lyceum.sandbox.judge0;

import io.vertx.core.json.JsonObject;
import java.util.Optional;
import lyceum.sandbox.Submission;

/**
 * Tells of submissions.
 *
 * @param isBase64 whether texts are told in base64
 */
public record SubmissionJson(Fields fields, boolean isBase64) {

    /**
     * @return what is told; empty where the submission did not come from a client of Judge0
     * @throws NotText where a text is none
     */
    public Optional<JsonObject> of(Submission submission) {
        return SubmissionView.of(submission, isBase64).map(fields::tell);
    }

    /** @return how far a submission is */
    public static Optional<Status> status(Submission submission) {
        return SubmissionView.of(submission, true).map(view -> view.judgement().status());
    }
}
