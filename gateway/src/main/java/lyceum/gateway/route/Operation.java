package lyceum.gateway.route;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import lyceum.gateway.access.AccessTable;

/**
 * Something a client can ask. The router carries it at the route, {@link AccessTable} says what it needs, the OpenAPI
 * document describes it, and a test compares the three.
 *
 * @param method never null
 * @param path as OpenAPI writes it, {@code /elicast/{id}}, without the prefix {@code /api}
 */
public record Operation(HttpMethod method, String path) {

    private static final String OPERATION = "lyceum.operation";
    private static final String PATTERN = "lyceum.pattern";

    /** @return GET at a path, with {@code {names}} for what varies */
    public static Operation get(String path) {
        return new Operation(HttpMethod.GET, path);
    }

    /** @return HEAD at a path, with {@code {names}} for what varies */
    public static Operation head(String path) {
        return new Operation(HttpMethod.HEAD, path);
    }

    /** @return PUT at a path, with {@code {names}} for what varies */
    public static Operation put(String path) {
        return new Operation(HttpMethod.PUT, path);
    }

    /** @return POST at a path, with {@code {names}} for what varies */
    public static Operation post(String path) {
        return new Operation(HttpMethod.POST, path);
    }

    /** @return DELETE at a path, with {@code {names}} for what varies */
    public static Operation delete(String path) {
        return new Operation(HttpMethod.DELETE, path);
    }

    static Operation options(String path) {
        return new Operation(HttpMethod.OPTIONS, path);
    }

    /** @return a new route for exactly the path, a parameter being everything between two slashes */
    public Route on(Router router) {
        return on(router, regex());
    }

    /** @return a new route for the path, and for the path with a slash behind it */
    public Route onEither(Router router) {
        return on(router, regex() + "/?");
    }

    private String regex() {
        return path.replaceAll("\\.", "\\\\.").replaceAll("\\{(\\w+)}", "(?<$1>[^/]+)");
    }

    /** @return a new route for the paths that wholly match an expression, its named groups being the parameters */
    public Route on(Router router, String regex) {
        return router.routeWithRegex(method, regex)
                .putMetadata(OPERATION, this)
                .putMetadata(PATTERN, Pattern.compile(regex));
    }

    /** @return the operation that a route was made for; empty for routes that only help others */
    public static Optional<Operation> of(Route route) {
        return Optional.ofNullable(route.getMetadata(OPERATION));
    }

    /** @return the operations that exist at a path, whatever their method */
    public static List<Operation> at(String path, Router router) {
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
