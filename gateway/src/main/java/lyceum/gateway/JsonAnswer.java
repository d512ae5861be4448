package lyceum.gateway;

import io.vertx.core.Future;
import io.vertx.core.json.Json;
import io.vertx.ext.web.RoutingContext;

/**
 * An answer in JSON.
 *
 * @param json a JSON object or array
 */
record JsonAnswer(int status, Object json) {

    static final String MEDIA_TYPE = "application/json; charset=utf-8";

    static JsonAnswer ok(Object json) {
        return new JsonAnswer(200, json);
    }

    /** Answers a request, or fails it. */
    static void send(RoutingContext ctx, Future<JsonAnswer> answer) {
        answer.onSuccess(found -> found.send(ctx)).onFailure(ctx::fail);
    }

    void send(RoutingContext ctx) {
        ctx.response()
                .setStatusCode(status)
                .putHeader("Content-Type", MEDIA_TYPE)
                .end(Json.encodeToBuffer(json));
    }
}
