package lyceum.gateway.form;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a sender has on its way: how much, in which order, and what a failure does. */
class WindowTest {

    private static final int SIZE = 3;

    private final Sender sender = new Sender();
    private final Window window = new Window(sender, SIZE);
    private final List<Integer> started = new ArrayList<>();
    private final List<Promise<Void>> answers = new ArrayList<>();
    private int sent;

    /** Knows only whether it is paused. */
    private static final class Sender implements ReadStream<Buffer> {
        private boolean isPaused;

        @Override
        public ReadStream<Buffer> pause() {
            isPaused = true;
            return this;
        }

        @Override
        public ReadStream<Buffer> resume() {
            isPaused = false;
            return this;
        }

        @Override
        public ReadStream<Buffer> exceptionHandler(Handler<Throwable> handler) {
            return this;
        }

        @Override
        public ReadStream<Buffer> handler(Handler<Buffer> handler) {
            return this;
        }

        @Override
        public ReadStream<Buffer> fetch(long amount) {
            return this;
        }

        @Override
        public ReadStream<Buffer> endHandler(Handler<Void> handler) {
            return this;
        }
    }

    @Test
    void startsNoMoreStepsThanItsSize() {
        send(5);

        assertThat(started).containsExactly(0, 1, 2);
        assertThat(sender.isPaused).isTrue();
    }

    @Test
    void startsWaitingStepsInTheOrderOfAsking() {
        send(6);

        answers.get(1).complete();
        assertThat(started).containsExactly(0, 1, 2, 3);
        assertThat(sender.isPaused).isTrue();
        answers.get(0).complete();
        answers.get(3).complete();
        assertThat(started).containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void letsTheSenderGoOnWhenThereIsRoom() {
        send(SIZE);
        assertThat(sender.isPaused).isTrue();

        answers.get(2).complete();

        assertThat(sender.isPaused).isFalse();
    }

    @Test
    void doesNotPauseASenderWhoseStepsAreDoneAtOnce() {
        for (int i = 0; i < 100; i++) {
            window.send(Future::succeededFuture);
        }

        assertThat(sender.isPaused).isFalse();
        assertThat(window.close().succeeded()).isTrue();
    }

    @Test
    void closesWhenEverythingIsAnswered() {
        send(4);

        Future<Void> closed = window.close();

        for (int i = 0; i < 4; i++) {
            assertThat(closed.isComplete()).isFalse();
            answers.get(i).complete();
        }
        assertThat(closed.succeeded()).isTrue();
    }

    @Test
    void closesAtOnceWhereNothingWasSent() {
        assertThat(window.close().succeeded()).isTrue();
    }

    @Test
    void startsNothingMoreAfterAFailureAndLetsTheSenderGoOn() {
        send(5);

        answers.get(1).fail("first");
        answers.get(0).fail("second");
        answers.get(2).complete();
        send(1);

        assertThat(started).containsExactly(0, 1, 2);
        assertThat(window.isBroken()).isTrue();
        assertThat(sender.isPaused).isFalse();
        assertThat(window.close().cause()).hasMessage("first");
    }

    @Test
    void failsAtItsCloseWithAFailureThatComesLater() {
        send(2);
        Future<Void> closed = window.close();

        answers.get(0).complete();
        answers.get(1).fail("late");

        assertThat(closed.cause()).hasMessage("late");
    }

    @Test
    void keepsOrderAndBoundWhateverTheOrderOfAnswers() {
        Random random = new Random(8);
        List<Promise<Void>> open = new ArrayList<>();
        int seen = 0;
        for (int i = 0; i < 2_000; i++) {
            if (random.nextBoolean() && !sender.isPaused) {
                send(1 + random.nextInt(5));
            } else if (!open.isEmpty()) {
                open.remove(random.nextInt(open.size())).complete();
            }
            open.addAll(answers.subList(seen, answers.size()));
            seen = answers.size();
            assertThat(open).hasSizeLessThanOrEqualTo(SIZE);
            assertThat(sender.isPaused).isEqualTo(open.size() == SIZE);
        }
        assertThat(started).isSorted();
    }

    private void send(int count) {
        for (int i = 0; i < count; i++) {
            int number = sent++;
            window.send(() -> start(number));
        }
    }

    private Future<Void> start(int number) {
        started.add(number);
        Promise<Void> answer = Promise.promise();
        answers.add(answer);
        return answer.future();
    }
}
