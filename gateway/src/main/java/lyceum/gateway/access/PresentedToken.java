package lyceum.gateway.access;

import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lyceum.gateway.route.QueryParameter;

/**
 * Finds the token that a request brings. The first of these that has one counts (stream contract, section 1.3): query
 * parameter {@code token}, raw; header {@code Authorization: Bearer}; cookie {@code authorization} with the same text as
 * the header, quoted or not. Before the cookie come the places where clients of Judge0 put theirs, raw, on paths of that and
 * of Piston only: header, then query parameter {@code X-Auth-Token}. Of a query parameter that is there twice the last one counts.
 */
public final class PresentedToken {

    private static final Pattern BEARER = Pattern.compile("bearer +(\\S+) *", Pattern.CASE_INSENSITIVE);

    private static final Pattern OF_ADAPTERS = Pattern.compile("(?:/api)?/(?:judge0|piston)/");

    private static final String TOKEN = "token";
    private static final String OF_JUDGE0 = "X-Auth-Token";

    private PresentedToken() {}

    /** @return the token, unchecked; empty where there is none or only an empty one */
    public static Optional<String> of(RoutingContext ctx) {
        MultiMap headers = ctx.request().headers();
        MultiMap query = ctx.queryParams();
        boolean isOfAdapter = OF_ADAPTERS.matcher(ctx.normalizedPath()).lookingAt();
        return isOfAdapter ? ofJudge0(headers, query) : of(headers, query);
    }

    /** @return the token, unchecked; empty where there is none or only an empty one */
    public static Optional<String> of(MultiMap headers, MultiMap query) {
        return named(headers, query).or(() -> kept(headers));
    }

    /** @return the same where clients of Judge0 may come */
    static Optional<String> ofJudge0(MultiMap headers, MultiMap query) {
        return named(headers, query)
                .or(() -> raw(headers.get(OF_JUDGE0)))
                .or(() -> raw(last(query, OF_JUDGE0)))
                .or(() -> kept(headers));
    }

    private static Optional<String> named(MultiMap headers, MultiMap query) {
        return raw(last(query, TOKEN)).or(() -> bearer(headers.get("Authorization")));
    }

    private static Optional<String> kept(MultiMap headers) {
        return bearer(cookie(headers.get("Cookie")));
    }

    /** @return the query parameter that counts; null where there is none */
    public static String inQuery(RoutingContext ctx) {
        return last(ctx.queryParams(), TOKEN);
    }

    private static String last(MultiMap query, String name) {
        return QueryParameter.last(query, name).orElse(null);
    }

    private static Optional<String> raw(String token) {
        return Optional.ofNullable(token).filter(text -> !text.isEmpty());
    }

    private static Optional<String> bearer(String credentials) {
        if (credentials == null) {
            return Optional.empty();
        }
        Matcher matcher = BEARER.matcher(credentials);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /**
     * Lax, unlike Vert.x: the strict decoder drops a value with a space, which ours has.
     *
     * @return what the cookie says, without quotes; null where there is none
     */
    public static String cookie(String header) {
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
