package lyceum.gateway.grading;

import io.vertx.ext.web.Router;
import java.time.InstantSource;
import java.util.List;
import lyceum.gateway.access.Access;
import lyceum.gateway.route.Dialect;
import lyceum.gateway.route.Routes;

/** Everything about homework, what is handed in, and who grades it. */
public final class GradingRoutes implements Routes {

    private static final String PATHS = "/(?:grading|hwstatic)(?:/.*)?";

    private final List<Routes> parts;

    /** @param feed tells whoever watches a hand-in */
    public GradingRoutes(GradingAccess grading, GradingRoutesConfig config, Access access, HandInFeed feed) {
        this.parts = List.of(
                new HomeworkRoutes(grading.homework(), access, config.packageBytes()),
                new HandInRoutes(grading.handIns(), access, config, InstantSource.system()),
                new HandInEventRoutes(grading.handIns(), access, feed),
                new AttemptRoutes(grading.attempts(), access),
                new ScoreRoutes(grading.handIns(), access));
    }

    @Override
    public void addTo(Router router) {
        router.routeWithRegex(PATHS).failureHandler(Dialect.PROBLEM);
        parts.forEach(part -> part.addTo(router));
    }
}
