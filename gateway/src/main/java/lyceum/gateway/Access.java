package lyceum.gateway;

import static java.util.Map.entry;
import static lyceum.gateway.Operation.delete;
import static lyceum.gateway.Operation.get;
import static lyceum.gateway.Operation.head;
import static lyceum.gateway.Operation.post;
import static lyceum.gateway.Operation.put;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;
import lyceum.account.Role;

/** Who may do what: one table for all operations, and the check at the route. */
final class Access {

    private final TokenVerifier tokens;
    private final Map<Operation, Need> needs;
    private final Gate gate;
    private final AuditTrail trail;

    /**
     * @param elicast what the routes of the elicast contract ask for
     * @param social what those of the social contract do
     * @param media what those for pictures and files of the stream contract do
     * @param trail keeps who has done what
     */
    Access(TokenVerifier tokens, Admission elicast, Admission social, Admission media, AuditTrail trail) {
        this(tokens, needs(elicast, social, media), trail, Gate.OPEN);
    }

    private Access(TokenVerifier tokens, Map<Operation, Need> needs, AuditTrail trail, Gate gate) {
        this.tokens = tokens;
        this.needs = needs;
        this.trail = trail;
        this.gate = gate;
    }

    /** @return the same table, for operations behind a gate */
    Access behind(Gate narrower) {
        return new Access(tokens, needs, trail, narrower);
    }

    /** @return the same, where who asks now is not counted, because that has been done before */
    Access withoutCounting() {
        return behind(gate.withoutCounting());
    }

