package lyceum.stream.internal;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to Redis at a time: opened when it is first needed, opened anew after it is lost, given up when an answer is
 * late. Lives on one context.
 *
 * @param <L> what it is
 */
final class Line<L extends Link> {

    /** More commands at once are refused; the client keeps an answer in mind for each. */
    static final int MOST_UNANSWERED = 20_000;

    private static final Logger LOG = LoggerFactory.getLogger(Line.class);
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 2000;

    private final Duration limit;
    private final Supplier<L> links;
    private final Thread thread = Thread.currentThread();

    private Future<L> open;
    private int unanswered;
    private long pauseMillis;
    private long notBeforeNanos = System.nanoTime();
    private boolean isClosed;

    /**
     * @param limit for one answer, and for a connection
     * @param links makes another one, which is not open
     */
    Line(Duration limit, Supplier<L> links) {
        this.limit = limit;
        this.links = links;
    }

    Duration limit() {
        return limit;
    }

    int unanswered() {
        return unanswered;
    }

    /**
     * Asks something.
     *
     * @param commands how many it is
     * @param longest how long the answer may take
     * @return the answer; or UNAVAILABLE, BUSY, and what Redis says against the command
     */
    <T> Future<T> ask(int commands, Duration longest, Function<L, Future<T>> question) {
        // A connection that is opened elsewhere answers elsewhere, and nothing here is made for two threads.
        assert Thread.currentThread() == thread : "a line is used on the context that made it";
        if (unanswered + commands > MOST_UNANSWERED) {
            return Future.failedFuture(RedisFailure.busy());
        }
        unanswered += commands;
        return connected()
                .compose(link -> question.apply(link)
                        .timeout(longest.toMillis(), TimeUnit.MILLISECONDS)
                        .onFailure(error -> giveUp(link, error)))
                .onComplete(answered -> unanswered -= commands)
                .recover(error -> Future.failedFuture(RedisFailure.of(error)));
    }

    private Future<L> connected() {
        if (open == null || open.failed()) {
            if (isClosed || System.nanoTime() - notBeforeNanos < 0) {
                return Future.failedFuture(RedisFailure.away());
            }
            open = connect();
        }
        // Else every question would go on in the context of the one that connected: under its ids, and in its trace.
        return open.succeeded() ? Future.succeededFuture(open.result()) : open;
    }

    private Future<L> connect() {
        L link = links.get();
        return link.open()
                .timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                .map(link)
                .onSuccess(this::connected)
                .onFailure(error -> pause(link, error));
    }

    private void connected(L link) {
        if (pauseMillis > 0) {
            LOG.info("Redis answers again");
        }
        pauseMillis = 0;
        link.whenLost(() -> drop(link));
    }

    private void pause(L link, Throwable error) {
        if (pauseMillis == 0) {
            // Its text may contain the address with the password.
            LOG.warn("Redis is out of reach: {}", error.getClass().getSimpleName());
        }
        pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, Math.max(FIRST_PAUSE_MILLIS, 2 * pauseMillis));
        notBeforeNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pauseMillis);
        open = null;
        close(link);
    }

    /** A failure that Redis did not tell is one of the connection. */
    private void giveUp(L link, Throwable error) {
        if (error instanceof TimeoutException) {
            LOG.warn("Redis did not answer in time");
        }
        if (!RedisFailure.isTold(error)) {
            drop(link);
        }
    }

    private void drop(L link) {
        if (open != null && open.succeeded() && open.result() == link) {
            open = null;
            close(link);
        }
    }

    private static void close(Link link) {
        link.close().onFailure(error -> LOG.debug("a lost connection was not closed", error));
    }

    Future<Void> close() {
        isClosed = true;
        Future<L> last = open;
        open = null;
        return last == null ? Future.succeededFuture() : last.compose(Link::close, lost -> Future.succeededFuture());
    }
}
