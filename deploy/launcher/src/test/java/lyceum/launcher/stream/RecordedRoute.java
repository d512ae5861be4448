package lyceum.launcher.stream;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import lyceum.launcher.wire.Request;

/**
 * One entry of the list of routes.
 *
 * @param json {@code method}, {@code path} with its parameters in braces, {@code declared_auth}, {@code params},
 *     {@code body}
 */
record RecordedRoute(JsonNode json) {

    /** For every parameter in the path that is a number, and every one that is a name. */
    private static final Map<String, String> IN_PATH = Map.of("integer", "1", "string", "some-name");

    static List<RecordedRoute> all() {
        JsonNode file = Fixture.read("routes").json();
        return StreamSupport.stream(file.required("routes").spliterator(), false)
                .map(RecordedRoute::new)
                .toList();
    }

    /** @return what the list names beside them, such as the pages of documents; WebSockets have their own recordings */
    static List<RecordedRoute> others() {
        JsonNode file = Fixture.read("routes").json();
        return StreamSupport.stream(file.required("not_in_openapi").spliterator(), false)
                .map(RecordedRoute::new)
                .filter(route -> !route.method().equals("WS"))
                .toList();
    }

    String name() {
        return method() + " " + json.required("path").asText();
    }

    String method() {
        return json.required("method").asText();
    }

    boolean needsToken() {
        return json.required("declared_auth").asBoolean();
    }

    /** @return a request without token and body */
    Request request() {
        return Request.of(method(), path(Map.of()));
    }

    /** @return parameters that are no texts: any text is one */
    List<JsonNode> typed() {
        return StreamSupport.stream(json.required("params").spliterator(), false)
                .filter(parameter -> List.of("integer", "boolean")
                        .contains(parameter.required("type").asText()))
                .toList();
    }

    /** @param parameter gets this value */
    Request with(JsonNode parameter, String value) {
        String name = parameter.required("name").asText();
        return parameter.required("in").asText().equals("path")
                ? Request.of(method(), path(Map.of(name, value)))
                : Request.of(method(), path(Map.of()) + "?" + name + "=" + value);
    }

    boolean needsBody() {
        return json.has("body") && !method().equals("GET");
    }

    private String path(Map<String, String> values) {
        String path = json.required("path").asText();
        for (JsonNode parameter : json.path("params")) {
            String name = parameter.required("name").asText();
            String value = values.getOrDefault(
                    name, IN_PATH.get(parameter.required("type").asText()));
            path = path.replace("{" + name + "}", value == null ? "" : value);
        }
        return path;
    }
}
