package lyceum.gateway.account;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import lyceum.account.Account;
import lyceum.account.AccountService;
import lyceum.account.AccountService.AccountPage;
import lyceum.account.AccountService.FindAccount;
import lyceum.account.AccountService.ListAccounts;
import lyceum.account.AccountService.PutAccount;
import lyceum.account.AccountService.RemoveAccount;
import lyceum.account.AccountService.SetPassword;
import lyceum.account.Role;
import lyceum.gateway.access.Access;
import lyceum.gateway.access.Caller;
import lyceum.gateway.access.Logins;
import lyceum.gateway.route.Dialect;
import lyceum.gateway.route.JsonAnswer;
import lyceum.gateway.route.Operation;
import lyceum.gateway.route.Refusal;
import lyceum.gateway.route.Routes;
import lyceum.gateway.route.StrictObject;
import lyceum.gateway.route.WholeJsonBody;
import lyceum.platform.Failure;

/** Users, for administrators; and the password, for the user. */
public final class AccountRoutes implements Routes {

    private static final Operation LIST = Operation.get("/accounts");
    private static final Operation FIND = Operation.get("/accounts/{name}");
    private static final Operation PUT = Operation.put("/accounts/{name}");
    private static final Operation REMOVE = Operation.delete("/accounts/{name}");
    private static final Operation SET_PASSWORD = Operation.put("/accounts/{name}/password");

    private static final String PATHS = "/accounts(?:/.*)?";

    /** Four times the longest password, each character of it escaped. */
    private static final long BODY_LIMIT_BYTES = 8 * 1024;

    private static final int PAGE = 50;

    private final AccountService accounts;
    private final Logins logins;
    private final Access access;

    public AccountRoutes(AccountService accounts, Logins logins, Access access) {
        this.accounts = accounts;
        this.logins = logins;
        this.access = access;
    }

    @Override
    public void addTo(Router router) {
        router.routeWithRegex(PATHS).failureHandler(Dialect.PROBLEM);
        route(router, LIST).handler(this::list);
        route(router, FIND).handler(this::find);
        route(router, PUT).handler(this::put);
        route(router, REMOVE).handler(this::remove);
        route(router, SET_PASSWORD).handler(this::setPassword);
    }

    private Route route(Router router, Operation operation) {
        return operation.on(router).handler(access.guard(operation));
    }

    private void list(RoutingContext ctx) {
        JsonAnswer.send(
                ctx,
                accounts.listAccounts(new ListAccounts(parameter(ctx, "after").orElse(""), count(ctx)))
                        .map(page -> JsonAnswer.ok(json(page))));
    }

    private static int count(RoutingContext ctx) {
        String count = parameter(ctx, "count").orElse(Integer.toString(PAGE));
        if (!count.matches("\\d{1,3}") || isOutside(Integer.parseInt(count))) {
            throw Failure.invalid("count is not a number within 1..%d".formatted(AccountService.PAGE_ACCOUNTS));
        }
        return Integer.parseInt(count);
    }

    private static boolean isOutside(int count) {
        return count < 1 || count > AccountService.PAGE_ACCOUNTS;
    }

    private static Optional<String> parameter(RoutingContext ctx, String name) {
        return ctx.queryParam(name).stream().findFirst();
    }

    private void find(RoutingContext ctx) {
        JsonAnswer.send(
                ctx, accounts.findAccount(new FindAccount(name(ctx))).map(account -> JsonAnswer.ok(json(account))));
    }

    private void put(RoutingContext ctx) {
        String by = by(ctx);
        JsonAnswer.send(
                ctx,
                body(ctx)
                        .map(form -> order(by, name(ctx), form))
                        .compose(accounts::putAccount)
                        .map(stored -> new JsonAnswer(stored.isNew() ? 201 : 200, json(stored.account()))));
    }

    private static PutAccount order(String by, String name, StrictObject form) {
        PutAccount order = new PutAccount(
                by,
                name,
                form.has("password") ? form.text("password") : null,
                roles(form),
                form.flagOr("disabled", false));
        form.end();
        return order;
    }

    private static List<Role> roles(StrictObject form) {
        return form.texts("roles").stream()
                .map(name -> Role.named(name).orElseThrow(() -> form.notOneOf("roles", names(List.of(Role.values())))))
                .toList();
    }

    private void remove(RoutingContext ctx) {
        accounts.removeAccount(new RemoveAccount(by(ctx), name(ctx)))
                .onSuccess(done -> ctx.response().setStatusCode(204).end())
                .onFailure(ctx::fail);
    }

    private void setPassword(RoutingContext ctx) {
        String name = name(ctx);
        Caller caller = Caller.of(ctx).orElseThrow();
        boolean isOwn = caller.subject().equals(name);
        if (!isOwn && !caller.roles().contains(Role.ADMIN)) {
            throw new Refusal(403);
        }
        body(ctx)
                .compose(form -> setPassword(ctx, form, name, isOwn))
                .onSuccess(done -> ctx.response().setStatusCode(204).end())
                .onFailure(ctx::fail);
    }

    /** A token that was left behind somewhere is not enough to take an account over. */
    private Future<?> setPassword(RoutingContext ctx, StrictObject form, String name, boolean isOwn) {
        String password = form.text("password");
        String current = isOwn ? form.text("current") : form.textOr("current", "");
        form.end();
        Future<Boolean> isAllowed = isOwn
                ? logins.logIn(ctx.request(), name, current).map(Optional::isPresent)
                : Future.succeededFuture(true);
        return isAllowed.compose(allowed -> {
            if (!allowed) {
                throw new Refusal(403, "the current password is another one");
            }
            return accounts.setPassword(new SetPassword(by(ctx), name, password));
        });
    }

    private static Future<StrictObject> body(RoutingContext ctx) {
        return WholeJsonBody.read(ctx.request(), BODY_LIMIT_BYTES).map(StrictObject::parse);
    }

    private static String name(RoutingContext ctx) {
        return ctx.pathParam("name");
    }

    private static String by(RoutingContext ctx) {
        return Caller.of(ctx).orElseThrow().subject();
    }

    private static JsonObject json(AccountPage page) {
        List<Account> items = page.items();
        return new JsonObject()
                .put(
                        "accounts",
                        new JsonArray(items.stream().map(AccountRoutes::json).toList()))
                .put("next", page.isLast() ? null : items.get(items.size() - 1).name());
    }

    private static JsonObject json(Account account) {
        return new JsonObject()
                .put("name", account.name())
                .put("roles", new JsonArray(names(account.roles())))
                .put("disabled", account.disabled())
                .put("createdAt", account.createdAt().toString())
                .put("changedAt", account.changedAt().toString());
    }

    private static List<String> names(List<Role> roles) {
        return roles.stream().map(Role::wireName).toList();
    }
}
