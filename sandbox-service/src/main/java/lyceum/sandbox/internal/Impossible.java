package lyceum.sandbox.internal;

import io.vertx.core.Future;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.sandbox.SandboxService;

/**
 * The service on a machine that cannot isolate: code is never run unprotected.
 *
 * @param reason why it cannot, in one line
 */
record Impossible(String reason) implements SandboxService {

    @Override
    public Future<Outcome> run(Run order) {
        return Future.failedFuture(new Failure(Kind.UNAVAILABLE, "code cannot be run here: " + reason));
    }

    @Override
    public Future<Isolation> inspect(Inspect question) {
        return Future.succeededFuture(new Isolation(false, reason));
    }
}