    /** What an operation does not have here, nobody may do. OPTIONS needs nothing: a browser asks without a token. */
    static Map<Operation, Need> needs(Admission elicastAdmission, Admission socialAdmission, Admission mediaAdmission) {
        Need elicast = elicastAdmission.need();
        Need social = socialAdmission.need();
        Need media = mediaAdmission.need();
        return Map.ofEntries(
                entry(post("/token"), Need.NOTHING),
                entry(get("/accounts"), Need.anyOf(Role.ADMIN)),
                entry(get("/accounts/{name}"), Need.anyOf(Role.ADMIN)),
                entry(put("/accounts/{name}"), Need.anyOf(Role.ADMIN)),
                entry(delete("/accounts/{name}"), Need.anyOf(Role.ADMIN)),
                entry(put("/accounts/{name}/password"), Need.TOKEN),
                entry(get("/services"), Need.anyOf(Role.ADMIN)),
                entry(get("/docs"), Need.NOTHING),
                entry(get("/docs/{asset}"), Need.NOTHING),
                entry(get("/openapi.yaml"), Need.NOTHING),
                entry(get("/openapi.json"), Need.NOTHING),
                entry(get("/redoc"), Need.NOTHING),
                entry(get("/ping"), Need.NOTHING),
                entry(get("/ping/error"), Need.NOTHING),
                entry(get("/ping/auth"), Need.NOTHING),
                entry(get("/streams"), Need.TOKEN),
                entry(get("/streams/{id}"), Need.TOKEN),
                entry(put("/streams/{id}"), Need.TOKEN),
                entry(delete("/streams/{id}"), Need.TOKEN),
                entry(post("/data/{ids}"), Need.TOKEN),
                entry(get("/data/{ids}"), Need.TOKEN),
                entry(get("/recipes"), Need.TOKEN),
                entry(post("/recipes"), Need.TOKEN),
                entry(get("/recipes/q"), Need.TOKEN),
                entry(get("/recipes/{id}"), Need.TOKEN),
                entry(put("/recipes/{id}"), Need.TOKEN),
                entry(delete("/recipes/{id}"), Need.TOKEN),
                entry(get("/sessions"), Need.TOKEN),
                entry(get("/sessions/id"), Need.TOKEN),
                entry(get("/sessions/recipe"), Need.TOKEN),
                entry(put("/sessions/recipe/{recipe}"), Need.TOKEN),
                entry(delete("/sessions/recipe"), Need.TOKEN),
                entry(get("/sessions/recipe/step"), Need.TOKEN),
                entry(put("/sessions/recipe/step/{step}"), Need.TOKEN),
                entry(get("/sess"), Need.TOKEN),
                entry(post("/sess"), Need.TOKEN),
                entry(get("/sess/q"), Need.TOKEN),
                entry(get("/sess/{id}"), Need.TOKEN),
                entry(put("/sess/{id}"), Need.TOKEN),
                entry(delete("/sess/{id}"), Need.TOKEN),
                entry(get("/asyncapi.yaml"), Need.NOTHING),
                entry(get("/asyncapi.json"), Need.NOTHING),
                entry(get("/data/{ids}/push"), Need.TOKEN),
                entry(get("/data/{ids}/pull"), Need.TOKEN),
                entry(post("/judge0/submissions"), Need.TOKEN),
                entry(post("/judge0/submissions/batch"), Need.TOKEN),
                entry(get("/judge0/submissions/batch"), Need.TOKEN),
                entry(get("/judge0/submissions/{token}"), Need.TOKEN),
                entry(delete("/judge0/submissions/{token}"), Need.TOKEN),
                entry(get("/judge0/languages"), Need.TOKEN),
                entry(get("/judge0/languages/all"), Need.TOKEN),
                entry(get("/judge0/languages/{id}"), Need.TOKEN),
                entry(get("/judge0/statuses"), Need.TOKEN),
                entry(get("/judge0/about"), Need.TOKEN),
                entry(get("/judge0/config_info"), Need.TOKEN),
                entry(get("/piston/api/v2/runtimes"), Need.TOKEN),
                entry(post("/piston/api/v2/execute"), Need.TOKEN),
                entry(get("/piston/api/v2/connect"), Need.TOKEN),
                entry(get("/piston/api/v2/packages"), Need.TOKEN),
                entry(post("/piston/api/v2/packages"), Need.TOKEN),
                entry(delete("/piston/api/v2/packages"), Need.TOKEN),
                entry(get("/elicast"), elicast),
                entry(put("/elicast"), elicast),
                entry(get("/elicast/{id}"), elicast),
                entry(post("/elicast/{id}"), elicast),
                entry(delete("/elicast/{id}"), elicast),
                entry(put("/elicast/{id}/protection"), Need.anyOf(Role.ADMIN)),
                entry(delete("/elicast/{id}/protection"), Need.anyOf(Role.ADMIN)),
                entry(post("/code/run"), elicast),
                entry(post("/code/answer/{id}"), elicast),
                entry(post("/audio/split"), elicast),
                entry(get("/audio/download/{id}"), elicast),
                entry(post("/audio/replace/{id}"), elicast),
                entry(post("/media/jobs"), Need.TOKEN),
                entry(get("/media/jobs/{id}"), Need.TOKEN),
                entry(delete("/media/jobs/{id}"), Need.TOKEN),
                entry(get("/media/jobs/{id}/events"), Need.TOKEN),
                entry(get("/media/jobs/{id}/outputs/{name}"), Need.TOKEN),
                entry(post("/log/ticket"), elicast),
                entry(post("/log/submit"), elicast),
                entry(get("/recordings"), Need.TOKEN),
                entry(delete("/recordings/cache"), Need.TOKEN),
                entry(get("/recordings/current"), Need.TOKEN),
                entry(put("/recordings/start"), Need.TOKEN),
                entry(put("/recordings/stop"), Need.TOKEN),
                entry(get("/recordings/replay"), Need.TOKEN),
                entry(get("/recordings/{id}"), Need.TOKEN),
                entry(delete("/recordings/{id}"), Need.TOKEN),
                entry(put("/recordings/{id}/rename/{newId}"), Need.TOKEN),
                entry(put("/recordings/{id}/hide"), Need.TOKEN),
                entry(put("/recordings/{id}/unhide"), Need.TOKEN),
                entry(get("/recordings/static/{recording}/{file}"), media),
                entry(head("/recordings/static/{recording}/{file}"), media),
                entry(post("/recordings/upload/{recording}/{file}"), Need.TOKEN),
                entry(post("/recordings/{id}/export"), Need.TOKEN),
                entry(get("/recordings/{id}/export"), Need.TOKEN),
                entry(get("/recordings/{id}/thumbnail"), media),
                entry(get("/mjpeg/{ids}"), media),
                entry(get("/mjpeg/chunked/{recording}/{file}"), media),
                entry(get("/sandbox"), Need.TOKEN),
                entry(get("/sandbox/languages"), Need.TOKEN),
                entry(post("/sandbox/runs"), Need.TOKEN),
                entry(get("/sandbox/runs/{id}"), Need.TOKEN),
                entry(delete("/sandbox/runs/{id}"), Need.TOKEN),
                entry(post("/sandbox/batches"), Need.TOKEN),
                entry(get("/sandbox/batches"), Need.TOKEN),
                entry(get("/sandbox/sessions"), Need.TOKEN),
                entry(get("/api"), Need.NOTHING),
                entry(head("/api"), Need.NOTHING),
                entry(get("/latest_clicks"), social),
                entry(head("/latest_clicks"), social),
                entry(get("/latest_events"), social),
                entry(head("/latest_events"), social),
                entry(get("/latest_hours"), social),
                entry(head("/latest_hours"), social),
                entry(get("/users"), social),
                entry(head("/users"), social),
                entry(get("/online_users"), social),
                entry(head("/online_users"), social),
                entry(get("/current_stats"), social),
                entry(head("/current_stats"), social),
                entry(get("/classes/{id}/latest_clicks"), social),
                entry(head("/classes/{id}/latest_clicks"), social),
                entry(get("/classes/{id}/latest_events"), social),
                entry(head("/classes/{id}/latest_events"), social),
                entry(get("/classes/{id}/latest_hours"), social),
                entry(head("/classes/{id}/latest_hours"), social),
                entry(get("/classes/{id}/users"), social),
                entry(head("/classes/{id}/users"), social),
                entry(get("/classes/{id}/online_users"), social),
                entry(head("/classes/{id}/online_users"), social),
                entry(get("/classes/{id}/current_stats"), social),
                entry(head("/classes/{id}/current_stats"), social),
                entry(post("/handin/start/{id}/"), Need.NOTHING),
                entry(post("/handin/report/{id}/"), Need.NOTHING),
                entry(post("/handin/proclog/{id}/"), Need.NOTHING),
                entry(get("/myip/"), Need.NOTHING),
                entry(head("/myip/"), Need.NOTHING),
                entry(get("/grading/runner/waiting"), Need.anyOf(Role.TEACHER, Role.ADMIN)),
                entry(get("/grading/homework"), Need.TOKEN),
                entry(get("/grading/homework/{homework}"), Need.TOKEN),
                entry(put("/grading/homework/{homework}"), Need.anyOf(Role.TEACHER, Role.ADMIN)),
                entry(delete("/grading/homework/{homework}"), Need.anyOf(Role.TEACHER, Role.ADMIN)),
                entry(put("/grading/homework/{homework}/access"), Need.anyOf(Role.TEACHER, Role.ADMIN)),
                entry(get("/grading/homework/{homework}/attachments/{package}"), Need.TOKEN),
                entry(get("/hwstatic/{homework}/{path}"), Need.TOKEN),
                entry(post("/grading/homework-reloads"), Need.anyOf(Role.TEACHER, Role.ADMIN)),
                entry(post("/grading/homework/{homework}/hand-ins"), Need.TOKEN),
                entry(get("/grading/hand-ins"), Need.TOKEN),
                entry(delete("/grading/hand-ins"), Need.anyOf(Role.TEACHER, Role.ADMIN)),
                entry(get("/grading/hand-ins/{id}"), Need.TOKEN),
                entry(get("/grading/hand-ins/{id}/content"), Need.TOKEN),
                entry(get("/grading/hand-ins/{id}/events"), Need.TOKEN),
                entry(post("/grading/hand-ins/{id}/reruns"), Need.anyOf(Role.TEACHER, Role.ADMIN)),
                entry(post("/grading/hand-ins/{id}/cancellations"), Need.TOKEN),
                entry(get("/grading/hand-ins/{id}/attempts"), Need.TOKEN),
                entry(get("/grading/hand-ins/{id}/attempts/{attempt}"), Need.TOKEN),
                entry(get("/grading/scores"), Need.anyOf(Role.TEACHER, Role.ADMIN)),
                entry(get("/hls/{name}/{file}"), Need.NOTHING),
                entry(head("/hls/{name}/{file}"), Need.NOTHING),
                entry(get("/dash/{name}/{file}"), Need.NOTHING),
                entry(head("/dash/{name}/{file}"), Need.NOTHING),
                entry(get("/watch/{name}"), Need.NOTHING),
                entry(get("/watch/assets/{asset}"), Need.NOTHING),
                entry(get("/stat"), Need.anyOf(Role.TEACHER, Role.ADMIN)),
                entry(get("/live"), Need.TOKEN),
                entry(get("/live/{name}"), Need.TOKEN),
                entry(delete("/live/{name}"), Need.anyOf(Role.TEACHER, Role.ADMIN)),
                entry(put("/live/{name}/recording"), Need.TOKEN),
                entry(delete("/live/{name}/recording"), Need.TOKEN),
                entry(get("/live/recordings"), Need.TOKEN),
                entry(get("/live/recordings/{file}"), Need.TOKEN),
                entry(head("/live/recordings/{file}"), Need.TOKEN),
                entry(get("/socket.io/"), Need.NOTHING),
                entry(post("/socket.io/"), Need.NOTHING));
    }

