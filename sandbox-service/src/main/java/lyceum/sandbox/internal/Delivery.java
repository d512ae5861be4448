package lyceum.sandbox.internal;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import lyceum.sandbox.Outcome;
import lyceum.sandbox.Submission.State;

/**
 * An outcome on its way to a webhook.
 *
 * @param attempt 1 for the first
 */
record Delivery(String token, String webhook, int attempt, Outcome outcome) {

    static final int MOST_ATTEMPTS = 3;

    boolean isLastAttempt() {
        return attempt >= MOST_ATTEMPTS;
    }

    /** @return JSON; outputs in base64 (RFC 4648, section 4), because they need not be text */
    Buffer body() {
        return new JsonObject()
                .put("id", token)
                .put("state", State.ENDED)
                .put("verdict", outcome.verdict())
                .put("exitCode", outcome.exitCode())
                .put("signal", outcome.signal())
                .put("wallTimeMillis", outcome.usage().wallTimeMillis())
                .put("cpuTimeMillis", outcome.usage().cpuTimeMillis())
                .put("peakMemoryBytes", outcome.usage().peakMemoryBytes())
                .put("stdout", outcome.stdout().bytes().getBytes())
                .put("stderr", outcome.stderr().bytes().getBytes())
                .toBuffer();
    }
}
