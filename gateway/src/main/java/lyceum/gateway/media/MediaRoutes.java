package lyceum.gateway.media;

import io.vertx.ext.web.Router;
import java.util.List;
import lyceum.gateway.route.Dialect;
import lyceum.gateway.route.Routes;

/** Everything that is made of sound and film in the background. */
public final class MediaRoutes implements Routes {

    private static final String PATHS = "/media(?:/.*)?";

    private final List<Routes> parts;

    public MediaRoutes(List<Routes> parts) {
        this.parts = List.copyOf(parts);
    }

    @Override
    public void addTo(Router router) {
        router.routeWithRegex(PATHS).failureHandler(Dialect.PROBLEM);
        parts.forEach(part -> part.addTo(router));
    }
}
