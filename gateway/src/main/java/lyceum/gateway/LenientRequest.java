package lyceum.gateway;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.http.HttpServerRequestInternal;
import io.vertx.core.internal.http.HttpServerRequestWrapper;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A request whose address the decoders of Vert.x would not read as the older servers do. In its query a percent sign that
 * begins no escape stands for itself, as in bodies, and a semicolon divides nothing. A path with such a sign is none: to the
 * router it has an empty part in that place, which no route matches ({@link UnreadableRequests}). And what is no request at
 * all gets to the router, which knows the dialect of its path.
 */
final class LenientRequest extends HttpServerRequestWrapper {

    private static final Pattern STRAY_PERCENT = Pattern.compile("%(?![0-9A-Fa-f]{2})");
    private static final String EMPTY_PART = "//";

    private final String path;
    private final String query;
    private MultiMap parameters;

    private LenientRequest(HttpServerRequest request, String path, String query) {
        super((HttpServerRequestInternal) request);
        this.path = path;
        this.query = query;
    }

    /** @return the request itself where nothing is wrong with it */
    static HttpServerRequest of(HttpServerRequest request) {
        String path = STRAY_PERCENT.matcher(request.path()).replaceAll(EMPTY_PART);
        String query = request.query() == null
                ? null
                : STRAY_PERCENT.matcher(request.query()).replaceAll("%25").replace(";", "%3B");
        boolean isFine = request.decoderResult().isSuccess()
                && path.equals(request.path())
                && Objects.equals(query, request.query());
        return isFine ? request : new LenientRequest(request, path, query);
    }

    /** Of what was not read to its end the router would say that it has no host. */
    @Override
    public boolean isValidAuthority() {
        return super.isValidAuthority() || decoderResult().isFailure();
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public String query() {
        return query;
    }

    @Override
    public String uri() {
        return query == null ? path : path + '?' + query;
    }

    @Override
    public MultiMap params(boolean semicolonIsNormalChar) {
        if (parameters == null) {
            parameters = MultiMap.caseInsensitiveMultiMap();
            new QueryStringDecoder(uri()).parameters().forEach(parameters::add);
        }
        return parameters;
    }
}
