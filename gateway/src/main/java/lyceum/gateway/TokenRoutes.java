package lyceum.gateway;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.ArrayList;
import java.util.List;
import lyceum.platform.Profile;

/**
 * Gives out tokens (stream contract, section 1.1). In development whoever repeats the user name as password gets one,
 * with the roles asked for; outside nobody does, because there is no store of users.
 */
final class TokenRoutes implements Routes {

    private static final Operation TOKEN = Operation.post("/token");
    private static final String PATHS = "/token/?";

    /** Below the 8 KiB that the form decoder allows an attribute. */
    private static final long BODY_LIMIT_BYTES = 8 * 1024;

    private final Tokens tokens;
    private final Access access;
    private final Profile profile;

    TokenRoutes(Tokens tokens, Access access, Profile profile) {
        this.tokens = tokens;
        this.access = access;
        this.profile = profile;
    }

    @Override
    public void addTo(Router router) {
        router.routeWithRegex(PATHS).handler(new StreamCors()).failureHandler(Dialect.DETAIL);
        TOKEN.on(router, PATHS)
                .handler(BodyHandler.create(false).setBodyLimit(BODY_LIMIT_BYTES))
                .handler(access.guard(TOKEN))
                .handler(this::issue);
    }

    private void issue(RoutingContext ctx) {
        TokenForm form = new TokenForm(
                ctx.request().formAttributes(), ctx.queryParam("exp").stream().findFirst());
        List<Finding> findings = findings(form);
        if (!findings.isEmpty()) {
            ctx.fail(Refusal.unprocessable(findings));
        } else if (profile == Profile.DEV && form.username().equals(form.password())) {
            answer(ctx, form);
        } else {
            ctx.fail(Refusal.unauthenticated("Incorrect username or password"));
        }
    }

    private List<Finding> findings(TokenForm form) {
        List<Finding> findings = new ArrayList<>(form.findings());
        if (profile == Profile.DEV) {
            findings.addAll(form.unknownRoles());
        }
        return findings;
    }

    /** The cookie is quoted because of the space, and part of the contract: {@code ptgctl} reads nothing else. */
    private void answer(RoutingContext ctx, TokenForm form) {
        String token = tokens.issue(new Caller(form.username(), form.roles()));
        String cookie = "authorization=\"Bearer %s\"; HttpOnly; Max-Age=%s; Path=/; SameSite=lax";
        ctx.response()
                .putHeader("Content-Type", "application/json")
                .putHeader("Set-Cookie", cookie.formatted(token, form.maxAgeSeconds()))
                .end(new JsonObject()
                        .put("access_token", token)
                        .put("token_type", "bearer")
                        .encode());
    }
}
