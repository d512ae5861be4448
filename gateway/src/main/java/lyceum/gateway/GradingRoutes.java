package lyceum.gateway;

import io.vertx.ext.web.Router;
import java.util.List;

/** Everything about homework, what is handed in, and who grades it. */
final class GradingRoutes implements Routes {

    private static final String PATHS = "/(?:grading|hwstatic)(?:/.*)?";

    private final List<Routes> parts;

    GradingRoutes(List<Routes> parts) {
        this.parts = List.copyOf(parts);
    }

    @Override
    public void addTo(Router router) {
        router.routeWithRegex(PATHS).failureHandler(Dialect.PROBLEM);
        parts.forEach(part -> part.addTo(router));
    }
}
