package lyceum.gateway;

import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the token that a request brings. The first of these that has one counts (stream contract, section 1.3): query
 * parameter {@code token}, raw; header {@code Authorization: Bearer}; cookie {@code authorization} with the same text as
 * the header, quoted or not.
 */
final class PresentedToken {

    private static final Pattern BEARER = Pattern.compile("bearer +(\\S+) *", Pattern.CASE_INSENSITIVE);

    private PresentedToken() {}

    /** @return the token, unchecked; empty where there is none or only an empty one */
    static Optional<String> of(RoutingContext ctx) {
        return inQuery(ctx)
                .or(() -> bearer(ctx.request().getHeader("Authorization")))
                .or(() -> bearer(cookie(ctx.request().getHeader("Cookie"))));
    }

    private static Optional<String> inQuery(RoutingContext ctx) {
        return ctx.queryParam("token").stream().findFirst().filter(token -> !token.isEmpty());
    }

    private static Optional<String> bearer(String credentials) {
        if (credentials == null) {
            return Optional.empty();
        }
        Matcher matcher = BEARER.matcher(credentials);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** Lax, unlike Vert.x: the strict decoder drops a value with a space, which ours has. */
    private static String cookie(String header) {
        if (header == null) {
            return null;
        }
        return ServerCookieDecoder.LAX.decodeAll(header).stream()
                .filter(cookie -> cookie.name().equals("authorization"))
                .map(Cookie::value)
                .findFirst()
                .orElse(null);
    }
}
