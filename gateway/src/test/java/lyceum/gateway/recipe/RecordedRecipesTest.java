package lyceum.gateway.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import lyceum.gateway.TestGateway;
import lyceum.platform.Readiness;
import lyceum.platform.Settings;
import lyceum.platform.TestPostgres;
import lyceum.platform.TestRedis;
import lyceum.stream.internal.StreamConfig;
import lyceum.stream.internal.StreamVerticle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the original answered about recipes and sessions, against the real service. {@code decided.json} holds what is
 * answered otherwise: what the record's {@code fix} says, or the contract's sections 4.5 and 8.
 */
class RecordedRecipesTest {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{[^}]+}}");

    private static final Map<String, String> PATTERNS = Map.of(
            "id", "\\d+-\\d+",
            "datetime", "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{6})?",
            "epoch_s", "\\d{10}",
            "b36", "[0-9a-z]+");

    private final JsonObject decided = read("decided");
    private final Map<String, String> bound = new HashMap<>();
    private RecipeClient client;

    /** A gateway, and stream-service on databases of its own. */
    private static final class RecipeClient implements AutoCloseable {
        final TestGateway gateway = new TestGateway(Map.of());
        final String token = TestGateway.token(gateway.vertx, "ada");

        RecipeClient() {
            StreamConfig config = StreamConfig.from(
                    new Settings(Map.of("LYCEUM_STREAM_SAMPLE_RECIPES", "false")),
                    TestRedis.freshDatabase(gateway.vertx),
                    TestPostgres.freshDatabase(gateway.vertx));
            gateway.vertx
                    .deployVerticle(new StreamVerticle(config, new Readiness(), new SimpleMeterRegistry()))
                    .await();
        }

        HttpResponse<Buffer> send(JsonObject request, String path) {
            HttpRequest<Buffer> sent = gateway.request(HttpMethod.valueOf(request.getString("method")), path);
            request.getJsonObject("headers", new JsonObject())
                    .forEach(header -> sent.putHeader(
                            header.getKey(), header.getValue().toString().replace("{{jwt}}", token)));
            if (request.containsKey("body_json")) {
                return sent.sendBuffer(Json.encodeToBuffer(request.getValue("body_json")))
                        .await();
            }
            return request.containsKey("body_text")
                    ? sent.sendBuffer(Buffer.buffer(request.getString("body_text")))
                            .await()
                    : sent.send().await();
        }

        @Override
        public void close() {
            gateway.close();
        }
    }

    @BeforeEach
    void start() {
        client = new RecipeClient();
        // It has the id that was supplied.
        bound.put("{{oid:1}}", "mugcake");
    }

    @AfterEach
    void stop() {
        client.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"recipes_sess", "sessions"})
    void answersAsTheOriginalOrAsDecided(String file) {
        for (Object each : read(file).getJsonArray("cases")) {
            JsonObject recorded = (JsonObject) each;
            String name = file + '/' + recorded.getString("name");
            JsonObject decisions = decided.getJsonObject(name, new JsonObject());
            bound.keySet().removeIf(placeholder -> placeholder.startsWith("{{id:"));
            JsonArray steps = recorded.getJsonArray("steps");
            IntStream.range(0, steps.size())
                    .forEach(i -> replay(
                            name + " step " + i,
                            steps.getJsonObject(i).getJsonObject("http"),
                            decisions.getJsonObject("" + i, new JsonObject())));
        }
    }

    private void replay(String step, JsonObject http, JsonObject decision) {
        JsonObject request = http.getJsonObject("request");
        JsonObject expected = decided(http.getJsonObject("response"), decision);

        HttpResponse<Buffer> response = client.send(request, fill(request.getString("path")));

        assertThat(response.statusCode()).as(step).isEqualTo(expected.getInteger("status"));
        expected.getJsonObject("headers")
                .forEach(header ->
                        compare(step + ' ' + header.getKey(), header.getValue(), response.getHeader(header.getKey())));
        if (expected.containsKey("body_json")) {
            compare(step, expected.getValue("body_json"), Json.decodeValue(response.body()));
        } else {
            compare(step, expected.getString("body_text"), response.bodyAsString());
        }
    }

    private static JsonObject decided(JsonObject recorded, JsonObject decision) {
        JsonObject headers =
                recorded.getJsonObject("headers").copy().mergeIn(decision.getJsonObject("headers", new JsonObject()));
        return recorded.copy().mergeIn(decision, false).put("headers", headers);
    }

    private String fill(String text) {
        return PLACEHOLDER.matcher(text).replaceAll(found -> bound.get(found.group()));
    }

    private void compare(String place, Object expected, Object actual) {
        if (expected instanceof JsonObject members && actual instanceof JsonObject found) {
            assertThat(found.fieldNames()).as(place).isEqualTo(members.fieldNames());
            members.fieldNames()
                    .forEach(name -> compare(place + '.' + name, members.getValue(name), found.getValue(name)));
        } else if (expected instanceof JsonArray items && actual instanceof JsonArray found) {
            assertThat(found.size()).as(place).isEqualTo(items.size());
            IntStream.range(0, items.size())
                    .forEach(i -> compare(place + '.' + i, items.getValue(i), found.getValue(i)));
        } else if (expected instanceof String text && actual instanceof String found) {
            compareText(place, text, found);
        } else {
            assertThat(actual).as(place).isEqualTo(expected);
        }
    }

    /** A placeholder with a number stands for one value, which is bound when it is first met. */
    private void compareText(String place, String expected, String actual) {
        StringBuilder pattern = new StringBuilder();
        int end = 0;
        Matcher placeholders = PLACEHOLDER.matcher(expected);
        while (placeholders.find()) {
            String placeholder = placeholders.group();
            pattern.append(Pattern.quote(expected.substring(end, placeholders.start())));
            String known = bound.get(placeholder);
            String kind = placeholder.replaceAll("[{}]|:.*", "");
            pattern.append(known == null ? '(' + PATTERNS.get(kind) + ')' : '(' + Pattern.quote(known) + ')');
            end = placeholders.end();
        }
        pattern.append(Pattern.quote(expected.substring(end)));
        Matcher matcher = Pattern.compile(pattern.toString()).matcher(actual);
        assertThat(matcher.matches())
                .as("%s: %s is %s", place, expected, actual)
                .isTrue();
        placeholders.reset();
        for (int group = 1; placeholders.find(); group++) {
            if (placeholders.group().contains(":")) {
                bound.put(placeholders.group(), matcher.group(group));
            }
        }
    }

    private static JsonObject read(String name) {
        try (InputStream file = RecordedRecipesTest.class.getResourceAsStream("/recipes/%s.json".formatted(name))) {
            return new JsonObject(Buffer.buffer(file.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
