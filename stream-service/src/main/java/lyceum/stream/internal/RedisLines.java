package lyceum.stream.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/** A few connections for questions that are answered at once; the least busy one is asked. */
final class RedisLines {

    private static final ToIntFunction<RedisLine> BUSYNESS = RedisLine::unanswered;

    private final List<RedisLine> lines;

    RedisLines(Vertx vertx, String url, Duration limit, int count) {
        lines = IntStream.range(0, count)
                .mapToObj(i -> new RedisLine(vertx, url, limit))
                .toList();
    }

    /** @return as {@link RedisLine#send(Request)} */
    Future<Response> send(Request command) {
        return leastBusy().send(command);
    }

    /** @return as {@link RedisLine#batch} */
    Future<List<Response>> batch(List<Request> commands) {
        return leastBusy().batch(commands);
    }

    Future<Void> close() {
        return Future.join(lines.stream().map(RedisLine::close).toList()).mapEmpty();
    }

    private RedisLine leastBusy() {
        return lines.stream().min(Comparator.comparingInt(BUSYNESS)).orElseThrow();
    }
}
