package lyceum.gateway.route;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Locale;
import java.util.Set;

/** A body that is one JSON object, read as a whole. */
public final class JsonBody {

    private static final Set<HttpMethod> CHANGING =
            Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE);

    private JsonBody() {}

    /**
     * As an ordinary handler: the router would want one that reads bodies to come first, and whoever has no token shall
     * not have a long body read.
     *
     * @return a handler that reads a body, and fails with 413 where it is longer
     */
    public static Handler<RoutingContext> reader(long limitBytes) {
        BodyHandler reader = BodyHandler.create(false).setBodyLimit(limitBytes);
        return ctx -> {
            if (isFormOfAQuestion(ctx.request())) {
                throw new Refusal(400, "the body is not a JSON object");
            }
            reader.handle(ctx);
        };
    }

    /** Vert.x would decode it, and takes that for a mistake of its caller. */
    private static boolean isFormOfAQuestion(HttpServerRequest request) {
        String type = request.getHeader("Content-Type");
        return !CHANGING.contains(request.method())
                && type != null
                && (type.toLowerCase(Locale.ROOT).startsWith("multipart/")
                        || type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded"));
    }

    /**
     * @return the body that was read; no members where it is empty
     * @throws Refusal with 400 where it is anything else
     */
    public static JsonObject of(RoutingContext ctx) {
        Buffer body = ctx.body().buffer();
        if (body == null || body.length() == 0) {
            return new JsonObject();
        }
        try {
            return new JsonObject(body);
        } catch (DecodeException e) {
            throw new Refusal(400, "the body is not a JSON object");
        }
    }
}
