package lyceum.platform;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a long answer from one that never comes. A run of code may take minutes, and the bus does not say that the node
 * which works on it was killed; so that node gives a sign now and then, and who asks gives up after a silence. In one JVM
 * nobody can die alone, and there are no signs.
 */
final class SignsOfLife {

    private static final Logger LOG = LoggerFactory.getLogger(SignsOfLife.class);

    private static final String TO = "signs-to";
    private static final String QUESTION = "signs-for";
    private static final String INTERVAL_MILLIS = "signs-every";
    /** So many must fail to come before it counts as a silence. */
    private static final int SIGNS_IN_LIMIT = 4;

    private final Vertx vertx;
    private final long intervalMillis;
    private final String address = "lyceum.signs@" + UUID.randomUUID();
    private final AtomicLong lastQuestion = new AtomicLong();
    /**
     * How often in a row no sign of a question that waits for its answer was there when one was due. Counted and not
     * timed: after a pause of this process, signs that have come meanwhile are still to be heard.
     */
    private final Map<Long, Waiting> waiting = new ConcurrentHashMap<>();

    private Future<Void> listening;

    /**
     * A question that is being worked on.
     *
     * @param missed signs that were due, in a row
     * @param sign told of each one that comes
     */
    private record Waiting(int missed, Runnable sign) {
        Waiting withMissed(int count) {
            return new Waiting(count, sign);
        }
    }

    /** Nobody works on a question any more. */
    static final class Silence extends Exception {
        private static final long serialVersionUID = 1L;

        Silence(String to) {
            super(to, null, false, false);
        }
    }

    /** @param limit the longest silence */
    SignsOfLife(Vertx vertx, Duration limit) {
        this.vertx = vertx;
        this.intervalMillis = Math.max(1, limit.toMillis() / SIGNS_IN_LIMIT);
    }

    /**
     * Asks a question that may take longer than the limit.
     *
     * @param to where it is asked, for the text of the failure
     * @param options it is asked with, to which is added what the other side needs
     * @param sign told of each sign of life
     * @return its answer, or {@link Silence}
     */
    <T> Future<T> ask(String to, DeliveryOptions options, Supplier<Future<T>> asking, Runnable sign) {
        if (!vertx.isClustered()) {
            return asking.get();
        }
        long question = lastQuestion.incrementAndGet();
        options.addHeader(TO, address)
                .addHeader(QUESTION, Long.toString(question))
                .addHeader(INTERVAL_MILLIS, Long.toString(intervalMillis));
        waiting.put(question, new Waiting(0, sign));
        Promise<T> answer = Promise.promise();
        listening().onSuccess(ready -> watch(question, to, answer));
        asking.get().onSuccess(answer::tryComplete).onFailure(answer::tryFail);
        return answer.future().onComplete(end -> waiting.remove(question));
    }

    /** Looks again and again until the question is answered; then nothing holds its answer any more. */
    private void watch(long question, String to, Promise<?> answer) {
        long timer = vertx.setPeriodic(intervalMillis, due -> {
            Waiting now =
                    waiting.computeIfPresent(question, (number, before) -> before.withMissed(before.missed() + 1));
            if (now != null && now.missed() >= SIGNS_IN_LIMIT) {
                answer.tryFail(new Silence(to));
            }
        });
        answer.future().onComplete(end -> vertx.cancelTimer(timer));
    }

    /** Gives signs until a question is answered, if its asker wants any. */
    static void give(Vertx vertx, MultiMap question, Future<?> answer) {
        if (question.contains(TO) && !answer.isComplete()) {
            String to = question.get(TO);
            long number = Long.parseLong(question.get(QUESTION));
            long timer = vertx.setPeriodic(
                    Long.parseLong(question.get(INTERVAL_MILLIS)),
                    tick -> vertx.eventBus().send(to, number));
            answer.onComplete(end -> vertx.cancelTimer(timer));
        }
    }

    private synchronized Future<Void> listening() {
        if (listening == null) {
            listening = vertx.eventBus()
                    .consumer(address, this::hear)
                    .completion()
                    .onFailure(error -> LOG.error("questions are waited for even if nobody works on them", error));
        }
        return listening;
    }

    private void hear(Message<Long> sign) {
        Waiting question = waiting.computeIfPresent(sign.body(), (number, before) -> before.withMissed(0));
        if (question != null) {
            question.sign().run();
        }
    }
}
