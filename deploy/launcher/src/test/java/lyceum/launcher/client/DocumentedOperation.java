package lyceum.launcher.client;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lyceum.launcher.wire.Body;
import lyceum.launcher.wire.Request;

/** An operation of the OpenAPI document, and the requests that its examples make. */
record DocumentedOperation(String method, String path, JsonObject item, JsonObject described, JsonObject document) {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "head");

    static List<DocumentedOperation> all(JsonObject document) {
        List<DocumentedOperation> found = new ArrayList<>();
        JsonObject paths = document.getJsonObject("paths");
        for (String path : paths.fieldNames()) {
            JsonObject item = paths.getJsonObject(path);
            item.fieldNames().stream()
                    .filter(METHODS::contains)
                    .forEach(method -> found.add(
                            new DocumentedOperation(method, path, item, item.getJsonObject(method), document)));
        }
        return found;
    }

    Set<String> statuses() {
        return described.getJsonObject("responses").fieldNames();
    }

    /** @return one for each example of a body; one without a body where there is none */
    List<Request> requests() {
        Request bare = Request.of(method.toUpperCase(Locale.ROOT), target());
        JsonObject body = resolve(described.getJsonObject("requestBody", new JsonObject()));
        JsonObject contents = body.getJsonObject("content", new JsonObject());
        List<Request> made = new ArrayList<>();
        for (String mediaType : contents.fieldNames()) {
            examples(contents.getJsonObject(mediaType)).forEach(example -> made.add(with(bare, mediaType, example)));
        }
        return made.isEmpty() ? List.of(bare) : made;
    }

    private static Request with(Request bare, String mediaType, Object example) {
        String text = mediaType.equals("application/x-www-form-urlencoded") && example instanceof JsonObject fields
                ? form(fields)
                : Json.encode(example);
        return bare.with("Content-Type", mediaType).with(Body.of(text));
    }

    private static String form(JsonObject fields) {
        return fields.stream()
                .map(field -> encode(field.getKey()) + "=" + encode(String.valueOf(field.getValue())))
                .collect(Collectors.joining("&"));
    }

    /** @return values of {@code example}, or of each of {@code examples} */
    private Stream<Object> examples(JsonObject holder) {
        if (holder.containsKey("example")) {
            return Stream.of(holder.getValue("example"));
        }
        JsonObject several = holder.getJsonObject("examples", new JsonObject());
        return several.fieldNames().stream()
                .map(name -> resolve(several.getJsonObject(name)).getValue("value"));
    }

    /** Parameters of the path as their examples say, of the query where they are required. */
    private String target() {
        String target = path;
        Map<String, String> query = new TreeMap<>();
        for (JsonObject parameter : parameters()) {
            String name = parameter.getString("name");
            String value = encode(String.valueOf(example(parameter)));
            if (parameter.getString("in").equals("path")) {
                target = target.replace("{" + name + "}", value);
            } else if (parameter.getString("in").equals("query") && parameter.getBoolean("required", false)) {
                query.put(name, value);
            }
        }
        String all = query.entrySet().stream()
                .map(one -> one.getKey() + "=" + one.getValue())
                .collect(Collectors.joining("&"));
        return all.isEmpty() ? target : target + "?" + all;
    }

    private List<JsonObject> parameters() {
        return Stream.of(item, described)
                .flatMap(holder -> holder.getJsonArray("parameters", new JsonArray()).stream())
                .map(JsonObject.class::cast)
                .map(this::resolve)
                .toList();
    }

    private Object example(JsonObject parameter) {
        JsonObject schema = resolve(parameter.getJsonObject("schema", new JsonObject()));
        return examples(parameter)
                .findFirst()
                .or(() -> Stream.of(schema.getValue("example"), schema.getValue("default"))
                        .filter(value -> value != null)
                        .findFirst())
                .orElse(1);
    }

    private JsonObject resolve(JsonObject node) {
        String reference = node.getString("$ref");
        return reference == null
                ? node
                : resolve((JsonObject) JsonPointer.from(reference.substring(1)).queryJson(document));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return method.toUpperCase(Locale.ROOT) + " " + path;
    }
}
