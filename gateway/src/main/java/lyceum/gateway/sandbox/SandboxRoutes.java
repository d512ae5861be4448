package lyceum.gateway.sandbox;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import lyceum.gateway.access.Access;
import lyceum.gateway.access.Caller;
import lyceum.gateway.route.Dialect;
import lyceum.gateway.route.Operation;
import lyceum.gateway.route.Routes;
import lyceum.sandbox.Language;
import lyceum.sandbox.SandboxService.Inspect;
import lyceum.sandbox.SandboxService.ListLanguages;

/** Everything about the sandbox: what it is and which languages it knows; its parts run programs. */
public final class SandboxRoutes implements Routes {

    private static final Operation STATE = Operation.get("/sandbox");
    private static final Operation LANGUAGES = Operation.get("/sandbox/languages");

    private static final String PATHS = "/sandbox(?:/.*)?";

    private final SandboxAccess sandbox;
    private final Access access;
    private final List<Routes> parts;

    /** @param parts the routes of runs and of sessions */
    public SandboxRoutes(SandboxAccess sandbox, Access access, List<Routes> parts) {
        this.sandbox = sandbox;
        this.access = access;
        this.parts = List.copyOf(parts);
    }

    @Override
    public void addTo(Router router) {
        router.routeWithRegex(PATHS).failureHandler(Dialect.PROBLEM);
        STATE.on(router).handler(access.guard(STATE)).handler(this::tellState);
        LANGUAGES.on(router).handler(access.guard(LANGUAGES)).handler(this::listLanguages);
        parts.forEach(part -> part.addTo(router));
    }

    /** @return the name of the caller */
    static String caller(RoutingContext ctx) {
        return Caller.of(ctx).orElseThrow().subject();
    }

    /** @return the answer, before its body */
    static HttpServerResponse json(RoutingContext ctx, int status) {
        return ctx.response().setStatusCode(status).putHeader("Content-Type", "application/json");
    }

    private void tellState(RoutingContext ctx) {
        answer(
                ctx,
                sandbox.service()
                        .inspect(new Inspect())
                        .map(isolation -> new JsonObject()
                                .put("possible", isolation.possible())
                                .put("isolation", isolation.text())));
    }

    private void listLanguages(RoutingContext ctx) {
        answer(
                ctx,
                sandbox.patient()
                        .languages(new ListLanguages())
                        .map(list -> list.languages().stream()
                                .map(SandboxRoutes::language)
                                .toList())
                        .map(languages -> new JsonObject().put("languages", new JsonArray(languages))));
    }

    private static void answer(RoutingContext ctx, Future<JsonObject> answer) {
        answer.map(Json::encodeToBuffer)
                .onSuccess((Buffer body) -> json(ctx, 200).end(body))
                .onFailure(ctx::fail);
    }

    private static JsonObject language(Language language) {
        return new JsonObject()
                .put("name", language.name())
                .put("title", language.title())
                .put("version", language.version())
                .put("aliases", new JsonArray(language.aliases()))
                .put("mainFile", language.mainFile())
                .put("compiled", language.compiled())
                .put("usable", language.usable())
                .put("limits", SandboxLimits.json(language.limits()))
                .put(
                        "compileLimits",
                        language.compileLimits() == null ? null : SandboxLimits.json(language.compileLimits()));
    }
}
