package lyceum.platform;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import lyceum.platform.Failure.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The side of a bus that is asked: what it serves, and how many questions it has not answered yet. */
final class Answering {

    /** Defects are those of the bus for whoever reads the log. */
    private static final Logger LOG = LoggerFactory.getLogger(Bus.class);

    private final Vertx vertx;
    /** Null where nothing is counted. */
    private final BusMeters meters;

    private final List<MessageConsumer<?>> served = new CopyOnWriteArrayList<>();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final Promise<Void> drained = Promise.promise();
    private volatile boolean isWithdrawn;

    Answering(Vertx vertx, BusMeters meters) {
        this.vertx = vertx;
        this.meters = meters;
    }

    /** @return done when every node can reach the method */
    Future<Void> open(String address, Method method, Object implementation) {
        MessageConsumer<?> consumer =
                vertx.eventBus().consumer(address).handler(message -> answer(method, implementation, message));
        served.add(consumer);
        return consumer.completion();
    }

    /** @return as {@link Bus#withdraw} */
    Future<Void> withdraw() {
        return Future.join(served.stream().map(MessageConsumer::unregister).toList())
                .transform(gone -> {
                    isWithdrawn = true;
                    completeWhereAllIsAnswered();
                    return drained.future();
                });
    }

    int unanswered() {
        return unanswered.get();
    }

    private void completeWhereAllIsAnswered() {
        if (isWithdrawn && unanswered.get() == 0) {
            drained.tryComplete();
        }
    }

    private void answer(Method method, Object implementation, Message<?> message) {
        RequestId.enter(message.headers().get(RequestId.HEADER));
        long startNanos = System.nanoTime();
        unanswered.incrementAndGet();
        Future<Record> answer = message.body() instanceof Failure unreadable
                ? Future.failedFuture(unreadable)
                : call(method, implementation, message.body());
        if (meters != null) {
            answer.onComplete(end -> meters.answered(method, end, System.nanoTime() - startNanos));
        }
        SignsOfLife.give(vertx, message.headers(), answer);
        answer.onSuccess(message::reply)
                .onFailure(error -> message.reply(failure(method, error)))
                .onComplete(replied -> {
                    unanswered.decrementAndGet();
                    completeWhereAllIsAnswered();
                });
    }

    @SuppressWarnings("unchecked")
    private static Future<Record> call(Method method, Object implementation, Object question) {
        try {
            return (Future<Record>) method.invoke(implementation, question);
        } catch (InvocationTargetException e) {
            return Future.failedFuture(e.getCause());
        } catch (IllegalAccessException e) {
            return Future.failedFuture(e);
        }
    }

    private static Failure failure(Method method, Throwable error) {
        if (error instanceof Failure failure) {
            return failure;
        }
        return switch (ErrorKind.of(error)) {
            case UNAVAILABLE -> {
                LOG.warn("a store is out of reach of {}: {}", method.getName(), error.toString());
                yield new Failure(Kind.UNAVAILABLE, "a part that is needed does not answer, please try again");
            }
            case INVALID -> {
                // The asker's fault, but a service that writes such a text of its own accord must not go unnoticed.
                LOG.warn("{} was to keep a text with NUL: {}", method.getName(), error.toString());
                yield Failure.invalid("a text with NUL cannot be kept");
            }
            default -> {
                LOG.error("defect in {}", method, error);
                yield new Failure(Kind.INTERNAL, "internal error");
            }
        };
    }
}
