package lyceum.stream.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;

/** What is open at this instance, by id; what nobody asks for longer than its lease is ended. Lives on one context. */
final class Sessions<T> {

    private static final int CHECKS_PER_LEASE = 4;

    private final Duration lease;
    private final int most;
    private final Consumer<T> ended;
    private final Map<String, Held<T>> open = new HashMap<>();
    private int opening;
    private long refused;

    private static final class Held<T> {
        final T session;
        int questions;
        long lastNanos = System.nanoTime();

        Held(T session) {
            this.session = session;
        }
    }

    /**
     * @param most that may be open
     * @param ended told of each that is not open any more
     */
    Sessions(Vertx vertx, Duration lease, int most, Consumer<T> ended) {
        this.lease = lease;
        this.most = most;
        this.ended = ended;
        vertx.setPeriodic(Math.max(1, lease.toMillis() / CHECKS_PER_LEASE), check -> endForgotten());
    }

    /** @param making makes the session of an id. @return the id; or BUSY, and the failures of making it */
    Future<String> open(Function<String, Future<T>> making) {
        if (open.size() + opening >= most) {
            refused++;
            return Future.failedFuture(new Failure(Kind.BUSY, "too many sessions are open, please try again"));
        }
        opening++;
        String id = UUID.randomUUID().toString();
        return Future.succeededFuture()
                .compose(begun -> making.apply(id))
                .onComplete(made -> opening--)
                .map(session -> {
                    open.put(id, new Held<>(session));
                    return id;
                });
    }

    /** @return how many are open, or about to be */
    int count() {
        return open.size() + opening;
    }

    /** @return how often there were too many */
    long refused() {
        return refused;
    }

    /** @return the answer of a session; or NOT_FOUND */
    <R> Future<R> ask(String id, Function<T, Future<R>> question) {
        Held<T> held = open.get(id);
        if (held == null) {
            return Future.failedFuture(Failure.notFound("no such session (any more)"));
        }
        held.questions++;
        return Future.succeededFuture()
                .compose(begun -> question.apply(held.session))
                .onComplete(answered -> {
                    held.questions--;
                    held.lastNanos = System.nanoTime();
                });
    }

    /** An unknown one is left alone. */
    void end(String id) {
        Held<T> held = open.remove(id);
        if (held != null) {
            ended.accept(held.session);
        }
    }

    /** Ends all. */
    void close() {
        List.copyOf(open.keySet()).forEach(this::end);
    }

    private void endForgotten() {
        long nowNanos = System.nanoTime();
        open.entrySet().stream()
                .filter(entry -> isForgotten(entry.getValue(), nowNanos))
                .map(Map.Entry::getKey)
                .toList()
                .forEach(this::end);
    }

    private boolean isForgotten(Held<T> held, long nowNanos) {
        return held.questions == 0 && TimeUnit.NANOSECONDS.toMillis(nowNanos - held.lastNanos) > lease.toMillis();
    }
}
