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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import lyceum.platform.Failure.Kind;
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
    /** So many may be lost or late before it counts as a silence. */
    private static final int SIGNS_IN_LIMIT = 4;

    private final Vertx vertx;
    private final Duration limit;
    private final String address = "lyceum.signs@" + UUID.randomUUID();
    private final AtomicBoolean listening = new AtomicBoolean();
    private final AtomicLong lastQuestion = new AtomicLong();
    /** When something was heard of each question that waits for its answer, by {@link System#nanoTime()}. */
    private final Map<Long, Long> heardNanos = new ConcurrentHashMap<>();

    /** @param limit the longest silence */
    SignsOfLife(Vertx vertx, Duration limit) {
        this.vertx = vertx;
        this.limit = limit;
    }

    /**
     * Asks a question that may take longer than the limit.
     *
     * @param to where it is asked, for the text of the failure
     * @param options it is asked with, to which is added what the other side needs
     * @return its answer, or UNAVAILABLE after a silence
     */
    <T> Future<T> ask(String to, DeliveryOptions options, Supplier<Future<T>> asking) {
        if (!vertx.isClustered()) {
            return asking.get();
        }
        listen();
        long question = lastQuestion.incrementAndGet();
        long intervalMillis = Math.max(1, limit.toMillis() / SIGNS_IN_LIMIT);
        options.addHeader(TO, address)
                .addHeader(QUESTION, Long.toString(question))
                .addHeader(INTERVAL_MILLIS, Long.toString(intervalMillis));
        heardNanos.put(question, System.nanoTime());
        Promise<T> answer = Promise.promise();
        long timer = vertx.setPeriodic(intervalMillis, tick -> {
            if (isSilent(question)) {
                answer.tryFail(new Failure(Kind.UNAVAILABLE, "nobody works on " + to + " any more"));
            }
        });
        asking.get().onSuccess(answer::tryComplete).onFailure(answer::tryFail);
        return answer.future().onComplete(end -> {
            vertx.cancelTimer(timer);
            heardNanos.remove(question);
        });
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

    private void listen() {
        if (listening.compareAndSet(false, true)) {
            vertx.eventBus()
                    .consumer(address, this::hear)
                    .completion()
                    .onFailure(error -> LOG.error("long questions will be given up too soon", error));
        }
    }

    private void hear(Message<Long> sign) {
        heardNanos.computeIfPresent(sign.body(), (question, before) -> System.nanoTime());
    }

    private boolean isSilent(long question) {
        Long heard = heardNanos.get(question);
        return heard != null && System.nanoTime() - heard > limit.toNanos();
    }
}
