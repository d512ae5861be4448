package lyceum.gateway.route;

import io.vertx.core.Future;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Function;

/**
 * An answer in JSON.
 *
 * @param json a JSON object or array
 */
public record JsonAnswer(int status, Object json) {

    static final String MEDIA_TYPE = "application/json; charset=utf-8";

    /** @return an answer with status 200 */
    public static JsonAnswer ok(Object json) {
        return new JsonAnswer(200, json);
    }

    /** @return an answer with status 200: an object whose only member is a list */
    public static <T> JsonAnswer list(String name, List<T> items, Function<? super T, JsonObject> json) {
        return ok(new JsonObject()
                .put(name, new JsonArray(items.stream().map(json).toList())));
    }

    /** Answers a request, or fails it. */
    public static void send(RoutingContext ctx, Future<JsonAnswer> answer) {
        answer.onSuccess(found -> found.send(ctx)).onFailure(ctx::fail);
    }

    /** Answers a request with it. */
    public void send(RoutingContext ctx) {
        ctx.response()
                .setStatusCode(status)
                .putHeader("Content-Type", MEDIA_TYPE)
                .end(Json.encodeToBuffer(json));
    }
}
