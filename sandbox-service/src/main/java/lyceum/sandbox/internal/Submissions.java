package lyceum.sandbox.internal;

import io.vertx.core.Future;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import lyceum.platform.Bus;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.sandbox.Run;
import lyceum.sandbox.SandboxService;
import lyceum.sandbox.SandboxService.Accepted;
import lyceum.sandbox.SandboxService.Cancellation;
import lyceum.sandbox.SandboxService.Done;
import lyceum.sandbox.SandboxService.FindSubmissions;
import lyceum.sandbox.SandboxService.Order;
import lyceum.sandbox.SandboxService.RemoveSubmission;
import lyceum.sandbox.SandboxService.SubmissionList;
import lyceum.sandbox.SandboxService.Submit;

/** The rules of submissions: what is stored, found and removed. {@link SubmissionWork} runs them. */
final class Submissions {

    /** Of one submit, and of one find: each may be as large as a run and its outputs. */
    static final int MOST_AT_ONCE = 100;

    private final SubmissionConfig config;
    private final Bus bus;
    private final Runs runs;
    private final SubmissionStore store;

    Submissions(SubmissionConfig config, Bus bus, Runs runs, SubmissionStore store) {
        this.config = config;
        this.bus = bus;
        this.runs = runs;
        this.store = store;
    }

    /** @return as {@code SandboxService.submit}; INVALID also where its runs are of several callers, or too many */
    Future<Accepted> submit(Submit order) {
        List<Run> all = order.orders().stream().map(Order::run).toList();
        if (all.isEmpty() || all.size() > MOST_AT_ONCE) {
            return Future.failedFuture(
                    Failure.invalid("1 to %d runs can be submitted at once".formatted(MOST_AT_ONCE)));
        }
        if (all.stream().map(Run::caller).distinct().count() > 1) {
            return Future.failedFuture(Failure.invalid("runs that are submitted at once are of one caller"));
        }
        order.orders().stream()
                .map(Order::webhook)
                .filter(webhook -> !webhook.isEmpty())
                .distinct()
                .forEach(webhook ->
                        WebhookUrl.of(webhook).requireCallable(config.webhooks().hosts()));
        int mostOfCaller = all.get(0).caller().isEmpty() ? config.queueLength() : config.queueLengthOfCaller();
        return Future.all(IntStream.range(0, all.size())
                        .mapToObj(i -> check(all, i))
                        .toList())
                .compose(right -> store.insert(order.orders(), config.queueLength(), mostOfCaller))
                .onSuccess(stored -> bus.publish(Submitted.TOPIC, new Submitted(all.size())))
                .map(stored -> new Accepted(all.stream().map(Run::id).toList()));
    }

    /** Of several, the one that is wrong is named as clients of the API have written it. */
    private Future<Void> check(List<Run> all, int index) {
        return runs.check(all.get(index))
                .recover(error -> error instanceof Failure failure && failure.kind() == Kind.INVALID && all.size() > 1
                        ? Future.failedFuture(Failure.invalid("runs[%d].%s".formatted(index, failure.getMessage())))
                        : Future.failedFuture(error));
    }

    /** @return as {@code SandboxService.findSubmissions}; INVALID where there are too many tokens */
    Future<SubmissionList> find(FindSubmissions question) {
        List<String> tokens = question.tokens();
        if (tokens.size() > MOST_AT_ONCE) {
            return Future.failedFuture(
                    Failure.invalid("up to %d submissions can be found at once".formatted(MOST_AT_ONCE)));
        }
        List<String> possible = tokens.stream().filter(Submissions::isPossible).toList();
        return store.find(question.caller(), possible)
                .map(found -> new SubmissionList(
                        tokens.stream().map(found::get).filter(Objects::nonNull).toList()));
    }

    /** @return as {@code SandboxService.removeSubmission} */
    Future<Done> remove(RemoveSubmission order) {
        if (!isPossible(order.token())) {
            return Future.failedFuture(Failure.notFound("no such submission"));
        }
        return store.remove(order.caller(), order.token()).map(existed -> {
            if (!existed) {
                throw Failure.notFound("no such submission");
            }
            bus.publish(SandboxService.CANCEL, new Cancellation(order.token()));
            return new Done();
        });
    }

    /** PostgreSQL takes no text with NUL. */
    private static boolean isPossible(String token) {
        return token.indexOf('\0') < 0;
    }
}
