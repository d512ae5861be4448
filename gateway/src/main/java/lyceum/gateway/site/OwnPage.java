package lyceum.gateway.site;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** Answers that are pages of ours, and what they load. */
public final class OwnPage {

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
                // What opens such a page has no hold on it, and no other origin takes its files.
                .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin")
                // A token may stand in the address.
                .putHeader("Referrer-Policy", "no-referrer");
    }
}
