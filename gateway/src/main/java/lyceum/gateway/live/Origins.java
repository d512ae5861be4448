package lyceum.gateway.live;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whose pages may come: our own, and those that were named. Programs say of no origin and may come.
 *
 * <p>Our own are those at the host that was asked for. A proxy may put another one into {@code Host}; what it says in
 * {@code X-Forwarded-Host} is believed whoever says it, as no page can say it across origins.
 */
final class Origins {

    private static final String ANY = "*";

    private final Set<String> allowed;

    Origins(List<String> allowed) {
        this.allowed = allowed.stream().map(Origins::lowerCase).collect(Collectors.toUnmodifiableSet());
    }

    /** @return whether this may be in the list */
    static boolean isOrigin(String text) {
        return text.equals(ANY) || (authority(text) != null && text.matches("[^/]+//[^/]+"));
    }

    /** @param origin as a page has it */
    boolean accept(String origin, HttpServerRequest request) {
        if (allowed.contains(ANY) || allowed.contains(lowerCase(origin))) {
            return true;
        }
        HostAndPort own = authority(origin);
        return own != null && hosts(request).anyMatch(host -> isSame(own, host, defaultPort(origin)));
    }

    private static Stream<HostAndPort> hosts(HttpServerRequest request) {
        String forwarded = request.getHeader("X-Forwarded-Host");
        return Stream.of(
                        request.authority(),
                        forwarded == null ? null : HostAndPort.parseAuthority(forwarded.split(",", 2)[0].strip(), -1))
                .filter(host -> host != null);
    }

    private static boolean isSame(HostAndPort one, HostAndPort other, int defaultPort) {
        return one.host().equalsIgnoreCase(other.host()) && port(one, defaultPort) == port(other, defaultPort);
    }

    private static int port(HostAndPort host, int defaultPort) {
        return host.port() < 0 ? defaultPort : host.port();
    }

    private static int defaultPort(String origin) {
        return lowerCase(origin).startsWith("https:") ? 443 : 80;
    }

    /** @return host and port of an origin, null where it is none */
    private static HostAndPort authority(String origin) {
        try {
            URI uri = new URI(origin);
            boolean isWeb = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            // Hosts may be called with an underscore, as those of Docker are; URI itself knows none of such a name.
            String authority = uri.getRawAuthority();
            return isWeb && authority != null && !authority.contains("@")
                    ? HostAndPort.parseAuthority(authority, -1)
                    : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static String lowerCase(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
