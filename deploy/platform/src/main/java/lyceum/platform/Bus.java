package lyceum.platform;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import lyceum.platform.Breakers.Contract;
import lyceum.platform.Failure.Kind;
import lyceum.platform.SignsOfLife.Silence;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Contracts over the event bus. A contract is an interface whose every method takes one record and returns a
 * {@code Future} of one record; a method lives at {@code <package>.<method>}, so nobody writes an address.
 *
 * <p>The bus is best effort and has no back-pressure: questions and facts go over it; bytes go as {@code Buffer}s in
 * records of at most a few hundred KiB, a bounded number of them unanswered.
 *
 * <p>Where a contract does not answer at all, whoever asks it is refused at once for a while ({@link Breaker}), so that what
 * waits for it does not pile up. One particular instance has no breaker: it may be gone for good, and those who hold its name
 * are few.
 */
public final class Bus {

    private static final Logger LOG = LoggerFactory.getLogger(Bus.class);

    private final Vertx vertx;
    private final EventBus events;
    private final Duration replyTimeout;
    private final SignsOfLife signs;
    /** Null where nothing is counted. */
    private final BusMeters meters;

    private final Answering answering;

    /**
     * @param replyTimeout how long a proxy waits for an answer unless told otherwise, and for a sign of life of the node
     *     that works on a longer one
     */
    public Bus(Vertx vertx, Duration replyTimeout) {
        this.vertx = vertx;
        this.events = vertx.eventBus();
        this.replyTimeout = replyTimeout;
        this.signs = new SignsOfLife(vertx, replyTimeout);
        this.meters = BusMeters.of(vertx);
        this.answering = new Answering(vertx, meters);
        if (vertx.sharedData().getLocalMap("lyceum.bus").putIfAbsent("codecs", true) == null) {
            events.registerCodec(new BusCodec());
            events.registerDefaultCodec(Failure.class, new FailureCodec());
            events.codecSelector(body -> body instanceof Record ? RecordCodec.NAME : null);
        }
    }

    /** Measures which contracts do not answer: {@code lyceum.bus.breaker} and {@code lyceum.bus.refused}. */
    public static void measure(Vertx vertx, MeterRegistry registry) {
        Breakers.of(vertx).measure(registry);
    }

    /**
     * Opens an implementation to the cluster.
     *
     * @return done when every node can reach every method
     */
    public <S> Future<Void> serve(Class<S> contract, S implementation) {
        return serve(contract, implementation, "");
    }

    /**
     * Opens one particular instance, for what must come back to the same place.
     *
     * @param instance its name, unique in the cluster
     */
    public <S> Future<Void> serve(Class<S> contract, S implementation, String instance) {
        List<Future<Void>> reachable = new ArrayList<>();
        for (Method method : contract.getMethods()) {
            reachable.add(answering.open(address(contract, method, instance), method, implementation));
        }
        return Future.all(reachable).mapEmpty();
    }

    /**
     * Takes no more questions of what is served here; others who serve the same go on.
     *
     * @return done when everything that was asked before is answered
     */
    public Future<Void> withdraw() {
        return answering.withdraw();
    }

