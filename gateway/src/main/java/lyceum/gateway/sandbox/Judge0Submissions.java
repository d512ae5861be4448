package lyceum.gateway.sandbox;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lyceum.gateway.judge0.Judge0Languages;
import lyceum.gateway.judge0.SubmissionForm;
import lyceum.gateway.route.Refusal;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.sandbox.Run.Priority;
import lyceum.sandbox.SandboxService;
import lyceum.sandbox.SandboxService.ListLanguages;
import lyceum.sandbox.SandboxService.Order;
import lyceum.sandbox.SandboxService.RemoveSubmission;
import lyceum.sandbox.SandboxService.Submit;
import lyceum.sandbox.Submission;

/** What clients of Judge0 want of the sandbox: submissions that are stored and fetched, each by the one who made it. */
final class Judge0Submissions {

    private final Vertx vertx;
    private final SandboxService sandbox;

    Judge0Submissions(Vertx vertx, SandboxService sandbox) {
        this.vertx = vertx;
        this.sandbox = sandbox;
    }

    /** @return what is to be created, right or wrong; read beside the event loop, because archives may be long */
    Future<List<Judge0Order>> read(List<JsonObject> bodies, boolean isBase64) {
        return sandbox.languages(new ListLanguages())
                .map(list -> new Judge0Languages(list.languages()))
                .compose(languages -> vertx.executeBlocking(
                        () -> bodies.stream()
                                .map(body -> Judge0Order.of(new SubmissionForm(body, isBase64, languages)))
                                .toList(),
                        false));
    }

    /**
     * Stores submissions of one caller, all or none.
     *
     * @return done; or 503 where the queue is full
     */
    Future<Void> submit(List<Judge0Order> orders, String caller, Priority priority) {
        if (orders.isEmpty()) {
            return Future.succeededFuture();
        }
        List<Order> all = orders.stream()
                .map(order -> new Order(
                        order.form().run(order.token(), caller, priority),
                        order.form().callbackUrl()))
                .toList();
        return sandbox.submit(new Submit(all)).<Void>mapEmpty().recover(Judge0Submissions::asRefusal);
    }

    /** @return the submission, if there is one of that token and it is the caller's */
    Future<Optional<Submission>> find(String token, String caller) {
        return SandboxBatch.find(sandbox, caller, token);
    }

    /** @return the submission, or 404 */
    Future<Submission> get(String token, String caller) {
        return find(token, caller).map(found -> found.orElseThrow(() -> new Refusal(404)));
    }

    Future<Void> remove(String token, String caller) {
        return sandbox.removeSubmission(new RemoveSubmission(caller, token)).mapEmpty();
    }

    private static Future<Void> asRefusal(Throwable error) {
        boolean isFull = error instanceof Failure failure && failure.kind() == Kind.BUSY;
        return Future.failedFuture(isFull ? new Refusal(503, "queue is full", Map.of("Retry-After", "1")) : error);
    }
}
