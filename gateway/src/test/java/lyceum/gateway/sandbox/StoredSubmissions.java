package lyceum.gateway.sandbox;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import lyceum.gateway.stream.Scripted;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.sandbox.Outcome;
import lyceum.sandbox.Run;
import lyceum.sandbox.SandboxService;
import lyceum.sandbox.SandboxService.Accepted;
import lyceum.sandbox.SandboxService.Done;
import lyceum.sandbox.SandboxService.FindSubmissions;
import lyceum.sandbox.SandboxService.ListLanguages;
import lyceum.sandbox.SandboxService.Order;
import lyceum.sandbox.SandboxService.RemoveSubmission;
import lyceum.sandbox.SandboxService.SubmissionList;
import lyceum.sandbox.SandboxService.Submit;
import lyceum.sandbox.Submission;
import lyceum.sandbox.Submission.State;

/** A sandbox on the bus that keeps submissions and runs none: a test says how they end. */
final class StoredSubmissions {

    private static final Instant NOW = Instant.parse("2026-11-24T21:28:00Z");

    private final Map<String, Submission> stored = Collections.synchronizedMap(new LinkedHashMap<>());
    private final Scripted<SandboxService> sandbox;

    private volatile Outcome outcome;

    StoredSubmissions(Vertx vertx) {
        sandbox = new Scripted<>(vertx, SandboxService.class)
                .on(ListLanguages.class, SandboxExamples.LANGUAGES)
                .on(Submit.class, order -> Future.succeededFuture(store(order)))
                .on(FindSubmissions.class, question -> Future.succeededFuture(find(question)))
                .on(RemoveSubmission.class, this::remove);
    }

    /** From now on everything has ended when it is stored. */
    void endAllWith(Outcome outcome) {
        this.outcome = outcome;
    }

    void end(String token, Outcome outcome) {
        stored.computeIfPresent(token, (same, open) -> ended(open.run(), outcome));
    }

    /** From now on nothing is stored. */
    void refuse(Failure failure) {
        sandbox.on(Submit.class, order -> Future.failedFuture(failure));
    }

    <Q extends Record> void on(Class<Q> question, Function<Q, Future<? extends Record>> answer) {
        sandbox.on(question, answer);
    }

    <Q extends Record> List<Q> asked(Class<Q> question) {
        return sandbox.asked(question);
    }

    /** @return how often somebody looked for submissions */
    int looks() {
        return asked(FindSubmissions.class).size();
    }

    List<String> tokens() {
        return new ArrayList<>(stored.keySet());
    }

    /** @return what was submitted, without the webhooks */
    static List<Run> runs(Submit order) {
        return order.orders().stream().map(Order::run).toList();
    }

    private Accepted store(Submit order) {
        runs(order)
                .forEach(run -> stored.put(
                        run.id(),
                        outcome == null
                                ? new Submission(run.id(), run, State.QUEUED, null, NOW, null)
                                : ended(run, outcome)));
        return new Accepted(runs(order).stream().map(Run::id).toList());
    }

    private static Submission ended(Run run, Outcome outcome) {
        return new Submission(run.id(), run, State.ENDED, outcome, NOW, NOW.plusMillis(50));
    }

    private SubmissionList find(FindSubmissions question) {
        return new SubmissionList(question.tokens().stream()
                .map(token -> of(token, question.caller()))
                .filter(Objects::nonNull)
                .toList());
    }

    private Submission of(String token, String caller) {
        Submission submission = stored.get(token);
        return submission != null && submission.run().caller().equals(caller) ? submission : null;
    }

    private Future<Done> remove(RemoveSubmission order) {
        if (of(order.token(), order.caller()) == null) {
            return Future.failedFuture(new Failure(Kind.NOT_FOUND, "submission -- Not exist"));
        }
        stored.remove(order.token());
        return Future.succeededFuture(new Done());
    }
}
