package lyceum.gateway.social;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import lyceum.gateway.access.Access;
import lyceum.gateway.route.Dialect;
import lyceum.gateway.route.JsonDocument;
import lyceum.gateway.route.Operation;
import lyceum.gateway.route.Routes;
import lyceum.gateway.social.PagedList.Pages;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.social.SocialService;
import lyceum.social.SocialService.ClassState;
import lyceum.social.SocialService.Click;
import lyceum.social.SocialService.ClickPage;
import lyceum.social.SocialService.Event;
import lyceum.social.SocialService.EventPage;
import lyceum.social.SocialService.FindClass;
import lyceum.social.SocialService.ListNewest;
import lyceum.social.SocialService.ListNext;
import lyceum.social.SocialService.Online;
import lyceum.social.SocialService.OnlinePage;
import lyceum.social.SocialService.User;
import lyceum.social.SocialService.UserPage;
import lyceum.social.Stats;

/**
 * What has happened in a class (contract, section 5): in the main one, and below {@code /classes} in any other. One that
 * nobody has entered is as one in which nothing has happened.
 */
public final class SocialRoutes implements Routes {

    private static final List<HttpMethod> METHODS = List.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final List<String> CLASSES = List.of("", "/classes/{id}");
    private static final String ID = "(?<id>[A-Za-z0-9_-]{1,%d})".formatted(SocialService.CLASS_CHARACTERS);

    /** The path below which everything is found a second time is one itself. */
    private static final String VERSION = "/api";

    private static final String PATHS =
            "/api|(?:/classes/[^/]*)?/(?:latest_clicks|latest_events|latest_hours|users|online_users|current_stats)";

    /** How long a client may take for a part of a list. */
    public static final Duration STALL_LIMIT = Duration.ofSeconds(60);

    private static final Stats NO_STATS = new Stats(0, 0, 0, 0, 0, 0);

    private final SocialService social;
    private final Access access;
    private final Duration stallLimit;

    /** @param stallLimit how long a client may take for a part of a list */
    public SocialRoutes(SocialService social, Access access, Duration stallLimit) {
        this.social = social;
        this.access = access;
        this.stallLimit = stallLimit;
    }

    @Override
    public void addTo(Router router) {
        router.routeWithRegex(PATHS).failureHandler(Dialect.PLAIN);
        route(router, VERSION, ctx -> send(ctx, Future.succeededFuture(new JsonObject().put("version", "1.0"))));
        for (String prefix : CLASSES) {
            route(router, prefix + "/latest_clicks", this::clicks);
            route(router, prefix + "/latest_events", this::events);
            route(router, prefix + "/latest_hours", ctx -> send(ctx, hours(className(ctx))));
            route(router, prefix + "/users", this::users);
            route(router, prefix + "/online_users", this::online);
            route(router, prefix + "/current_stats", ctx -> send(ctx, stats(className(ctx))));
        }
    }

    private void route(Router router, String path, Handler<RoutingContext> answer) {
        for (HttpMethod method : METHODS) {
            Operation operation = new Operation(method, path);
            boolean hasBody = method.equals(HttpMethod.GET);
            operation
                    .on(router, path.replace("{id}", ID))
                    .handler(access.guard(operation))
                    .handler(ctx -> {
                        JsonDocument.begin(ctx);
                        if (hasBody) {
                            answer.handle(ctx);
                        } else {
                            ctx.end();
                        }
                    });
        }
    }

    private static String className(RoutingContext ctx) {
        return Optional.ofNullable(ctx.pathParam("id")).orElse(SocialService.MAIN_CLASS);
    }

    private static void send(RoutingContext ctx, Future<?> json) {
        json.onSuccess(value -> ctx.end(Json.encodeToBuffer(value))).onFailure(ctx::fail);
    }

    private void clicks(RoutingContext ctx) {
        Pages<Click> pages = (last, count) -> social.listClicks(
                        new ListNewest(className(ctx), last == null ? Long.MAX_VALUE : last.id(), count))
                .map(ClickPage::clicks);
        list(ctx, SocialService.LISTED, pages, SocialJson::of);
    }

    private void events(RoutingContext ctx) {
        Pages<Event> pages = (last, count) -> social.listEvents(
                        new ListNewest(className(ctx), last == null ? Long.MAX_VALUE : last.id(), count))
                .map(EventPage::events);
        list(ctx, SocialService.LISTED, pages, SocialJson::of);
    }

    private void users(RoutingContext ctx) {
        Pages<User> pages =
                (last, count) -> social.listUsers(new ListNext(className(ctx), last == null ? 0 : last.id(), count))
                        .map(UserPage::users);
        list(ctx, Integer.MAX_VALUE, pages, SocialJson::of);
    }

    private void online(RoutingContext ctx) {
        Pages<Online> pages =
                (last, count) -> social.listOnline(new ListNext(className(ctx), last == null ? 0 : last.id(), count))
                        .map(OnlinePage::sessions);
        list(ctx, Integer.MAX_VALUE, pages, SocialJson::of);
    }

    private <T> void list(RoutingContext ctx, int most, Pages<T> pages, Function<T, JsonObject> json) {
        new PagedList<>(ctx, stallLimit, most, pages, json)
                .write(SocialService.PAGE)
                .onFailure(ctx::fail);
    }

    private Future<JsonArray> hours(String className) {
        return social.listHours(new FindClass(className))
                .map(found ->
                        new JsonArray(found.hours().stream().map(SocialJson::of).toList()));
    }

    private Future<JsonObject> stats(String className) {
        return social.findClass(new FindClass(className))
                .map(ClassState::stats)
                .recover(error -> error instanceof Failure failure && failure.kind() == Kind.NOT_FOUND
                        ? Future.succeededFuture(NO_STATS)
                        : Future.failedFuture(error))
                .map(SocialJson::of);
    }
}
