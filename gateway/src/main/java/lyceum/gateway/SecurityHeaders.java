package lyceum.gateway;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.HostAndPort;
import java.util.Locale;
import lyceum.gateway.access.TrustedProxies;
import lyceum.gateway.site.OwnPage;

/**
 * What every answer tells browsers, so that they do not guess: its type is the one it says, addresses (a token may stand in
 * one) are told to no other origin, and who has come by TLS comes by TLS again. Pages of ours say more ({@link OwnPage});
 * a web site of the operator may say otherwise in its pages.
 *
 * <p>No {@code Cross-Origin-Resource-Policy} and no policy of contents for all: pictures, films and voices are shown in
 * pages of other origins, which is what the older contracts are for.
 */
final class SecurityHeaders {

    /** A year, in seconds. Subdomains and the preload list are the business of whoever owns the domain. */
    private static final String TRANSPORT_SECURITY = "max-age=31536000";

    private final TrustedProxies proxies;

    SecurityHeaders(TrustedProxies proxies) {
        this.proxies = proxies;
    }

    /** @return a handler that says it first, so that whatever answers may say otherwise */
    Handler<HttpServerRequest> before(Handler<HttpServerRequest> answering) {
        return request -> {
            addTo(request);
            answering.handle(request);
        };
    }

    private void addTo(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        response.putHeader("X-Content-Type-Options", "nosniff").putHeader("Referrer-Policy", "same-origin");
        if (proxies.isByTls(request) && !isThisMachine(request.authority())) {
            response.putHeader("Strict-Transport-Security", TRANSPORT_SECURITY);
        }
    }

    /** A browser would never again speak plainly with anything that is developed at its own machine. */
    private static boolean isThisMachine(HostAndPort authority) {
        return authority != null
                && (authority.host().equalsIgnoreCase("localhost")
                        || authority.host().toLowerCase(Locale.ROOT).endsWith(".localhost"));
    }
}
