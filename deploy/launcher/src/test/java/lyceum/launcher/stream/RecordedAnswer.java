package lyceum.launcher.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lyceum.launcher.wire.Answer;
import lyceum.launcher.wire.Excerpt;
import lyceum.launcher.wire.Json;

/**
 * The answer to a request as it was recorded, or as it was decided: status, the headers that matter, and the body.
 *
 * <p>Beside what recordings hold, a decision may say {@code statuses} where several are right, {@code contains} for a text
 * that the body must have somewhere, {@code but_for} for items that may be in a list or not, and {@code entries}, each
 * {@code [stream, id, JSON]}.
 */
record RecordedAnswer(JsonNode response, Comparison comparison, RecordedPictures pictures) {

    /** @return what differs, one line each */
    List<String> differences(Answer answer) {
        List<String> differences = new ArrayList<>();
        checkStatus(answer, differences);
        response.path("headers")
                .fields()
                .forEachRemaining(header -> new RecordedHeader(
                                header.getKey(), header.getValue().asText(), comparison)
                        .difference(answer)
                        .ifPresent(differences::add));
        checkBody(answer, differences);
        return differences;
    }

    private void checkStatus(Answer answer, List<String> differences) {
        List<Integer> statuses = new ArrayList<>();
        response.path("statuses").forEach(status -> statuses.add(status.asInt()));
        if (statuses.isEmpty()) {
            statuses.add(response.required("status").asInt());
        }
        if (!statuses.contains(answer.status())) {
            differences.add("status: expected %s, got %s".formatted(statuses, answer));
        }
    }

    private void checkBody(Answer answer, List<String> differences) {
        if (response.has("body_image")) {
            pictures.checkPicture(response.get("body_image"), answer.body(), differences);
        } else if (response.has("body_floats_le")) {
            pictures.checkFloats(response.get("body_floats_le"), answer.body(), differences);
        } else if (response.has("body_json")) {
            checkJson(answer, differences);
        } else if (response.has("body_b64")) {
            checkBytes(Buffer.buffer(RecordedRequest.decoded(response.get("body_b64"))), answer.body(), differences);
        } else if (response.has("body_text")) {
            checkText(response.get("body_text").asText(), answer.text(), differences);
        } else if (response.has("entries")) {
            new RecordedEntries(response.get("entries"), comparison).check(answer, differences);
        }
        if (!answer.text().contains(response.path("contains").asText())) {
            differences.add("body: expected %s in it, got %s".formatted(response.get("contains"), answer));
        }
    }

    private void checkJson(Answer answer, List<String> differences) {
        Optional<JsonNode> json = Json.maybe(answer.body().getBytes());
        if (json.isEmpty()) {
            differences.add("body: expected JSON, got " + answer);
        } else if (pictures.isPixels(response.get("body_json"))) {
            pictures.checkPixels(response.get("body_json"), json.get(), differences);
        } else {
            comparison.differences(response.get("body_json"), withoutOthers(json.get())).stream()
                    .map(difference -> "body " + difference)
                    .forEach(differences::add);
        }
    }

    private JsonNode withoutOthers(JsonNode list) {
        if (!response.has("but_for")) {
            return list;
        }
        ArrayNode rest = JsonNodeFactory.instance.arrayNode();
        list.forEach(item -> {
            if (!isAmong(response.get("but_for"), item)) {
                rest.add(item);
            }
        });
        return rest;
    }

    private boolean isAmong(JsonNode others, JsonNode item) {
        for (JsonNode other : others) {
            if (comparison.differences(other, item).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private static void checkBytes(Buffer expected, Buffer actual, List<String> differences) {
        if (!expected.equals(actual)) {
            differences.add("body: expected %d bytes %s, got %d bytes %s"
                    .formatted(
                            expected.length(),
                            Excerpt.head(expected.toString()),
                            actual.length(),
                            Excerpt.head(actual.toString())));
        }
    }

    private void checkText(String expected, String actual, List<String> differences) {
        if (!comparison.placeholders().matches(expected, actual)) {
            differences.add("body: expected %s, got %s".formatted(Excerpt.head(expected), Excerpt.head(actual)));
        }
    }
}
