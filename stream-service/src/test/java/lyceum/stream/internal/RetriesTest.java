package lyceum.stream.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Steps that are taken until they succeed, or nobody wants that any more. */
class RetriesTest {

    private static final Failure AWAY = new Failure(Kind.UNAVAILABLE, "Redis is away");

    private final Vertx vertx = Vertx.vertx();
    private final OnContext on = new OnContext(vertx);
    private final Retries retries = new Retries(vertx, "rec1");

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void takesAStepUntilItIsAnswered() {
        Deque<Future<String>> answers = new ArrayDeque<>(
                List.of(Future.failedFuture(AWAY), Future.failedFuture("a bug"), Future.succeededFuture("first")));
        answers.add(Future.succeededFuture("second"));

        String answer = on.await(() -> retries.untilAnswered(answers::remove));

        assertThat(answer).isEqualTo("first");
        assertThat(answers).as("what is answered is not asked again").hasSize(1);
    }

    @Test
    void waitsForWhoIsAwayAndGivesUpWhatIsRefused() {
        Failure refused = Failure.invalid("no stream");
        Deque<Future<String>> answers = new ArrayDeque<>(
                List.of(Future.failedFuture(AWAY), Future.failedFuture("a bug"), Future.failedFuture(refused)));
        answers.add(Future.succeededFuture("later"));

        assertThatThrownBy(() -> on.await(() -> retries.whileAway(answers::remove)))
                .isSameAs(refused);
        String later = on.await(() -> retries.whileAway(answers::remove));
        assertThat(later).isEqualTo("later");
    }

    @Test
    void givesUpWhatFailsAgainAndAgain() {
        assertThatThrownBy(() -> on.await(() -> retries.whileAway(() -> Future.failedFuture("a bug"))))
                .hasMessage("a bug");
        assertThat(retries.isOver()).isFalse();
    }

    @Test
    void takesNoStepAnyMoreWhenItHasEnded() {
        assertThatThrownBy(() -> on.await(() -> {
                    Future<String> answer = retries.untilAnswered(() -> Future.failedFuture(AWAY));
                    retries.end();
                    return answer;
                }))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure).isNotSameAs(AWAY));
        assertThat(retries.isOver()).isTrue();
    }
}
