package lyceum.gateway.grading;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import lyceum.gateway.access.Access;
import lyceum.gateway.route.JsonAnswer;
import lyceum.gateway.route.Operation;
import lyceum.gateway.route.PageQuery;
import lyceum.gateway.route.Routes;
import lyceum.grading.AttemptService;
import lyceum.grading.AttemptService.FindAttempt;
import lyceum.grading.AttemptService.ListAttempts;
import lyceum.grading.HandInService;
import lyceum.platform.Failure;

/** What earlier attempts to grade a hand-in came to. */
final class AttemptRoutes implements Routes {

    private static final Operation LIST = Operation.get("/grading/hand-ins/{id}/attempts");
    private static final Operation FIND = Operation.get("/grading/hand-ins/{id}/attempts/{attempt}");

    private static final String NUMBER = "[1-9][0-9]{0,8}";

    private final AttemptService attempts;
    private final Access access;

    AttemptRoutes(AttemptService attempts, Access access) {
        this.attempts = attempts;
        this.access = access;
    }

    @Override
    public void addTo(Router router) {
        LIST.on(router).handler(access.guard(LIST)).handler(this::list);
        FIND.on(router).handler(access.guard(FIND)).handler(this::find);
    }

    private void list(RoutingContext ctx) {
        PageQuery page = PageQuery.of(ctx, HandInService.PAGE);
        ListAttempts question =
                new ListAttempts(GradingAccess.viewer(ctx), ctx.pathParam("id"), page.page(), page.count());
        JsonAnswer.send(
                ctx, attempts.listAttempts(question).map(found -> JsonAnswer.ok(GradingJson.of(found, "attempts"))));
    }

    private void find(RoutingContext ctx) {
        String attempt = ctx.pathParam("attempt");
        if (!attempt.matches(NUMBER)) {
            throw Failure.notFound("Submission not found");
        }
        FindAttempt question =
                new FindAttempt(GradingAccess.viewer(ctx), ctx.pathParam("id"), Integer.parseInt(attempt));
        JsonAnswer.send(ctx, attempts.findAttempt(question).map(found -> JsonAnswer.ok(GradingJson.of(found))));
    }
}
