package lyceum.gateway;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.util.regex.Pattern;

/** Answers what cannot be routed, and hangs up: no HTTP, a first line or headers beyond the limits, a path in bad code. */
final class InvalidRequests implements Handler<HttpServerRequest> {

    private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    /** @return a handler that gives a router only paths that can be decoded: it would log all others as its own fault */
    Handler<HttpServerRequest> before(Handler<HttpServerRequest> router) {
        return request -> {
            if (BAD_ESCAPE.matcher(request.path()).find()) {
                handle(request);
            } else {
                router.handle(request);
            }
        };
    }

    @Override
    public void handle(HttpServerRequest request) {
        Refusal refusal = new Refusal(status(request.decoderResult().cause()));
        boolean isPlain = ElicastRoutes.covers(request.path());
        if (isPlain) {
            ElicastRoutes.allowAnyOrigin(request.response());
        }
        request.response()
                .setStatusCode(refusal.status())
                .putHeader("Content-Type", isPlain ? Dialect.PLAIN.mediaType() : Problem.MEDIA_TYPE)
                .putHeader("Connection", "close")
                .end(isPlain ? Dialect.PLAIN.body(refusal) : Problem.of(refusal).encode())
                .eventually(() -> request.connection().close());
    }

    private static int status(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return 414;
        }
        return cause instanceof TooLongHttpHeaderException ? 431 : 400;
    }
}
