package lyceum.sandbox.internal;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import lyceum.sandbox.Submission;
import lyceum.sandbox.json.OutcomeJson;
import lyceum.sandbox.judge0.Attributes;
import lyceum.sandbox.judge0.Fields;
import lyceum.sandbox.judge0.SubmissionJson;

/** How an outcome is told to a webhook: as those are used to it who submitted the run. */
enum DeliveryForm {
    /** A POST of what {@code GET /sandbox/runs/{id}} answers. */
    OURS(HttpMethod.POST) {
        @Override
        Buffer body(Submission submission) {
            return OutcomeJson.submission(submission).toBuffer();
        }
    },

    /** A PUT of the usual attributes in base64 (docs/api/submissions, app/jobs/callbacks in Judge0 1.13.1). */
    JUDGE0(HttpMethod.PUT) {
        @Override
        Buffer body(Submission submission) {
            return IN_BASE64.of(submission).orElseThrow().toBuffer();
        }
    };

    private static final SubmissionJson IN_BASE64 = new SubmissionJson(Fields.of(""), true);

    private final HttpMethod method;

    DeliveryForm(HttpMethod method) {
        this.method = method;
    }

    static DeliveryForm of(Submission submission) {
        return Attributes.of(submission.run().note()).isPresent() ? JUDGE0 : OURS;
    }

    HttpMethod method() {
        return method;
    }

    /** @return JSON */
    abstract Buffer body(Submission submission);
}
