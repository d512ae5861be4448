package lyceum.gateway.account;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.ArrayList;
import java.util.List;
import lyceum.account.Account;
import lyceum.account.AccountService.Login;
import lyceum.gateway.access.Access;
import lyceum.gateway.access.Caller;
import lyceum.gateway.access.Logins;
import lyceum.gateway.access.TokenConfig;
import lyceum.gateway.access.Tokens;
import lyceum.gateway.access.TrustedProxies;
import lyceum.gateway.route.AnyOriginCors;
import lyceum.gateway.route.Dialect;
import lyceum.gateway.route.Finding;
import lyceum.gateway.route.Operation;
import lyceum.gateway.route.Refusal;
import lyceum.gateway.route.Routes;
import lyceum.gateway.stream.StreamQuery;
import lyceum.platform.Profile;

/**
 * Gives out tokens (stream contract, section 1.1): to who has an account, with the roles of the account. In development
 * also to whoever repeats a name that nobody has as password, with the roles asked for.
 */
public final class TokenRoutes implements Routes {

    private static final Operation TOKEN = Operation.post("/token");
    private static final String PATHS = "/token/?";

    /** Below the 8 KiB that the form decoder allows an attribute. */
    private static final long BODY_LIMIT_BYTES = 8 * 1024;

    private final Tokens tokens;
    private final Access access;
    private final Logins logins;
    private final TokenConfig config;
    private final TrustedProxies proxies;

    public TokenRoutes(Tokens tokens, Access access, Logins logins, TokenConfig config, TrustedProxies proxies) {
        this.tokens = tokens;
        this.access = access;
        this.logins = logins;
        this.config = config;
        this.proxies = proxies;
    }

    @Override
    public void addTo(Router router) {
        router.routeWithRegex(PATHS).handler(new AnyOriginCors()).failureHandler(Dialect.DETAIL);
        TOKEN.on(router, PATHS)
                .handler(BodyHandler.create(false).setBodyLimit(BODY_LIMIT_BYTES))
                .handler(access.guard(TOKEN))
                .handler(this::issue);
    }

    private void issue(RoutingContext ctx) {
        TokenForm form = new TokenForm(ctx.request().formAttributes(), new StreamQuery(ctx).text("exp"));
        List<Finding> findings = findings(form);
        if (!findings.isEmpty()) {
            ctx.fail(Refusal.unprocessable(findings));
            return;
        }
        token(ctx, form).onSuccess(token -> answer(ctx, form, token)).onFailure(ctx::fail);
    }

    private List<Finding> findings(TokenForm form) {
        List<Finding> findings = new ArrayList<>(form.findings());
        if (config.profile() == Profile.DEV) {
            findings.addAll(form.unknownRoles());
        }
        return findings;
    }

    /** @return the token; or a {@link Refusal} with 401 or 429 */
    private Future<String> token(RoutingContext ctx, TokenForm form) {
        Future<Boolean> isMadeUp =
                config.profile() == Profile.DEV && form.username().equals(form.password())
                        ? logins.isUnknown(form.username())
                        : Future.succeededFuture(false);
        return isMadeUp.compose(madeUp -> madeUp
                ? Future.succeededFuture(tokens.issue(new Caller(form.username(), form.roles())))
                : logins.logIn(ctx.request(), form.username(), form.password())
                        .map(login -> login.map(this::token)
                                .orElseThrow(() -> Refusal.unauthenticated("Incorrect username or password"))));
    }

    private String token(Login login) {
        Account account = login.account();
        return tokens.issue(new Caller(account.name(), account.roles()), login.revokedBeforeSecond());
    }

    /** The cookie is quoted because of the space, and part of the contract: {@code ptgctl} reads nothing else. */
    private void answer(RoutingContext ctx, TokenForm form, String token) {
        boolean isSecure = config.isCookieSecure(proxies.isByTls(ctx.request()));
        String cookie = "authorization=\"Bearer %s\"; HttpOnly; Max-Age=%s; Path=/; SameSite=lax%s";
        ctx.response()
                .putHeader("Content-Type", "application/json")
                // RFC 6749, section 5.1.
                .putHeader("Cache-Control", "no-store")
                .putHeader("Set-Cookie", cookie.formatted(token, form.maxAgeSeconds(), isSecure ? "; Secure" : ""))
                .end(new JsonObject()
                        .put("access_token", token)
                        .put("token_type", "bearer")
                        .encode());
    }
}
