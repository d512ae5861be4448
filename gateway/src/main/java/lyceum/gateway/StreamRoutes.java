package lyceum.gateway;

import io.vertx.ext.web.Router;
import java.util.List;

/**
 * Everything that the clients of the PTG Data Store API ask: streams, data, recordings, recipes, sessions. This group
 * gives it what all of it has in common: the dialect, and use from pages of any origin.
 */
final class StreamRoutes implements Routes {

    private static final String PATHS = "/(?:ping|streams|data|recipes|sessions|sess|recordings|mjpeg)(?:/.*)?";

    private final List<Routes> parts;

    /** @param parts the routes of each kind of thing */
    StreamRoutes(List<Routes> parts) {
        this.parts = List.copyOf(parts);
    }

    @Override
    public void addTo(Router router) {
        router.routeWithRegex(PATHS)
                .handler(new StreamCors())
                .failureHandler(new RefusedHandshake())
                .failureHandler(Dialect.DETAIL);
        parts.forEach(part -> part.addTo(router));
    }
}
