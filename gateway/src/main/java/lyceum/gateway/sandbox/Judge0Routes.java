package lyceum.gateway.sandbox;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.List;
import lyceum.gateway.access.Access;
import lyceum.gateway.route.AnyOriginCors;
import lyceum.gateway.route.Dialect;
import lyceum.gateway.route.Routes;
import lyceum.sandbox.SandboxService;

/**
 * Speaks to clients of Judge0 CE 1.13, which only change the address that they ask: submissions and what is known of the
 * server. This group gives it what all of it has in common: the dialect, and use from pages of any origin.
 */
public final class Judge0Routes implements Routes {

    private static final String PATHS = "/judge0(?:/.*)?";

    private final List<Routes> parts;

    /**
     * @param bodyLimitBytes longest body of a request
     * @param waitLimit how long a client may wait for the end of a submission
     */
    public Judge0Routes(Vertx vertx, SandboxService sandbox, Access access, long bodyLimitBytes, Duration waitLimit) {
        this.parts = List.of(
                new Judge0SubmissionRoutes(new Judge0Submissions(vertx, sandbox), access, bodyLimitBytes, waitLimit),
                new Judge0InfoRoutes(sandbox, access));
    }

    @Override
    public void addTo(Router router) {
        router.routeWithRegex(PATHS).handler(new AnyOriginCors()).failureHandler(Dialect.JUDGE0);
        parts.forEach(part -> part.addTo(router));
    }
}
