package lyceum.gateway.route;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** Use from pages of another origin, as the stream contract has it (section 2.3): any origin, with credentials. */
public final class AnyOriginCors implements Handler<RoutingContext> {

    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS");
    private static final String MAX_AGE_SECONDS = "600";

    @Override
    public void handle(RoutingContext ctx) {
        HttpServerRequest request = ctx.request();
        if (isPreflight(request)) {
            answerPreflight(request);
        } else {
            allowPages(request);
            ctx.next();
        }
    }

    /** @return whether a browser asks what a page may do */
    public static boolean isPreflight(HttpServerRequest request) {
        return request.getHeader("Origin") != null
                && request.method() == HttpMethod.OPTIONS
                && request.headers().contains("Access-Control-Request-Method");
    }

    /** Lets a page read the answer, where a page asks. */
    public static void allowPages(HttpServerRequest request) {
        if (request.getHeader("Origin") != null) {
            allow(request);
        }
    }

    /** A cookie makes browsers refuse the star, so the origin is named then. */
    private static void allow(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        if (request.headers().contains("Cookie")) {
            nameOrigin(request);
        } else {
            response.putHeader("Access-Control-Allow-Origin", "*");
        }
        response.putHeader("Access-Control-Allow-Credentials", "true")
                .putHeader("Access-Control-Expose-Headers", "entry-offset");
    }

    private static void answerPreflight(HttpServerRequest request) {
        nameOrigin(request);
        MultiMap asked = request.headers();
        boolean allowed = METHODS.contains(asked.get("Access-Control-Request-Method"));
        HttpServerResponse response = request.response()
                .putHeader("Access-Control-Allow-Methods", String.join(", ", METHODS))
                .putHeader("Access-Control-Max-Age", MAX_AGE_SECONDS)
                .putHeader("Access-Control-Allow-Credentials", "true")
                .putHeader("Content-Type", "text/plain; charset=utf-8");
        if (allowed && asked.contains("Access-Control-Request-Headers")) {
            response.putHeader("Access-Control-Allow-Headers", asked.get("Access-Control-Request-Headers"));
        }
        response.setStatusCode(allowed ? 200 : 400).end(allowed ? "OK" : "Disallowed CORS method");
    }

    private static void nameOrigin(HttpServerRequest request) {
        request.response()
                .putHeader("Access-Control-Allow-Origin", request.getHeader("Origin"))
                .putHeader("Vary", "Origin");
    }
}
