package lyceum.gateway;

import io.vertx.ext.web.Router;

/**
 * The routes of one domain, in its dialect. A group is added twice, at the root and below {@code /api}, so it keeps its
 * state in itself and not in the router.
 *
 * <p>Routes that a client may ask are registered through {@link Operation}; whatever they refuse goes to
 * {@code ctx.fail}, and the group puts its {@link Dialect} as failure handler on its paths, for every method.
 */
interface Routes {

    /** Registers every route of the group. */
    void addTo(Router router);
}
