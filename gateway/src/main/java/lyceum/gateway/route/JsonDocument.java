package lyceum.gateway.route;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.Json;
import io.vertx.ext.web.RoutingContext;

/** An answer of the stream contract: any JSON value, without white space. */
public final class JsonDocument {

    private JsonDocument() {}

    /** Answers a request with a value, null included, or fails it. */
    public static void send(RoutingContext ctx, Future<?> value) {
        value.<Buffer>map(Json::encodeToBuffer)
                .onSuccess(json -> begin(ctx).end(json))
                .onFailure(ctx::fail);
    }

    /** @return the answer, before its body */
    public static HttpServerResponse begin(RoutingContext ctx) {
        return ctx.response().putHeader("Content-Type", "application/json");
    }
}
