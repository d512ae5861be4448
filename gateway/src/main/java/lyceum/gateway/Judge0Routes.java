package lyceum.gateway;

import io.vertx.ext.web.Router;
import java.util.List;

/**
 * Speaks to clients of Judge0 CE 1.13, which only change the address that they ask: submissions and what is known of the
 * server. This group gives it what all of it has in common: the dialect, and use from pages of any origin.
 */
final class Judge0Routes implements Routes {

    private static final String PATHS = "/judge0(?:/.*)?";

    private final List<Routes> parts;

    /** @param parts the routes of submissions and of what is known */
    Judge0Routes(List<Routes> parts) {
        this.parts = List.copyOf(parts);
    }

    @Override
    public void addTo(Router router) {
        router.routeWithRegex(PATHS).handler(new StreamCors()).failureHandler(Dialect.JUDGE0);
        parts.forEach(part -> part.addTo(router));
    }
}