    /** @return a handler that lets through what the table and the gate allow; a failure with 401, 403, 429 or 503 otherwise */
    Handler<RoutingContext> guard(Operation operation) {
        Need need = needs.get(operation);
        if (need == null) {
            throw new IllegalArgumentException(operation + " is not in the table of access");
        }
        Gate before = gate.before(operation);
        Handler<RoutingContext> check = ctx -> check(ctx, need, before);
        if (!AuditTrail.concerns(operation, need)) {
            return check;
        }
        return ctx -> {
            trail.follow(ctx, operation);
            check.handle(ctx);
        };
    }

    /** @return a handler that lets through what brings what a setting asks for beside the table */
    Handler<RoutingContext> require(Need need) {
        return need.token() ? ctx -> check(ctx, need, Gate.OPEN) : RoutingContext::next;
    }

    /**
     * Nearly always the token is verified and its caller counted before this returns, and a handler that follows still finds
     * the whole body of the request. Else the body waits: what arrives is kept, and the sender is paused.
     */
    private void check(RoutingContext ctx, Need need, Gate before) {
        Future<Optional<Caller>> known = caller(ctx, need, before)
                .transform(told -> before.count(ctx, told.succeeded() ? told.result() : Optional.empty())
                        .compose(counted -> told.succeeded()
                                ? Future.succeededFuture(told.result())
                                : Future.failedFuture(told.cause())));
        if (known.isComplete()) {
            conclude(ctx, need, before, known);
            return;
        }
        ctx.request().pause();
        Context context = ctx.vertx().getOrCreateContext();
        known.onComplete(told -> context.runOnContext(turn -> goOn(ctx, need, before, known)));
    }

