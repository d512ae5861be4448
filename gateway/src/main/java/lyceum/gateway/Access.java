package lyceum.gateway;

import static java.util.Map.entry;
import static lyceum.gateway.Operation.delete;
import static lyceum.gateway.Operation.get;
import static lyceum.gateway.Operation.post;
import static lyceum.gateway.Operation.put;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** Who may do what: one table for all operations, and the check at the route. */
final class Access {

    private final Tokens tokens;
    private final Map<Operation, Need> needs;

    /** @param elicast what the routes of the elicast contract ask for */
    Access(Tokens tokens, Admission elicast) {
        this.tokens = tokens;
        this.needs = needs(elicast);
    }

    /** What an operation does not have here, nobody may do. OPTIONS needs nothing: a browser asks without a token. */
    static Map<Operation, Need> needs(Admission admission) {
        Need elicast = admission == Admission.REQUIRED ? Need.TOKEN : Need.NOTHING;
        return Map.ofEntries(
                entry(post("/token"), Need.NOTHING),
                entry(get("/docs"), Need.NOTHING),
                entry(get("/docs/{asset}"), Need.NOTHING),
                entry(get("/openapi.yaml"), Need.NOTHING),
                entry(get("/ping"), Need.NOTHING),
                entry(get("/ping/error"), Need.NOTHING),
                entry(get("/ping/auth"), Need.NOTHING),
                entry(get("/streams"), Need.TOKEN),
                entry(get("/streams/{id}"), Need.TOKEN),
                entry(put("/streams/{id}"), Need.TOKEN),
                entry(delete("/streams/{id}"), Need.TOKEN),
                entry(post("/data/{ids}"), Need.TOKEN),
                entry(get("/data/{ids}"), Need.TOKEN),
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
                entry(post("/log/ticket"), elicast),
                entry(post("/log/submit"), elicast),
                entry(get("/sandbox"), Need.TOKEN),
                entry(get("/sandbox/languages"), Need.TOKEN),
                entry(post("/sandbox/runs"), Need.TOKEN),
                entry(get("/sandbox/runs/{id}"), Need.TOKEN),
                entry(delete("/sandbox/runs/{id}"), Need.TOKEN),
                entry(post("/sandbox/batches"), Need.TOKEN),
                entry(get("/sandbox/batches"), Need.TOKEN),
                entry(get("/sandbox/sessions"), Need.TOKEN));
    }

    /** @return a handler that lets through what the table allows; a failure with 401 or 403 otherwise */
    Handler<RoutingContext> guard(Operation operation) {
        Need need = needs.get(operation);
        if (need == null) {
            throw new IllegalArgumentException(operation + " is not in the table of access");
        }
        return need.token() ? ctx -> check(ctx, need) : RoutingContext::next;
    }

    /**
     * The token is verified before this returns, so a handler that follows still finds the whole body of the request.
     */
    private void check(RoutingContext ctx, Need need) {
        tokens.verify(PresentedToken.of(ctx))
                .onSuccess(caller -> admit(ctx, need, caller))
                .onFailure(ctx::fail);
    }

    private static void admit(RoutingContext ctx, Need need, Caller caller) {
        if (!need.isMetBy(caller)) {
            ctx.fail(new Refusal(403));
            return;
        }
        caller.enter(ctx);
        ctx.next();
    }
}
