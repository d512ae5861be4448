package lyceum.launcher.stream;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Why, and in what, a case must end otherwise than recorded; without changes the record is confirmed. */
final class Decision {

    private final String reason;
    private final List<Consumer<List<JsonNode>>> changes = new ArrayList<>();

    /** @param reason with the number in contract section 8 where it stands there */
    Decision(String reason) {
        this.reason = reason;
    }

    String reason() {
        return reason;
    }

    /** The request of that step is answered so. */
    Decision answer(int step, ObjectNode response) {
        return change(step, recorded -> ((ObjectNode) recorded.required("http")).set("response", response));
    }

    /** One value in that step is another one. */
    Decision value(int step, String pointer, JsonNode value) {
        JsonPointer place = JsonPointer.compile(pointer);
        return change(
                step,
                recorded -> ((ObjectNode) recorded.required("http").at(place.head()))
                        .set(place.last().getMatchingProperty(), value));
    }

    /** That step shows these parts, and goes on. */
    Decision shows(int step, JsonNode parts) {
        return change(
                step,
                recorded -> ((ObjectNode) recorded.required("stream"))
                        .put("server_closed_early", false)
                        .set("parts", parts));
    }

    /** That step asks for another path, or query. */
    Decision path(int step, String path) {
        return change(step, recorded -> ((ObjectNode) recorded.at("/http/request")).put("path", path));
    }

    /** The handshake of that step gets one of these; where it is not refused, the talk goes on as it stands. */
    Decision handshake(int step, Integer... statuses) {
        return change(step, recorded -> {
            ArrayNode all = ((ObjectNode) recorded.required("ws"))
                    .putObject("handshake")
                    .putArray("statuses");
            List.of(statuses).forEach(all::add);
        });
    }

    /** From that frame on the talk of that step goes so. */
    Decision from(int step, int frame, JsonNode... frames) {
        return change(step, recorded -> {
            ArrayNode talk = (ArrayNode) recorded.at("/ws/frames");
            if (talk.size() < frame) {
                throw new IllegalArgumentException(reason + ": there is no frame before " + frame);
            }
            while (talk.size() > frame) {
                talk.remove(frame);
            }
            talk.addAll(List.of(frames));
        });
    }

    /** These steps follow those that were recorded. */
    Decision then(JsonNode... steps) {
        changes.add(recorded -> recorded.addAll(List.of(steps)));
        return this;
    }

    private Decision change(int step, Consumer<JsonNode> change) {
        changes.add(steps -> change.accept(steps.get(step)));
        return this;
    }

    /** @return the case as it must be; what was recorded stays as it is */
    RecordedCase apply(RecordedCase recorded) {
        List<JsonNode> steps = new ArrayList<>();
        recorded.steps().forEach(step -> steps.add(step.deepCopy()));
        changes.forEach(change -> change.accept(steps));
        return new RecordedCase(recorded.name(), recorded.verdict(), List.copyOf(steps));
    }
}
