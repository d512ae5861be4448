package lyceum.gateway.route;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;

/**
 * Where no route answers: 404, or 405 with the methods that the path has, sorted, in {@code Allow}. Last of a router; the
 * dialect of the path words it.
 */
public record Unmatched(Router router) implements Handler<RoutingContext> {

    /** Nobody has the path; not that something is not there, which a route says. */
    public static final Refusal NOWHERE = new Refusal(404);

    @Override
    public void handle(RoutingContext ctx) {
        List<String> methods = Operation.at(path(ctx), router).stream()
                .map(Operation::method)
                .map(HttpMethod::name)
                .distinct()
                .sorted()
                .toList();
        ctx.fail(methods.isEmpty() ? NOWHERE : new Refusal(405, null, Map.of("Allow", String.join(",", methods))));
    }

    /** @return the path as the routes of this router see it */
    public static String path(RoutingContext ctx) {
        String mount = ctx.mountPoint() == null ? "/" : ctx.mountPoint();
        return ctx.normalizedPath().substring(mount.length() - 1);
    }
}