    /**
     * Takes no more questions of what is served here, for a stop.
     *
     * @return done when everything that was asked before is answered, or nobody can wait for it any more; never fails
     */
    public Future<Void> drain() {
        return withdraw()
                .timeout(replyTimeout.toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(late -> LOG.warn("stops although {} questions are not answered", answering.unanswered()))
                .otherwiseEmpty();
    }

    /** @return the contract, asked over the bus with the usual time limit */
    public <S> S proxy(Class<S> contract) {
        return proxy(contract, replyTimeout);
    }

    /**
     * @return the contract, asked over the bus with a time limit of its own; where that is longer than the usual one, a
     *     question fails earlier if the node that works on it is gone
     */
    public <S> S proxy(Class<S> contract, Duration timeout) {
        return proxy(contract, timeout, "");
    }

    /** @return the contract as one particular instance serves it, of which nothing follows for the others */
    public <S> S proxy(Class<S> contract, Duration timeout, String instance) {
        if (meters != null) {
            meters.asks(contract);
        }
        Optional<Contract> shared =
                instance.isEmpty() ? Optional.of(Breakers.of(vertx).of(contract, replyTimeout)) : Optional.empty();
        return contract.cast(Proxy.newProxyInstance(
                contract.getClassLoader(), new Class<?>[] {contract}, (self, method, arguments) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        return method.invoke(this, arguments);
                    }
                    String address = address(contract, method, instance);
                    return ask(
                            address, (Record) arguments[0], timeout, shared, error -> countUnanswered(method, error));
                }));
    }

    /** Publishes a fact to every listener. */
    public <T extends Record> void publish(Topic<T> topic, T fact) {
        events.publish(topic.address(), fact, options());
    }

    /**
     * Listens to facts on the present context.
     *
     * @return done when the listener is registered; other nodes learn of it a moment later
     */
    public <T extends Record> Future<Void> listen(Topic<T> topic, Consumer<T> listener) {
        return subscribe(topic, listener).begun();
    }

    /** Listens to facts on the present context, until that is ended. */
    public <T extends Record> Subscription subscribe(Topic<T> topic, Consumer<T> listener) {
        return new Subscription(events.consumer(topic.address()).handler(message -> {
            if (message.body() instanceof Failure unreadable) {
                LOG.warn("passed over a fact of {}: {}", topic.address(), unreadable.getMessage());
                return;
            }
            RequestId.enter(message.headers().get(RequestId.HEADER));
            @SuppressWarnings("unchecked")
            T fact = (T) message.body();
            listener.accept(fact);
        }));
    }

    /** A listener to facts. */
    public static final class Subscription {

        private final MessageConsumer<?> consumer;

        private Subscription(MessageConsumer<?> consumer) {
            this.consumer = consumer;
        }

        /** @return done when the listener is registered; other nodes learn of it a moment later */
        public Future<Void> begun() {
            return consumer.completion();
        }

        /** @return done when nothing is heard any more */
        public Future<Void> end() {
            return consumer.unregister();
        }
    }

    private Future<Record> ask(
            String address,
            Record question,
            Duration timeout,
            Optional<Contract> shared,
            Consumer<Throwable> unanswered) {
        if (shared.isPresent() && !shared.get().lets()) {
            return Future.failedFuture(
                    new Failure(Kind.UNAVAILABLE, shared.get().name() + " does not answer, please try again"));
        }
        Optional<Breaker> breaker = shared.map(Contract::breaker);
        long askedNanos = System.nanoTime();
        return ask(address, question, timeout, () -> breaker.ifPresent(Breaker::heard))
                .onComplete(answer -> breaker.ifPresent(it -> note(it, askedNanos, answer)))
                .map(Message::body)
                .onFailure(unanswered::accept)
                .recover(error -> Future.failedFuture(asFailure(address, error)));
    }

    private Future<Message<Record>> ask(String address, Record question, Duration timeout, Runnable sign) {
        DeliveryOptions options = options().setSendTimeout(timeout.toMillis());
        Supplier<Future<Message<Record>>> asking = () -> events.request(address, question, options);
        boolean isLong = timeout.compareTo(replyTimeout) > 0;
        return isLong ? signs.ask(address, options, asking, sign) : asking.get();
    }

    /** What the other side says is an answer, whatever it is. */
    private static void note(Breaker breaker, long askedNanos, AsyncResult<?> answer) {
        ReplyFailure reply = answer.cause() instanceof ReplyException refused ? refused.failureType() : null;
        if (answer.cause() instanceof Silence || reply == ReplyFailure.TIMEOUT || reply == ReplyFailure.NO_HANDLERS) {
            breaker.missed(askedNanos);
        } else if (answer.succeeded() || reply != null) {
            breaker.heard();
        }
    }

    private void countUnanswered(Method method, Throwable error) {
        if (meters != null
                && error instanceof ReplyException reply
                && reply.failureType() != ReplyFailure.RECIPIENT_FAILURE) {
            meters.unanswered(method);
        }
    }

    private static Throwable asFailure(String address, Throwable error) {
        if (error instanceof Silence) {
            return new Failure(Kind.UNAVAILABLE, "nobody works on " + address + " any more");
        }
        if (error instanceof Failure || !(error instanceof ReplyException reply)) {
            return error;
        }
        if (reply.failureType() == ReplyFailure.NO_HANDLERS) {
            return new Failure(Kind.UNAVAILABLE, "nobody serves " + address);
        }
        if (reply.failureType() == ReplyFailure.TIMEOUT) {
            return new Failure(Kind.UNAVAILABLE, address + " did not answer in time");
        }
        return error;
    }

    private static DeliveryOptions options() {
        DeliveryOptions options = new DeliveryOptions();
        String id = RequestId.current();
        return id == null ? options : options.addHeader(RequestId.HEADER, id);
    }

    private static String address(Class<?> contract, Method method, String instance) {
        String address = contract.getPackageName() + '.' + method.getName();
        return instance.isEmpty() ? address : address + '@' + instance;
    }
}
