package lyceum.stream.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is open, and how long. */
class SessionsTest {

    private static final Duration LEASE = Duration.ofMillis(200);

    private final Vertx vertx = Vertx.vertx();
    private final List<String> ended = new CopyOnWriteArrayList<>();
    private final Context context = vertx.getOrCreateContext();
    private final Sessions<String> sessions = on(() ->
                    Future.succeededFuture(new Sessions<String>(vertx, LEASE, 2, ended::add)))
            .await();

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void endsWhatNobodyAsksAnyMore() {
        String id = open("a");

        await().until(() -> ended.equals(List.of("a")));

        assertFails(Kind.NOT_FOUND, on(() -> sessions.ask(id, Future::succeededFuture)));
    }

    @Test
    void keepsWhatIsAsked() {
        String asked = open("asked");
        String waiting = open("waiting");
        Promise<String> late = Promise.promise();
        Future<String> answer = on(() -> sessions.ask(waiting, session -> late.future()));

        await().pollInterval(Duration.ofMillis(20))
                .during(LEASE.multipliedBy(3))
                .until(
                        () -> on(() -> sessions.ask(asked, Future::succeededFuture))
                                .await(),
                        "asked"::equals);

        late.complete("at last");
        assertThat(answer.await()).isEqualTo("at last");
        assertThat(ended).isEmpty();
    }

    @Test
    void refusesTooManyAlsoThoseThatAreStillBeingOpened() {
        Promise<String> slow = Promise.promise();
        Future<String> opening = on(() -> sessions.open(id -> slow.future()));
        String second = open("second");

        assertFails(Kind.BUSY, on(() -> sessions.open(id -> Future.succeededFuture("third"))));

        slow.fail(Failure.invalid("no"));
        assertFails(Kind.INVALID, opening);
        assertThat(open("third")).isNotEqualTo(second);
    }

    @Test
    void countsNoSessionThatCannotBeMade() {
        for (int i = 0; i < 3; i++) {
            assertFails(Kind.INVALID, on(() -> sessions.open(id -> Future.failedFuture(Failure.invalid("no")))));
            assertFails(Kind.INVALID, on(() -> sessions.open(SessionsTest::thrown)));
        }
        assertThat(open("a")).isNotEmpty();
    }

    @Test
    void endsAllAtTheEnd() {
        open("a");
        open("b");

        on(() -> {
                    sessions.close();
                    return Future.succeededFuture();
                })
                .await();

        assertThat(ended).containsExactlyInAnyOrder("a", "b");
    }

    /** Sessions live on one context. */
    private <T> Future<T> on(Supplier<Future<T>> step) {
        Promise<T> end = Promise.promise();
        context.runOnContext(run -> step.get().onComplete(end));
        return end.future();
    }

    private static Future<String> thrown(String id) {
        throw Failure.invalid("no");
    }

    private String open(String session) {
        return on(() -> sessions.open(id -> Future.succeededFuture(session))).await();
    }

    private static void assertFails(Kind kind, Future<?> answer) {
        assertThatThrownBy(answer::await)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
    }
}