    /** Where nothing is needed a token says at most under whose name a request is counted, and a wrong one says nothing. */
    private Future<Optional<Caller>> caller(RoutingContext ctx, Need need, Gate before) {
        if (need.token()) {
            return tokens.verify(PresentedToken.of(ctx)).map(Optional::of);
        }
        Optional<String> token = before.isCounting() ? PresentedToken.of(ctx) : Optional.empty();
        return token.isEmpty()
                ? Future.succeededFuture(Optional.empty())
                : tokens.verify(token).map(Optional::of).otherwise(Optional.empty());
    }

    private static void goOn(RoutingContext ctx, Need need, Gate before, Future<Optional<Caller>> known) {
        if (ctx.response().closed()) {
            // Nobody is there any more.
            return;
        }
        // What was kept comes in a later turn of the event loop, when the handlers that follow are there.
        ctx.request().resume();
        conclude(ctx, need, before, known);
    }

    /** A listener would run on the context of whoever completed the future, which may be that of another request. */
    private static void conclude(RoutingContext ctx, Need need, Gate before, Future<Optional<Caller>> known) {
        if (known.failed()) {
            ctx.fail(known.cause());
            return;
        }
        if (need.token()) {
            Caller caller = known.result().orElseThrow();
            caller.enter(ctx);
            if (!need.isMetBy(caller)) {
                ctx.fail(new Refusal(403));
                return;
            }
        }
        try {
            before.enter(ctx);
        } catch (Refusal full) {
            ctx.fail(full);
            return;
        }
        ctx.next();
    }
}
