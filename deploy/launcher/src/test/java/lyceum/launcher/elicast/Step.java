package lyceum.launcher.elicast;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import lyceum.launcher.wire.Json;

/** One step of a fixture: a request with its answer, something an operator does, or a look at the stored rows. */
record Step(String fixture, JsonNode json) {

    /** @return how a failure names this step, {@code log/submit-data-nan} */
    String name() {
        return fixture + "/"
                + (is("id") ? json.get("id").asText() : json.path("setup").asText());
    }

    /** @return whether the step has a part of that name, {@code check_state}, {@code parallel} */
    boolean is(String part) {
        return json.has(part);
    }

    JsonNode request() {
        return json.required("request");
    }

    JsonNode response() {
        return json.required("response");
    }

    /** @return properties of the answer in place of a large body, by name; missing where the body was recorded */
    JsonNode summary() {
        return json.path("response_summary");
    }

    /** @return what a new server should do instead: {@code status} and {@code meaning} */
    Optional<JsonNode> newServer() {
        return Optional.ofNullable(json.get("new_server"));
    }

    /** @return what differs from run to run inside a part of the step, {@code response/json} */
    List<JsonPath> volatileIn(String part) {
        String prefix = "/" + part;
        return Json.texts(json.path("volatile")).stream()
                .filter(pointer -> pointer.equals(prefix) || pointer.startsWith(prefix + "/"))
                .map(pointer -> new JsonPath(pointer.substring(prefix.length())))
                .toList();
    }

    /** @return the page of the real client that sent this request, empty outside of {@code client-session} */
    String page() {
        String[] words = json.path("id").asText().split(" ");
        return fixture.equals("client-session") && words.length > 1 ? words[1] : "";
    }

    /** @return the recorded JSON answer, missing where there was none */
    JsonNode recordedJson() {
        return json.path("response").path("json");
    }
}
