package lyceum.gateway.route;

import io.vertx.ext.web.Router;
import java.util.List;

/**
 * The routes of one domain, in its dialect. A group is added twice, at the root and below {@code /api}, so it keeps its
 * state in itself and not in the router.
 *
 * <p>Routes that a client may ask are registered through {@link Operation}; whatever they refuse goes to
 * {@code ctx.fail}, and the group puts its {@link Dialect} as failure handler on its paths, for every method.
 */
public interface Routes {

    /** Registers every route of the group. */
    void addTo(Router router);

    /** @return several that need nothing in common */
    static Routes of(Routes... parts) {
        List<Routes> all = List.of(parts);
        return router -> all.forEach(part -> part.addTo(router));
    }
}
