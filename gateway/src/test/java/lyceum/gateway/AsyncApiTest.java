package lyceum.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import io.vertx.ext.web.RoutingContext;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lyceum.gateway.stream.StreamPullRoutes;
import lyceum.gateway.stream.StreamPushRoutes;
import lyceum.gateway.stream.StreamQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/** The AsyncAPI document against what is routed, what the code reads, and its own examples. */
class AsyncApiTest {

    private static final JsonObject DOCUMENT = read("/asyncapi.yaml");

    private static JsonObject read(String path) {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(1000);
        try (InputStream file = AsyncApiTest.class.getResourceAsStream(path)) {
            Map<String, Object> members = new Yaml(options).load(file);
            return new JsonObject(members);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static JsonObject channel(String address) {
        return DOCUMENT.getJsonObject("channels").stream()
                .map(entry -> (JsonObject) entry.getValue())
                .filter(channel -> channel.getString("address").equals(address))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void describesTheWebSocketsThatAreRouted() {
        JsonObject paths = read("/openapi.yaml").getJsonObject("paths");
        Set<String> routed = paths.fieldNames().stream()
                .filter(path -> paths.getJsonObject(path).containsKey("get"))
                .filter(path -> paths.getJsonObject(path)
                        .getJsonObject("get")
                        .getJsonObject("responses")
                        .containsKey("101"))
                .collect(Collectors.toSet());

        assertThat(DOCUMENT.getJsonObject("channels").stream()
                        .map(entry -> ((JsonObject) entry.getValue()).getString("address")))
                .hasSize(6)
                .containsExactlyInAnyOrderElementsOf(routed);
    }

    @Test
    void resolvesEveryReference() {
        List<String> references = new ArrayList<>();
        collectReferences(DOCUMENT, references);

        assertThat(references)
                .hasSizeGreaterThan(20)
                .allSatisfy(reference ->
                        assertThat(resolve(reference)).as(reference).isNotNull());
    }

    private static Object resolve(String reference) {
        return JsonPointer.from(reference.substring(1)).queryJson(DOCUMENT);
    }

    private static void collectReferences(Object value, List<String> references) {
        if (value instanceof JsonObject object) {
            object.forEach(member -> {
                if (member.getKey().equals("$ref")) {
                    references.add(member.getValue().toString());
                }
                collectReferences(member.getValue(), references);
            });
        } else if (value instanceof JsonArray list) {
            list.forEach(item -> collectReferences(item, references));
        }
    }

    @Test
    void usesEveryMessageAndOperationOnce() {
        List<String> references = new ArrayList<>();
        collectReferences(DOCUMENT.getJsonObject("channels"), references);
        collectReferences(DOCUMENT.getJsonObject("operations"), references);

        assertThat(references)
                .filteredOn(reference -> reference.contains("/messages/"))
                .doesNotHaveDuplicates();
        assertThat(references)
                .containsAll(DOCUMENT.getJsonObject("components").getJsonObject("messages").fieldNames().stream()
                        .map(name -> "#/components/messages/" + name)
                        .toList());
    }

    static Stream<Arguments> queries() {
        return Stream.of(
                Arguments.of("/data/{ids}/push", (BiFunction<String, StreamQuery, Object>) StreamPushRoutes.Order::of),
                Arguments.of("/data/{ids}/pull", (BiFunction<String, StreamQuery, Object>) StreamPullRoutes.Order::of));
    }

    @ParameterizedTest
    @MethodSource("queries")
    void describesTheParametersThatAreRead(String address, BiFunction<String, StreamQuery, Object> reading) {
        Set<String> read = new HashSet<>();
        reading.apply("p", new StreamQuery(recording(read)));

        assertThat(query(address).fieldNames()).isEqualTo(read);
        assertThat(channel(address).getJsonObject("parameters").fieldNames()).containsExactly("ids");
    }

    private static JsonObject query(String address) {
        return channel(address)
                .getJsonObject("bindings")
                .getJsonObject("ws")
                .getJsonObject("query")
                .getJsonObject("properties");
    }

    /** @return a request without parameters that notes for which it is asked */
    private static RoutingContext recording(Set<String> read) {
        MultiMap parameters = proxy(MultiMap.class, (method, name) -> {
            read.add(name.toString());
            return List.of();
        });
        return proxy(RoutingContext.class, (method, argument) -> parameters);
    }

    private static <T> T proxy(Class<T> type, BiFunction<String, Object, Object> answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answer.apply(method.getName(), arguments == null ? null : arguments[0])));
    }

    @ParameterizedTest
    @MethodSource("queries")
    void describesWhatAbsentParametersMean(String address, BiFunction<String, StreamQuery, Object> reading) {
        Object absent = reading.apply("p", new StreamQuery(context(MultiMap.caseInsensitiveMultiMap())));
        MultiMap defaults = MultiMap.caseInsensitiveMultiMap();
        query(address).forEach(parameter -> {
            Object value = ((JsonObject) parameter.getValue()).getValue("default");
            if (value != null) {
                defaults.add(parameter.getKey(), value.toString());
            }
        });

        assertThat(defaults.isEmpty()).isFalse();
        assertThat(reading.apply("p", new StreamQuery(context(defaults)))).isEqualTo(absent);
    }

    private static RoutingContext context(MultiMap parameters) {
        return proxy(RoutingContext.class, (method, argument) -> parameters);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "batchHeader",
                "stored",
                "deliveryHeader",
                "progress",
                "sandboxOrder",
                "sandboxEvent",
                "pistonOrder",
                "pistonEvent",
                "socialAuth",
                "socialClick",
                "socialEvent",
                "socialStats",
                "socialStatus",
                "socialMessage",
                "socialClicked",
                "socialHappened",
                "handedIn",
                "started",
                "scored"
            })
    void hasExamplesThatKeepToTheirSchemas(String message) {
        JsonObject described =
                DOCUMENT.getJsonObject("components").getJsonObject("messages").getJsonObject(message);
        JsonArray examples = described.getJsonArray("examples");

        assertThat(examples)
                .isNotEmpty()
                .allSatisfy(example -> assertThat(verdict(described, ((JsonObject) example).getValue("payload"))
                                .getErrors())
                        .as(example.toString())
                        .isNullOrEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[-1]",
                "[\"a\"]",
                "[[\"a\"]]",
                "[[\"a\",1,2,3]]",
                "[[\"\",1]]",
                "[[\"a\",\"x\",1]]",
                "[1,[\"a\",2]]",
                "{}",
                "null"
            })
    void hasASchemaOfHeadersThatRefusesWhatTheCodeRefuses(String header) {
        JsonObject described =
                DOCUMENT.getJsonObject("components").getJsonObject("messages").getJsonObject("batchHeader");

        assertThat(verdict(described, io.vertx.core.json.Json.decodeValue(header))
                        .getValid())
                .isFalse();
    }

    private static OutputUnit verdict(JsonObject message, Object payload) {
        String reference = message.getJsonObject("payload").getString("$ref");
        JsonObject schema =
                new JsonObject().put("$ref", reference).put("components", DOCUMENT.getJsonObject("components"));
        JsonSchemaOptions options =
                new JsonSchemaOptions().setBaseUri("https://lyceum.example/").setDraft(Draft.DRAFT7);
        return Validator.create(JsonSchema.of(schema), options).validate(payload);
    }
}
