package lyceum.gateway.access;

import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import lyceum.account.Role;

/**
 * Who sent a request, as the token says.
 *
 * @param subject name of the user
 * @param roles what the user is here; may be empty
 */
public record Caller(String subject, List<Role> roles) {

    private static final String KEY = "lyceum.caller";

    /** @return who sent the request; empty where the route does not ask for a token */
    public static Optional<Caller> of(RoutingContext ctx) {
        return Optional.ofNullable(ctx.get(KEY));
    }

    /** Notes the caller for the handlers that follow. */
    void enter(RoutingContext ctx) {
        ctx.put(KEY, this);
    }
}
