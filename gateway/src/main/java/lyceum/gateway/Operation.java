package lyceum.gateway;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Something a client can ask. The router carries it at the route, {@link AccessTable} says what it needs, the OpenAPI
 * document describes it, and a test compares the three.
 *
 * @param method never null
 * @param path as OpenAPI writes it, {@code /elicast/{id}}, without the prefix {@code /api}
 */
record Operation(HttpMethod method, String path) {

    private static final String OPERATION = "lyceum.operation";
    private static final String PATTERN = "lyceum.pattern";

    static Operation get(String path) {
        return new Operation(HttpMethod.GET, path);
    }

    static Operation head(String path) {
        return new Operation(HttpMethod.HEAD, path);
    }

    static Operation put(String path) {
        return new Operation(HttpMethod.PUT, path);
    }

    static Operation post(String path) {
        return new Operation(HttpMethod.POST, path);
    }

    static Operation delete(String path) {
        return new Operation(HttpMethod.DELETE, path);
    }

    static Operation options(String path) {
        return new Operation(HttpMethod.OPTIONS, path);
    }

    /** @return a new route for exactly the path, a parameter being everything between two slashes */
    Route on(Router router) {
        return on(router, regex());
    }

    /** @return a new route for the path, and for the path with a slash behind it */
    Route onEither(Router router) {
        return on(router, regex() + "/?");
    }

    private String regex() {
        return path.replaceAll("\\.", "\\\\.").replaceAll("\\{(\\w+)}", "(?<$1>[^/]+)");
    }

    /** @return a new route for the paths that wholly match an expression, its named groups being the parameters */
    Route on(Router router, String regex) {
        return router.routeWithRegex(method, regex)
                .putMetadata(OPERATION, this)
                .putMetadata(PATTERN, Pattern.compile(regex));
    }

    /** @return the operation that a route was made for; empty for routes that only help others */
    static Optional<Operation> of(Route route) {
        return Optional.ofNullable(route.getMetadata(OPERATION));
    }

    /** @return the operations that exist at a path, whatever their method */
    static List<Operation> at(String path, Router router) {
        return router.getRoutes().stream()
                .filter(route -> matches(route, path))
                .flatMap(route -> of(route).stream())
                .toList();
    }

    private static boolean matches(Route route, String path) {
        Pattern pattern = route.getMetadata(PATTERN);
        return pattern != null && pattern.matcher(path).matches();
    }
}
