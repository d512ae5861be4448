package lyceum.sandbox.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import lyceum.sandbox.SandboxService.Ended;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What must be done about submissions from time to time: says that this instance lives, takes back what dead instances
 * had, removes what is old, and counts. Lives on one context.
 */
final class SubmissionUpkeep {

    private static final Logger LOG = LoggerFactory.getLogger(SubmissionUpkeep.class);
    private static final int ROUNDS_IN_LEASE = 3;

    private final SubmissionStore store;
    private final SubmissionWork work;
    private final Duration resultAge;
    private final RunMetrics metrics;
    private final Consumer<Ended> ended;
    private final Rounds rounds;

    /** @param ended told of each that it gives an outcome */
    SubmissionUpkeep(
            Vertx vertx,
            SubmissionConfig config,
            SubmissionStore store,
            SubmissionWork work,
            RunMetrics metrics,
            Consumer<Ended> ended) {
        this.store = store;
        this.work = work;
        this.resultAge = config.resultAge();
        this.metrics = metrics;
        this.ended = ended;
        Duration pause = Duration.ofMillis(Math.max(1, config.lease().toMillis() / ROUNDS_IN_LEASE));
        this.rounds = new Rounds(vertx, "upkeep of submissions", pause, pause, this::round);
    }

    void start() {
        rounds.wake();
    }

    /** @return done when its present round is over */
    Future<Void> stop() {
        return rounds.stop();
    }

    private Future<Boolean> round() {
        return renew().compose(renewed -> requeue())
                .compose(requeued -> endHopeless())
                .compose(noted -> store.removeOld(resultAge))
                .compose(removed -> store.count())
                .onSuccess(metrics::show)
                .map(false);
    }

    private Future<Void> renew() {
        Set<String> tokens = work.tokens();
        return tokens.isEmpty()
                ? Future.succeededFuture()
                : store.renew(tokens)
                        .onSuccess(ours -> work.abandon(tokens.stream()
                                .filter(token -> !ours.contains(token))
                                .collect(Collectors.toSet())))
                        .mapEmpty();
    }

    private Future<Void> requeue() {
        return store.requeue()
                .onSuccess(count -> {
                    if (count > 0) {
                        LOG.warn("submissions={} of an instance that gave no sign wait again", count);
                        work.wake();
                    }
                })
                .mapEmpty();
    }

    private Future<Void> endHopeless() {
        return store.endHopeless(Unreadable.OUTCOME)
                .onSuccess(tokens -> tokens.forEach(token -> {
                    LOG.warn("gave up submission {} whose instance gave no sign in its last attempt", token);
                    ended.accept(new Ended(token, Unreadable.OUTCOME.verdict()));
                }))
                .mapEmpty();
    }
}
