package lyceum.gateway.stream;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import lyceum.platform.Bus;

/** A service on the bus that answers each kind of question as it is told, and remembers what it was asked. */
public final class Scripted<S> {

    private final Map<Class<?>, Function<Record, Future<? extends Record>>> answers = new ConcurrentHashMap<>();
    private final List<Record> asked = new CopyOnWriteArrayList<>();

    public Scripted(Vertx vertx, Class<S> contract, String... instances) {
        Object service = Proxy.newProxyInstance(
                contract.getClassLoader(),
                new Class<?>[] {contract},
                (self, method, arguments) -> answer((Record) arguments[0]));
        Bus bus = new Bus(vertx, Duration.ofSeconds(5));
        bus.serve(contract, contract.cast(service)).await();
        for (String instance : instances) {
            bus.serve(contract, contract.cast(service), instance).await();
        }
    }

    private Future<? extends Record> answer(Record question) {
        asked.add(question);
        return answers.getOrDefault(
                        question.getClass(), unexpected -> Future.failedFuture("nobody expects " + unexpected))
                .apply(question);
    }

    /** Says how a kind of question is answered from now on. */
    public <Q extends Record> Scripted<S> on(Class<Q> question, Function<Q, Future<? extends Record>> answer) {
        answers.put(question, asked -> answer.apply(question.cast(asked)));
        return this;
    }

    /** Says what a kind of question is answered with from now on. */
    public <Q extends Record> Scripted<S> on(Class<Q> question, Record answer) {
        return on(question, any -> Future.succeededFuture(answer));
    }

    /** @return the questions of one kind so far */
    public <Q extends Record> List<Q> asked(Class<Q> question) {
        return asked.stream().filter(question::isInstance).map(question::cast).toList();
    }

    /** @return everything that was asked so far */
    public List<Record> asked() {
        return asked;
    }
}
