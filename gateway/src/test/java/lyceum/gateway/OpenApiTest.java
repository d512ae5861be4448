package lyceum.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.SchemaRepository;
import io.vertx.openapi.contract.OpenAPIVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lyceum.account.Role;
import lyceum.gateway.access.AccessTable;
import lyceum.gateway.access.Admission;
import lyceum.gateway.access.Need;
import lyceum.gateway.route.Operation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/** The OpenAPI document against the router and the table of access: whoever changes one changes all three. */
@TestInstance(Lifecycle.PER_CLASS)
class OpenApiTest {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "options", "head", "patch");

    private static final String SHARED = "#/components/responses/";

    private final Vertx vertx = Vertx.vertx();
    private final Map<Operation, JsonObject> documented = new HashMap<>();
    private JsonObject responses;
    private Router router;

    @BeforeAll
    void read() throws IOException {
        router = TestGateway.router(vertx);
        responses = document().getJsonObject("components").getJsonObject("responses");
        JsonObject paths = document().getJsonObject("paths");
        for (String path : paths.fieldNames()) {
            JsonObject item = paths.getJsonObject(path);
            item.fieldNames().stream()
                    .filter(METHODS::contains)
                    .forEach(method -> documented.put(operation(method, path), item.getJsonObject(method)));
        }
    }

    private static Operation operation(String method, String path) {
        return new Operation(HttpMethod.valueOf(method.toUpperCase(Locale.ROOT)), path);
    }

    private static JsonObject document() throws IOException {
        try (InputStream file = OpenApiTest.class.getResourceAsStream("/openapi.yaml")) {
            Map<String, Object> members = new Yaml().load(file);
            return new JsonObject(members);
        }
    }

    @AfterAll
    void stop() {
        vertx.close().await();
    }

    @Test
    void keepsToTheSchemaOfOpenApiAndResolvesEveryReference() throws IOException {
        JsonObject document = document();
        SchemaRepository schemas =
                OpenAPIVersion.V3_1.getRepository(vertx, "app://").await();

        OutputUnit verdict =
                OpenAPIVersion.V3_1.validateContract(vertx, schemas, document).await();

        assertThat(verdict.getErrors()).isNullOrEmpty();
        assertThatCode(() ->
                        OpenAPIVersion.V3_1.resolve(vertx, schemas, document).await())
                .doesNotThrowAnyException();
    }

    /** A comma in a description without quotes ends it in YAML; what is behind it becomes a member without a value. */
    @Test
    void endsNoDescriptionAtAComma() throws IOException {
        assertThat(madeByCommas(document())).isEmpty();
    }

    private static List<String> madeByCommas(Object node) {
        if (node instanceof JsonObject object) {
            return object.fieldNames().stream()
                    .flatMap(name -> object.getValue(name) == null && name.contains(" ")
                            ? Stream.of(name)
                            : madeByCommas(object.getValue(name)).stream())
                    .toList();
        }
        return node instanceof JsonArray array
                ? array.stream().flatMap(item -> madeByCommas(item).stream()).toList()
                : List.of();
    }

    @Test
    void describesWhatIsRouted() {
        assertThat(operations(router)).isEqualTo(documented.keySet());
    }

    @Test
    void namesEveryOperationOnce() {
        assertThat(documented.values().stream()
                        .map(described -> described.getString("operationId"))
                        .filter(Objects::nonNull))
                .doesNotHaveDuplicates();
    }

    @Test
    void namesEveryOperationOfGeneratedClients() {
        assertThat(documented).allSatisfy((operation, described) -> {
            boolean isCalled = !Set.of(HttpMethod.HEAD, HttpMethod.OPTIONS).contains(operation.method());
            assertThat(described.containsKey("operationId") || !isCalled).isTrue();
        });
    }

    /** But of those that name none when they are sent: addresses and manifests, as their originals have them, and events. */
    @Test
    void namesTheCharsetOfTexts() {
        Set<String> without = Set.of("/myip/", "/dash/{name}/{file}", "/hls/{name}/{file}", "/stat");

        assertThat(documented)
                .allSatisfy((operation, described) -> assertThat(mediaTypes(described))
                        .filteredOn(type -> type.startsWith("text/") && !type.equals("text/event-stream"))
                        .filteredOn(type -> !without.contains(operation.path()))
                        .as(operation.toString())
                        .allMatch(type -> type.endsWith("; charset=utf-8")));
    }

    private Stream<String> mediaTypes(JsonObject described) {
        JsonObject responses = described.getJsonObject("responses");
        return responses.fieldNames().stream()
                .map(status -> resolved(responses.getJsonObject(status)))
                .flatMap(response -> response.getJsonObject("content", new JsonObject()).fieldNames().stream());
    }

    private JsonObject resolved(JsonObject response) {
        String reference = response.getString("$ref");
        return reference == null ? response : responses.getJsonObject(reference.substring(SHARED.length()));
    }

    /** A sound or a film that is too long is refused as one that is wrong. */
    @Test
    void saysThatABodyMayBeTooLong() {
        assertThat(documented.entrySet().stream()
                        .filter(each -> each.getValue().containsKey("requestBody"))
                        .filter(each ->
                                !each.getValue().getJsonObject("responses").containsKey("413"))
                        .map(Map.Entry::getKey))
                .containsExactly(Operation.post("/media/jobs"));
    }

    @Test
    void sortsOperationsUnderTagsThatItDescribes() throws IOException {
        Set<Object> tags = document().getJsonArray("tags").stream()
                .map(tag -> ((JsonObject) tag).getValue("name"))
                .collect(Collectors.toSet());

        assertThat(documented.values())
                .allSatisfy(described -> assertThat(tags).containsAll(described.getJsonArray("tags")));
    }

    @Test
    void saysNothingTwice() throws IOException {
        LoaderOptions strict = new LoaderOptions();
        strict.setAllowDuplicateKeys(false);
        try (InputStream file = OpenApiTest.class.getResourceAsStream("/openapi.yaml")) {
            assertThatCode(() -> new Yaml(strict).load(file)).doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @EnumSource(Admission.class)
    void saysWhatTheTableOfAccessSays(Admission admission) {
        Map<Operation, Need> needs = AccessTable.of(admission, admission, admission);

        assertThat(needs.keySet())
                .isEqualTo(documented.keySet().stream()
                        .filter(operation -> !operation.method().equals(HttpMethod.OPTIONS))
                        .collect(Collectors.toSet()));
        needs.forEach((operation, need) -> assertThat(accepts(documented.get(operation)))
                .as(operation.toString())
                .contains(need));
    }

    /** @return what an operation may ask for, by its settings, as the document says */
    private static Set<Need> accepts(JsonObject described) {
        JsonArray security = described.getJsonArray("security", new JsonArray());
        if (security.isEmpty()) {
            return Set.of(Need.NOTHING);
        }
        if (security.contains(new JsonObject())) {
            return Set.of(Need.NOTHING, Need.TOKEN);
        }
        JsonArray roles = security.getJsonObject(0).getJsonArray("bearer");
        return Set.of(Need.anyOf(roles.stream()
                .map(name -> Role.named(name.toString()).orElseThrow())
                .toArray(Role[]::new)));
    }

    @Test
    void describesWhatIsRoutedBelowApi() {
        Router api = router.getRoutes().stream()
                .map(Route::getSubRouter)
                .filter(sub -> sub != null)
                .findFirst()
                .orElseThrow();

        assertThat(operations(api)).isEqualTo(operations(router));
    }

    @Test
    void routesNoMethodThatIsNoOperation() {
        assertThat(router.getRoutes())
                .filteredOn(route -> Operation.of(route).isEmpty())
                .allMatch(route -> route.methods() == null);
    }

    private static Set<Operation> operations(Router router) {
        return router.getRoutes().stream()
                .flatMap(route -> Operation.of(route).stream())
                .collect(Collectors.toSet());
    }
}
