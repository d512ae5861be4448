package lyceum.sandbox.internal;

import io.vertx.core.Future;
import java.util.List;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.sandbox.Outcome;
import lyceum.sandbox.Run;
import lyceum.sandbox.SandboxService;

/**
 * The service on a machine that cannot isolate: code is never run unprotected.
 *
 * @param reason why it cannot, in one line
 */
record Impossible(String reason) implements SandboxService {

    @Override
    public Future<Outcome> run(Run order) {
        return refuse();
    }

    @Override
    public Future<Isolation> inspect(Inspect question) {
        return Future.succeededFuture(new Isolation(false, reason));
    }

    @Override
    public Future<LanguageList> languages(ListLanguages question) {
        return Future.succeededFuture(new LanguageList(List.of()));
    }

    @Override
    public Future<Accepted> submit(Submit order) {
        return refuse();
    }

    @Override
    public Future<SubmissionList> findSubmissions(FindSubmissions question) {
        return refuse();
    }

    @Override
    public Future<Done> removeSubmission(RemoveSubmission order) {
        return refuse();
    }

    @Override
    public Future<OpenedSession> openSession(OpenSession order) {
        return refuse();
    }

    private <T> Future<T> refuse() {
        return Future.failedFuture(new Failure(Kind.UNAVAILABLE, "code cannot be run here: " + reason));
    }
}
