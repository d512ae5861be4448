package lyceum.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoopTest {

    private static final int MANY = 100_000;

    private final AtomicInteger steps = new AtomicInteger();
    private Vertx vertx;

    @BeforeEach
    void start() {
        vertx = Vertx.vertx();
    }

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void takesStepsThatAreDoneAtOnce() {
        Loop.whileTrue(() -> Future.succeededFuture(steps.incrementAndGet() < MANY))
                .await();

        assertThat(steps).hasValue(MANY);
    }

    @Test
    void takesStepsThatAreDoneLater() {
        Loop.whileTrue(() -> {
                    var later = vertx.getOrCreateContext().<Boolean>executeBlocking(() -> true);
                    return later.map(done -> steps.incrementAndGet() < MANY / 100);
                })
                .await();

        assertThat(steps).hasValue(MANY / 100);
    }

    @Test
    void endsWithTheFirstFailure() {
        Future<Void> loop = Loop.whileTrue(() -> steps.incrementAndGet() < 3
                ? Future.succeededFuture(true)
                : Future.failedFuture(Failure.invalid("no")));

        assertThatThrownBy(loop::await).hasMessage("no");
        assertThat(steps).hasValue(3);
    }

    @Test
    void triesEachAndFailsWithTheFirstFailureAtTheEnd() {
        Future<Void> loop = Loop.tryEach(List.of("good", "bad", "worse"), text -> {
            steps.incrementAndGet();
            return text.equals("good") ? Future.succeededFuture() : Future.failedFuture(Failure.invalid(text));
        });

        assertThatThrownBy(loop::await).hasMessage("bad");
        assertThat(steps).hasValue(3);
        Loop.tryEach(List.of("good"), text -> Future.succeededFuture()).await();
    }

    @Test
    void failsWithWhatAStepThrows() {
        Future<Void> loop = Loop.whileTrue(() -> {
            throw Failure.invalid("no");
        });

        assertThatThrownBy(loop::await).hasMessage("no");
    }
}
