package lyceum.gateway.recipe;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.util.Map;
import lyceum.gateway.TestGateway;
import lyceum.gateway.stream.Scripted;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.stream.CurrentRecipeService;
import lyceum.stream.RecipeService;

/** A gateway, services of recipes that answer as they are told, and Ada, who asks. */
final class RecipeFixture implements AutoCloseable {

    final TestGateway gateway;
    final Scripted<RecipeService> recipes;
    final Scripted<CurrentRecipeService> current;
    private final String token;

    RecipeFixture() {
        this(Map.of());
    }

    /** @param environment what is set in the gateway */
    RecipeFixture(Map<String, String> environment) {
        gateway = new TestGateway(environment);
        recipes = new Scripted<>(gateway.vertx, RecipeService.class);
        current = new Scripted<>(gateway.vertx, CurrentRecipeService.class);
        token = TestGateway.token(gateway.vertx, "ada");
    }

    HttpResponse<Buffer> ask(HttpMethod method, String path) {
        return request(method, path).send().await();
    }

    HttpResponse<Buffer> ask(HttpMethod method, String path, String json) {
        return request(method, path)
                .putHeader("Content-Type", "application/json")
                .sendBuffer(Buffer.buffer(json))
                .await();
    }

    HttpRequest<Buffer> request(HttpMethod method, String path) {
        return gateway.request(method, path).bearerTokenAuthentication(token);
    }

    /** @return the JSON of an answer with 200 */
    static Object json(HttpResponse<Buffer> response) {
        if (response.statusCode() != 200 || !"application/json".equals(response.getHeader("Content-Type"))) {
            throw new AssertionError("got %d %s".formatted(response.statusCode(), response.bodyAsString()));
        }
        return Json.decodeValue(response.body());
    }

    /** @return the findings of an answer with 422, in the order of their places */
    static JsonArray findings(HttpResponse<Buffer> response) {
        if (response.statusCode() != 422 || !"application/json".equals(response.getHeader("Content-Type"))) {
            throw new AssertionError("got %d %s".formatted(response.statusCode(), response.bodyAsString()));
        }
        return response.bodyAsJsonObject().getJsonArray("detail");
    }

    /** @return the JSON that is written with apostrophes */
    static Object json(String text) {
        return Json.decodeValue(text.replace('\'', '"'));
    }

    static <T> Future<T> fails(Kind kind, String text) {
        return Future.failedFuture(new Failure(kind, text));
    }

    static JsonObject detail(String text) {
        return new JsonObject().put("detail", text);
    }

    @Override
    public void close() {
        gateway.close();
    }
}
