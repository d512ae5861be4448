package lyceum.gateway;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** Answers that are pages of ours, and what they load. */
final class OwnPage {

    private OwnPage() {}

    /**
     * @param policy as the header {@code Content-Security-Policy} has it
     * @return the answer, before its body
     */
    static HttpServerResponse begin(RoutingContext ctx, String mediaType, String policy) {
        return ctx.response()
                .putHeader("Content-Type", mediaType)
                .putHeader("Content-Security-Policy", policy)
                .putHeader("X-Content-Type-Options", "nosniff")
                // A token may stand in the address.
                .putHeader("Referrer-Policy", "no-referrer");
    }
}
