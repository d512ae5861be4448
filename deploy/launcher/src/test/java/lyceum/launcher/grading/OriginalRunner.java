package lyceum.launcher.grading;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import lyceum.launcher.wire.Answer;
import lyceum.launcher.wire.Body;
import lyceum.launcher.wire.Request;

/** A runner of the original, as the house sees it. */
final class OriginalRunner {

    private final Classroom classroom;
    private final OriginalEnvelope envelope;

    /** @param key of 32 characters */
    OriginalRunner(Classroom classroom, String key) {
        this.classroom = classroom;
        this.envelope = new OriginalEnvelope(key.getBytes(StandardCharsets.US_ASCII));
    }

    /** @return the answer to a call with any body */
    Answer send(String action, String id, byte[] body) {
        return classroom.send(Request.of("POST", "/api/handin/" + action + "/" + id + "/")
                .with("Content-Type", OriginalEnvelope.CONTENT_TYPE)
                .with(Body.of(body)));
    }

    /** Reports one partial score, of weight 1. */
    void report(String id, boolean isAccepted, double score, ArrayNode detail) {
        ObjectNode report = JsonNodeFactory.instance
                .objectNode()
                .put("uuid", id)
                .put("accepted", isAccepted)
                .putNull("result")
                .putNull("compile_error");
        report.putArray("partials")
                .addObject()
                .put("name", "N")
                .put("typeName", "T")
                .put("score", score)
                .put("weight", 1)
                .putNull("time")
                .putNull("brief")
                .set("detail", detail);
        byte[] body = envelope.of(report.toString().getBytes(StandardCharsets.UTF_8));
        assertThat(send("report", id, body).text()).isEqualTo("OK");
    }
}
