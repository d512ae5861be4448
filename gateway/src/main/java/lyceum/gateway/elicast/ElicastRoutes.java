package lyceum.gateway.elicast;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import lyceum.gateway.route.Dialect;
import lyceum.gateway.route.Operation;
import lyceum.gateway.route.Routes;

/**
 * Everything that the web clients of elicast ask: lessons, code, audio, logs. This group gives it what all of it has in
 * common: the dialect, use from pages of any origin, and OPTIONS.
 */
public final class ElicastRoutes implements Routes {

    /** An id as the original knows it; what is no id is no route. */
    static final String ID = "(?<id>[1-9][0-9]*)";

    private static final String PATHS = "/(?:elicast|code|audio|log)(?:/.*)?";

    /** What OPTIONS answers in {@code Allow}, in the order that the original has (contract, section 1). */
    private static final Map<String, String> ALLOWED = Map.of(
            "/elicast", "GET, PUT, OPTIONS",
            "/elicast/{id}", "POST, GET, DELETE, OPTIONS",
            "/elicast/{id}/protection", "PUT, DELETE, OPTIONS",
            "/code/run", "POST, OPTIONS",
            "/code/answer/{id}", "POST, OPTIONS",
            "/audio/split", "POST, OPTIONS",
            "/audio/download/{id}", "GET, OPTIONS",
            "/audio/replace/{id}", "POST, OPTIONS",
            "/log/ticket", "POST, OPTIONS",
            "/log/submit", "POST, OPTIONS");

    private final List<Routes> parts;

    /** @param parts the routes of lessons, code, audio and logs */
    public ElicastRoutes(List<Routes> parts) {
        this.parts = List.copyOf(parts);
    }

    @Override
    public void addTo(Router router) {
        router.routeWithRegex(PATHS).handler(ElicastRoutes::begin).failureHandler(ElicastRoutes::fail);
        ALLOWED.forEach((path, methods) -> new Operation(HttpMethod.OPTIONS, path)
                .on(router, regex(path))
                .handler(ctx -> answerOptions(ctx, methods)));
        parts.forEach(part -> part.addTo(router));
    }

    /** @return an expression for an OpenAPI path whose only parameter is an id */
    static String regex(String path) {
        return path.replace("{id}", ID);
    }

    /** @return the id in the path; one that is beyond all ids becomes the greatest number, which nothing has */
    static long id(RoutingContext ctx) {
        String digits = ctx.pathParam("id");
        int alwaysFits = 18;
        return digits.length() <= alwaysFits ? Long.parseLong(digits) : Long.MAX_VALUE;
    }

    /** Also for what no route gets to see: every response can be read by pages of any origin. */
    private static void fail(RoutingContext ctx) {
        if (!ctx.response().headWritten()) {
            allowAnyOrigin(ctx.response());
        }
        Dialect.PLAIN.handle(ctx);
    }

    private static void begin(RoutingContext ctx) {
        allowAnyOrigin(ctx.response());
        ctx.next();
    }

    /** Lets pages of any origin read an answer, as the contract has it. */
    public static void allowAnyOrigin(HttpServerResponse response) {
        response.putHeader("Access-Control-Allow-Origin", "*")
                .putHeader("Access-Control-Allow-Methods", "POST, GET, OPTIONS, PUT, DELETE")
                .putHeader("Access-Control-Allow-Headers", "Content-Type");
    }

    private static void answerOptions(RoutingContext ctx, String methods) {
        ctx.response()
                .putHeader("Allow", methods)
                .putHeader("Content-Type", "text/plain; charset=utf-8")
                .end();
    }
}
