package lyceum.elicast.internal;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.sandbox.Outcome;
import lyceum.sandbox.Outcome.Output;
import lyceum.sandbox.Outcome.Usage;
import lyceum.sandbox.Run;
import lyceum.sandbox.SandboxService;
import lyceum.sandbox.Verdict;

/** A sandbox that ends every run as it is told. */
final class FakeSandbox implements SandboxService {

    private volatile Future<Outcome> ending = Future.failedFuture("nobody has said how runs end");
    private volatile Run lastRun;

    @Override
    public Future<Outcome> run(Run order) {
        lastRun = order;
        return ending;
    }

    @Override
    public Future<Isolation> inspect(Inspect question) {
        return Future.succeededFuture(new Isolation(true, "none"));
    }

    @Override
    public Future<LanguageList> languages(ListLanguages question) {
        return unasked();
    }

    @Override
    public Future<Accepted> submit(Submit order) {
        return unasked();
    }

    @Override
    public Future<SubmissionList> findSubmissions(FindSubmissions question) {
        return unasked();
    }

    @Override
    public Future<Done> removeSubmission(RemoveSubmission order) {
        return unasked();
    }

    @Override
    public Future<OpenedSession> openSession(OpenSession order) {
        return unasked();
    }

    private static <T> Future<T> unasked() {
        return Future.failedFuture("elicast does not ask that");
    }

    Run lastRun() {
        return lastRun;
    }

    /** Ends no run before that is told. */
    Promise<Outcome> endLater() {
        Promise<Outcome> later = Promise.promise();
        ending = later.future();
        return later;
    }

    static Outcome cancelled() {
        return new Outcome(
                Verdict.CANCELLED, 137, 0, Output.NONE, Output.NONE, new Usage(17, 5, 4096), null, List.of(), 0);
    }

    void endWith(Verdict verdict, int exitCode, Buffer output) {
        Output stdout = new Output(output, output.length(), false);
        Usage usage = new Usage(17, 5, 4096);
        ending = Future.succeededFuture(
                new Outcome(verdict, exitCode, 0, stdout, Output.NONE, usage, null, List.of(), 0));
    }

    void endWith(Verdict verdict, int exitCode, String output) {
        endWith(verdict, exitCode, Buffer.buffer(output));
    }

    void failWith(Kind kind, String text) {
        ending = Future.failedFuture(new Failure(kind, text));
    }
}
