package lyceum.gateway.sandbox;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import lyceum.gateway.access.Access;
import lyceum.gateway.route.Offload;
import lyceum.gateway.route.Operation;
import lyceum.gateway.route.Routes;
import lyceum.gateway.route.StrictObject;
import lyceum.gateway.route.WholeJsonBody;
import lyceum.platform.Failure;
import lyceum.sandbox.Run;
import lyceum.sandbox.Run.Priority;
import lyceum.sandbox.SandboxService.Accepted;
import lyceum.sandbox.SandboxService.RemoveSubmission;
import lyceum.sandbox.SandboxService.Submit;

/** Runs that are stored, done when there is time, and fetched later: one, or a batch of them. */
public final class SandboxSubmissionRoutes implements Routes {

    private static final Operation FIND = Operation.get("/sandbox/runs/{id}");
    private static final Operation REMOVE = Operation.delete("/sandbox/runs/{id}");
    private static final Operation SUBMIT_BATCH = Operation.post("/sandbox/batches");
    private static final Operation FIND_BATCH = Operation.get("/sandbox/batches");

    private final SandboxAccess sandbox;
    private final Access access;
    private final SandboxRoutesConfig config;

    public SandboxSubmissionRoutes(SandboxAccess sandbox, Access access, SandboxRoutesConfig config) {
        this.sandbox = sandbox;
        this.access = access;
        this.config = config;
    }

    @Override
    public void addTo(Router router) {
        FIND.on(router).handler(access.guard(FIND)).handler(this::find);
        REMOVE.on(router).handler(access.guard(REMOVE)).handler(this::remove);
        SUBMIT_BATCH.on(router).handler(access.guard(SUBMIT_BATCH)).handler(this::submitBatch);
        FIND_BATCH.on(router).handler(access.guard(FIND_BATCH)).handler(this::findBatch);
    }

    /** Takes the run that is the body of a request, and answers with its id. */
    void submitOne(RoutingContext ctx) {
        submit(ctx, SandboxSubmissionRoutes::readOne)
                .onSuccess(accepted -> tellPlace(ctx, accepted.tokens().get(0)))
                .onFailure(ctx::fail);
    }

    private static void tellPlace(RoutingContext ctx, String id) {
        SandboxRoutes.json(ctx, 202)
                .putHeader("Location", ctx.normalizedPath() + '/' + id)
                .end(new JsonObject().put("id", id).put("state", "queued").encode());
    }

    private void submitBatch(RoutingContext ctx) {
        submit(ctx, this::readBatch)
                .onSuccess(accepted -> SandboxRoutes.json(ctx, 202)
                        .end(new JsonObject()
                                .put("ids", new JsonArray(accepted.tokens()))
                                .encode()))
                .onFailure(ctx::fail);
    }

    /** Makes an order of the body of a request. */
    private interface Reading {
        Submit read(StrictObject form, String caller);
    }

    private Future<Accepted> submit(RoutingContext ctx, Reading reading) {
        String caller = SandboxRoutes.caller(ctx);
        return WholeJsonBody.read(ctx.request(), config.bodyLimitBytes())
                .compose(body ->
                        Offload.work(ctx.vertx(), body.length, () -> reading.read(StrictObject.parse(body), caller)))
                .compose(sandbox.service()::submit);
    }

    private static Submit readOne(StrictObject form, String caller) {
        Run run = new SandboxRunForm(form).read(newId(), caller, Priority.INTERACTIVE);
        return order(form, List.of(run));
    }

    private Submit readBatch(StrictObject form, String caller) {
        List<Run> runs = new ArrayList<>();
        for (StrictObject each : form.objects("runs")) {
            runs.add(new SandboxRunForm(each).read(newId(), caller, Priority.BATCH));
            each.end();
        }
        if (runs.isEmpty() || runs.size() > config.batchLimit()) {
            throw form.wrong("runs", "has %d items, not 1 to %d".formatted(runs.size(), config.batchLimit()));
        }
        return order(form, runs);
    }

    private static Submit order(StrictObject form, List<Run> runs) {
        Submit order = Submit.of(runs, form.textOr("webhook", ""));
        form.end();
        return order;
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }

    private void find(RoutingContext ctx) {
        SandboxBatch.find(sandbox.service(), SandboxRoutes.caller(ctx), ctx.pathParam("id"))
                .map(found -> found.orElseThrow(() -> Failure.notFound("no such run")))
                .compose(submission -> SandboxBatch.json(ctx.vertx(), submission))
                .onSuccess((Buffer json) -> SandboxRoutes.json(ctx, 200).end(json))
                .onFailure(ctx::fail);
    }

    private void remove(RoutingContext ctx) {
        sandbox.service()
                .removeSubmission(new RemoveSubmission(SandboxRoutes.caller(ctx), ctx.pathParam("id")))
                .onSuccess(done -> ctx.response().setStatusCode(204).end())
                .onFailure(ctx::fail);
    }

    private void findBatch(RoutingContext ctx) {
        List<String> ids =
                List.of(ctx.queryParam("ids").stream().findFirst().orElse("").split(",", -1));
        if (ids.size() > config.batchLimit() || ids.contains("")) {
            throw Failure.invalid("ids are not 1 to %d ids with commas between them".formatted(config.batchLimit()));
        }
        new SandboxBatch(sandbox.service(), SandboxRoutes.caller(ctx), ids, ctx)
                .write()
                .onFailure(ctx::fail);
    }
}
