package lyceum.launcher.fuzz;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.Yaml;

/** What clients may say, as the served documents have it. */
final class Contract {

    private static final List<String> METHODS = List.of("get", "put", "post", "delete", "options", "head");

    /** Beside what an operation names: what all of them may be answered with. */
    private static final Set<Integer> ALWAYS = Set.of(501, 503, 507);

    /** An upload to a name that is taken: 500 with this text, as the original has it (stream contract, 7.1). */
    private static final Pattern TAKEN = Pattern.compile("\"msg\":\"File .* already exists\\.\"");

    private final JsonObject document;
    private final List<Call> calls = new ArrayList<>();
    private final List<Channel> channels = new ArrayList<>();

    /**
     * An operation.
     *
     * @param fails whether to fail is all that it is for
     */
    record Call(String method, String path, List<Parameter> parameters, List<Media> bodies, boolean fails) {}

    /** @param in path, query, header or cookie */
    record Parameter(String name, String in, JsonObject schema) {}

    /** @param type of a body */
    record Media(String type, JsonObject schema) {}

    /** @param examples of messages, as JSON or text */
    record Channel(String address, List<String> examples) {}

    /**
     * @param openApi as JSON
     * @param asyncApi as YAML
     */
    Contract(String openApi, String asyncApi) {
        document = new JsonObject(openApi);
        JsonObject paths = document.getJsonObject("paths");
        for (String path : paths.fieldNames()) {
            JsonObject item = paths.getJsonObject(path);
            METHODS.stream()
                    .filter(item::containsKey)
                    .forEach(method -> calls.add(call(method, path, item, item.getJsonObject(method))));
        }
        JsonObject channelsByName =
                new JsonObject(new Yaml().<Map<String, Object>>load(asyncApi)).getJsonObject("channels");
        for (String name : channelsByName.fieldNames()) {
            JsonObject channel = channelsByName.getJsonObject(name);
            List<String> examples = new ArrayList<>();
            collectExamples(channel, examples);
            channels.add(new Channel(channel.getString("address"), examples));
        }
    }

    List<Call> calls() {
        return calls;
    }

    List<Channel> channels() {
        return channels;
    }

    /** @return whether an answer tells of no fault of the server */
    static boolean allows(int status, String answer) {
        return status < 500
                || ALWAYS.contains(status)
                || status == 500 && TAKEN.matcher(answer).find();
    }

    private Call call(String method, String path, JsonObject item, JsonObject operation) {
        List<Parameter> parameters = new ArrayList<>();
        Set<Object> described = new LinkedHashSet<>();
        item.getJsonArray("parameters", new JsonArray()).forEach(described::add);
        operation.getJsonArray("parameters", new JsonArray()).forEach(described::add);
        for (Object each : described) {
            JsonObject parameter = resolve((JsonObject) each);
            JsonObject schema =
                    resolve(parameter.getJsonObject("schema", new JsonObject())).copy();
            if (parameter.containsKey("example")) {
                schema.put("example", parameter.getValue("example"));
            }
            parameters.add(new Parameter(parameter.getString("name"), parameter.getString("in"), schema));
        }
        List<Media> bodies = new ArrayList<>();
        JsonObject content = resolve(operation.getJsonObject("requestBody", new JsonObject()))
                .getJsonObject("content", new JsonObject());
        for (String type : content.fieldNames()) {
            bodies.add(new Media(type, content.getJsonObject(type).getJsonObject("schema", new JsonObject())));
        }
        Set<String> statuses =
                operation.getJsonObject("responses", new JsonObject()).fieldNames();
        boolean fails = statuses.stream().allMatch(status -> status.startsWith("5") || status.equals("default"));
        return new Call(method.toUpperCase(Locale.ROOT), path, parameters, bodies, fails);
    }

    /** @return what a reference leads to; anything else as it is */
    JsonObject resolve(JsonObject described) {
        JsonObject found = described;
        while (found.containsKey("$ref")) {
            JsonObject at = document;
            for (String step : found.getString("$ref").substring(2).split("/")) {
                at = at.getJsonObject(step);
            }
            found = at;
        }
        return found;
    }

    private static void collectExamples(Object node, List<String> examples) {
        if (node instanceof JsonObject object) {
            object.forEach(member -> {
                if (member.getKey().equals("payload") && !(isSchema(member.getValue()))) {
                    examples.add(text(member.getValue()));
                } else {
                    collectExamples(member.getValue(), examples);
                }
            });
        } else if (node instanceof JsonArray array) {
            array.forEach(item -> collectExamples(item, examples));
        }
    }

    private static boolean isSchema(Object payload) {
        return payload instanceof JsonObject object
                && (object.getValue("type") instanceof String && object.containsKey("properties")
                        || object.containsKey("oneOf")
                        || object.containsKey("items")
                        || object.containsKey("$ref"));
    }

    private static String text(Object payload) {
        return payload instanceof JsonObject object
                ? object.encode()
                : payload instanceof JsonArray array ? array.encode() : String.valueOf(payload);
    }
}
