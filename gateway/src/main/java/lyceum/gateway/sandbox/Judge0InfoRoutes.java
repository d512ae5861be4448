package lyceum.gateway.sandbox;

import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Function;
import lyceum.gateway.access.Access;
import lyceum.gateway.judge0.Configuration;
import lyceum.gateway.judge0.Judge0Languages;
import lyceum.gateway.route.JsonAnswer;
import lyceum.gateway.route.Operation;
import lyceum.gateway.route.Refusal;
import lyceum.gateway.route.Routes;
import lyceum.sandbox.SandboxService;
import lyceum.sandbox.SandboxService.LanguageList;
import lyceum.sandbox.SandboxService.ListLanguages;
import lyceum.sandbox.judge0.Status;

/** What a client of Judge0 may know before it submits something. */
final class Judge0InfoRoutes implements Routes {

    private static final Operation LANGUAGES = Operation.get("/judge0/languages");
    private static final Operation ALL_LANGUAGES = Operation.get("/judge0/languages/all");
    private static final Operation LANGUAGE = Operation.get("/judge0/languages/{id}");
    private static final Operation STATUSES = Operation.get("/judge0/statuses");
    private static final Operation CONFIGURATION = Operation.get("/judge0/config_info");
    private static final Operation ABOUT = Operation.get("/judge0/about");

    private final SandboxService sandbox;
    private final Access access;

    /** @param sandbox asked with the time that its first look at languages takes */
    Judge0InfoRoutes(SandboxService sandbox, Access access) {
        this.sandbox = sandbox;
        this.access = access;
    }

    @Override
    public void addTo(Router router) {
        add(router, LANGUAGES, ctx -> languages().map(Judge0Languages::active));
        add(router, ALL_LANGUAGES, ctx -> languages().map(Judge0Languages::all));
        add(router, LANGUAGE, this::language);
        add(router, STATUSES, ctx -> Future.succeededFuture(Status.all()));
        add(router, CONFIGURATION, ctx -> Future.succeededFuture(Configuration.json()));
        add(router, ABOUT, ctx -> Future.succeededFuture(Configuration.about()));
    }

    private void add(Router router, Operation operation, Function<RoutingContext, Future<Object>> answer) {
        operation
                .onEither(router)
                .handler(access.guard(operation))
                .handler(ctx -> JsonAnswer.send(ctx, answer.apply(ctx).map(JsonAnswer::ok)));
    }

    private Future<Object> language(RoutingContext ctx) {
        return languages().map(known -> known.describe(ctx.pathParam("id")).orElseThrow(() -> new Refusal(404)));
    }

    private Future<Judge0Languages> languages() {
        return sandbox.languages(new ListLanguages())
                .map(LanguageList::languages)
                .map(Judge0Languages::new);
    }
}
