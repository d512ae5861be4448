package lyceum.sandbox.internal;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import lyceum.sandbox.Outcome;
import lyceum.sandbox.Submission;
import lyceum.sandbox.judge0.Attributes;
import lyceum.sandbox.judge0.Fields;
import lyceum.sandbox.judge0.SubmissionJson;

/** How an outcome is told to a webhook: as those are used to it who submitted the run. */
enum DeliveryForm {
    OURS(HttpMethod.POST) {
        @Override
        Buffer body(Submission submission) {
            Outcome outcome = submission.outcome();
            return new JsonObject()
                    .put("id", submission.token())
                    .put("state", submission.state())
                    .put("verdict", outcome.verdict())
                    .put("exitCode", outcome.exitCode())
                    .put("signal", outcome.signal())
                    .put("wallTimeMillis", outcome.usage().wallTimeMillis())
                    .put("cpuTimeMillis", outcome.usage().cpuTimeMillis())
                    .put("peakMemoryBytes", outcome.usage().peakMemoryBytes())
                    .put("stdout", base64(outcome.stdout().bytes()))
                    .put("stderr", base64(outcome.stderr().bytes()))
                    .toBuffer();
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

    /** @return JSON; outputs in base64 (RFC 4648, section 4), because they need not be text */
    abstract Buffer body(Submission submission);

    private static String base64(Buffer bytes) {
        return Base64.getEncoder().encodeToString(bytes.getBytes());
    }
}
