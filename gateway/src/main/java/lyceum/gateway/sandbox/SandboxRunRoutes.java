package lyceum.gateway.sandbox;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.json.Json;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.UUID;
import lyceum.gateway.access.Access;
import lyceum.gateway.route.Offload;
import lyceum.gateway.route.Operation;
import lyceum.gateway.route.Routes;
import lyceum.gateway.route.StrictObject;
import lyceum.gateway.route.WholeJsonBody;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.sandbox.Run;
import lyceum.sandbox.Run.Priority;
import lyceum.sandbox.json.OutcomeJson;

/** Runs whose caller waits for the end; those that do not wait are handed on to {@link SandboxSubmissionRoutes}. */
public final class SandboxRunRoutes implements Routes {

    private static final Operation RUN = Operation.post("/sandbox/runs");

    private final SandboxAccess sandbox;
    private final Access access;
    private final SandboxSubmissionRoutes submissions;
    private final long bodyLimitBytes;

    /** @param submissions takes runs that are fetched later */
    public SandboxRunRoutes(
            SandboxAccess sandbox, Access access, SandboxSubmissionRoutes submissions, long bodyLimitBytes) {
        this.sandbox = sandbox;
        this.access = access;
        this.submissions = submissions;
        this.bodyLimitBytes = bodyLimitBytes;
    }

    @Override
    public void addTo(Router router) {
        RUN.on(router).handler(access.guard(RUN)).handler(this::post);
    }

    private void post(RoutingContext ctx) {
        if (waits(ctx)) {
            run(ctx);
        } else {
            submissions.submitOne(ctx);
        }
    }

    private static boolean waits(RoutingContext ctx) {
        String wait = ctx.queryParam("wait").stream().findFirst().orElse("true");
        if (!List.of("true", "false").contains(wait)) {
            throw Failure.invalid("wait is neither true nor false");
        }
        return wait.equals("true");
    }

    private void run(RoutingContext ctx) {
        String id = newRun(ctx);
        String caller = SandboxRoutes.caller(ctx);
        WholeJsonBody.read(ctx.request(), bodyLimitBytes)
                .compose(body -> Offload.work(ctx.vertx(), body.length, () -> read(body, id, caller)))
                .compose(run -> run(ctx, run))
                .onSuccess(answer -> SandboxRoutes.json(ctx, 200).end(answer))
                .onFailure(ctx::fail);
    }

    /** @return the id of a run that is cancelled when its caller goes away */
    private String newRun(RoutingContext ctx) {
        String id = UUID.randomUUID().toString();
        ctx.response().closeHandler(gone -> {
            if (!ctx.response().ended()) {
                sandbox.cancel().accept(id);
            }
        });
        return id;
    }

    private static Run read(byte[] body, String id, String caller) {
        StrictObject form = StrictObject.parse(body);
        Run run = new SandboxRunForm(form).read(id, caller, Priority.INTERACTIVE);
        if (form.has("webhook")) {
            throw form.wrong("webhook", "is for runs that are not waited for, with wait=false");
        }
        form.end();
        return run;
    }

    private Future<Buffer> run(RoutingContext ctx, Run run) {
        if (ctx.response().closed()) {
            // It was cancelled before it could begin, which nobody would notice who begins it now.
            return Future.failedFuture(new HttpClosedException("the client has gone"));
        }
        return sandbox.patient()
                .run(run)
                .onFailure(error -> giveUp(run.id(), error))
                .compose(outcome -> Offload.work(
                        ctx.vertx(),
                        OutcomeJson.sizeBytes(outcome),
                        () -> Json.encodeToBuffer(OutcomeJson.whole(run.id(), outcome))));
    }

    /** A run that did not answer in time may go on, and nobody would hear of it. */
    private void giveUp(String id, Throwable error) {
        if (error instanceof Failure failure && failure.kind() == Kind.UNAVAILABLE) {
            sandbox.cancel().accept(id);
        }
    }
}
