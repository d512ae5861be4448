package lyceum.gateway.access;

import io.vertx.ext.web.RoutingContext;
import lyceum.sandbox.Run;

/**
 * Whose share of a machine a request takes: that of whoever brings a token, or of the network it comes from.
 *
 * @param proxies believed about where a client is
 */
public record Shares(TrustedProxies proxies) {

    /** @return the name under which its runs and jobs are counted */
    public String of(RoutingContext ctx) {
        return Caller.of(ctx)
                .map(Caller::subject)
                .orElseGet(() -> Run.ofNetwork(ClientNetwork.of(proxies.clientOf(ctx.request()))));
    }
}
