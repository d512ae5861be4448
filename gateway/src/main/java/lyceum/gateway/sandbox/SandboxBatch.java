package lyceum.gateway.sandbox;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.Json;
import io.vertx.ext.web.RoutingContext;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import lyceum.gateway.route.Offload;
import lyceum.platform.Loop;
import lyceum.sandbox.SandboxService;
import lyceum.sandbox.SandboxService.FindSubmissions;
import lyceum.sandbox.Submission;
import lyceum.sandbox.json.OutcomeJson;

/**
 * Writes many submissions of one caller, each as it is found: the next one is asked for when the client has taken the
 * last one, because each may be megabytes long.
 */
final class SandboxBatch {

    private static final Buffer NOBODY = Buffer.buffer("null");

    private final SandboxService sandbox;
    private final String caller;
    private final Iterator<String> ids;
    private final RoutingContext ctx;

    private String before = "{\"runs\":[";

    /** @param ids in the order of the answer, one at least */
    SandboxBatch(SandboxService sandbox, String caller, List<String> ids, RoutingContext ctx) {
        this.sandbox = sandbox;
        this.caller = caller;
        this.ids = ids.iterator();
        this.ctx = ctx;
    }

    /** @return the submission, if there is one of that id and it is the caller's */
    static Future<Optional<Submission>> find(SandboxService sandbox, String caller, String id) {
        return sandbox.findSubmissions(new FindSubmissions(caller, List.of(id)))
                .map(found -> found.submissions().stream().findFirst());
    }

    /** @return what a client is told about it */
    static Future<Buffer> json(Vertx vertx, Submission submission) {
        long bytes = submission.outcome() == null ? 0 : OutcomeJson.sizeBytes(submission.outcome());
        return Offload.work(vertx, bytes, () -> Json.encodeToBuffer(OutcomeJson.submission(submission)));
    }

    /** @return done when all is written; fails where one cannot be asked for */
    Future<Void> write() {
        HttpServerResponse response = SandboxRoutes.json(ctx, 200).setChunked(true);
        return Loop.whileTrue(() -> writeNext(response)).compose(written -> response.end("]}"));
    }

    /** @return whether there is another one */
    private Future<Boolean> writeNext(HttpServerResponse response) {
        return find(sandbox, caller, ids.next())
                .compose(found -> found.map(submission -> json(ctx.vertx(), submission))
                        .orElseGet(() -> Future.succeededFuture(NOBODY)))
                .compose(json -> response.write(Buffer.buffer(before).appendBuffer(json)))
                .map(written -> {
                    before = ",";
                    return ids.hasNext();
                });
    }
}
