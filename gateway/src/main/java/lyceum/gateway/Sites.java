package lyceum.gateway;

import io.vertx.core.Vertx;
import java.time.Instant;
import java.time.InstantSource;
import lyceum.gateway.route.Routes;
import lyceum.gateway.site.ConsoleSite;
import lyceum.gateway.site.StaticSite;
import lyceum.platform.Profile;

/** The pages that are served at the root, behind all groups of routes. */
final class Sites {

    private Sites() {}

    /** @return the console first: a site of its own may be anything, and is asked for whatever is not known */
    static Routes of(Vertx vertx, GatewayConfig config) {
        Routes console = console(vertx, config);
        Routes own = own(config);
        return router -> {
            console.addTo(router);
            own.addTo(router);
        };
    }

    private static Routes console(Vertx vertx, GatewayConfig config) {
        return config.hasConsole()
                ? new ConsoleSite(
                        vertx, config.tokens().profile(), config.site().isEmpty(), Instant.now())
                : router -> {};
    }

    private static Routes own(GatewayConfig config) {
        boolean isDevelopment = config.tokens().profile() == Profile.DEV;
        return config.site()
                .<Routes>map(root -> new StaticSite(root, isDevelopment, InstantSource.system()))
                .orElse(router -> {});
    }
}
