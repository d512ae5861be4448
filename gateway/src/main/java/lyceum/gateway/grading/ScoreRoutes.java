package lyceum.gateway.grading;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.MIMEHeader;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import lyceum.gateway.access.Access;
import lyceum.gateway.route.Download;
import lyceum.gateway.route.JsonAnswer;
import lyceum.gateway.route.Operation;
import lyceum.gateway.route.Routes;
import lyceum.grading.HandInService;
import lyceum.grading.HandInService.ScoreTable;
import lyceum.grading.HandInService.TabulateScores;
import lyceum.platform.Failure;

/** Who has which score in a homework, as JSON or as CSV. */
final class ScoreRoutes implements Routes {

    private static final Operation TABLE = Operation.get("/grading/scores");

    private static final String CSV = "text/csv";

    private final HandInService handIns;
    private final Access access;

    ScoreRoutes(HandInService handIns, Access access) {
        this.handIns = handIns;
        this.access = access;
    }

    @Override
    public void addTo(Router router) {
        TABLE.on(router).handler(access.guard(TABLE)).handler(this::tabulate);
    }

    private void tabulate(RoutingContext ctx) {
        String homework = ctx.queryParam("homework").stream()
                .findFirst()
                .orElseThrow(() -> Failure.invalid("homework is missing"));
        handIns.tabulateScores(new TabulateScores(GradingAccess.viewer(ctx), homework))
                .onSuccess(table -> {
                    if (wantsCsv(ctx)) {
                        sendCsv(ctx, table);
                    } else {
                        JsonAnswer.ok(json(table)).send(ctx);
                    }
                })
                .onFailure(ctx::fail);
    }

    /** The first of the two that is asked for; JSON where anything will do. */
    private static boolean wantsCsv(RoutingContext ctx) {
        List<MIMEHeader> accepted = ctx.parsedHeaders().accept();
        return accepted.stream()
                .filter(type -> type.weight() > 0)
                .map(type -> type.component() + '/' + type.subComponent())
                .filter(type ->
                        List.of(CSV, "application/json", "*/*", "application/*").contains(type))
                .findFirst()
                .filter(CSV::equals)
                .isPresent();
    }

    private static void sendCsv(RoutingContext ctx, ScoreTable table) {
        Download.named(ctx, table.title() + ".csv")
                .putHeader("Content-Type", "text/csv; charset=utf-8")
                .end(table.csv());
    }

    private static JsonObject json(ScoreTable table) {
        return new JsonObject()
                .put("homework", table.homework())
                .put("title", table.title())
                .put(
                        "scores",
                        new JsonArray(table.scores().stream()
                                .map(score -> new JsonObject()
                                        .put("student", score.student())
                                        .put("score", score.score()))
                                .toList()));
    }
}
