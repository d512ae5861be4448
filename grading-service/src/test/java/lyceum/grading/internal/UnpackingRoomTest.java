package lyceum.grading.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How many archives are unpacked at once. */
class UnpackingRoomTest {

    private final Vertx vertx = Vertx.vertx();
    private final UnpackingRoom room = new UnpackingRoom(vertx);
    private final CountDownLatch begun = new CountDownLatch(UnpackingRoom.AT_ONCE);
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger running = new AtomicInteger();

    @AfterEach
    void stop() {
        end.countDown();
        vertx.close().await();
    }

    /** @return how many others there were when it began */
    private int work() throws InterruptedException {
        int others = running.getAndIncrement();
        begun.countDown();
        end.await();
        running.decrementAndGet();
        return others;
    }

    @Test
    void takesFewAtOnceAndLetsSomeWait() throws InterruptedException {
        List<Future<Integer>> all = IntStream.range(0, UnpackingRoom.AT_ONCE + UnpackingRoom.WAITING)
                .mapToObj(each -> room.work(this::work))
                .toList();
        begun.await();

        assertThatThrownBy(() -> room.work(() -> 0).await())
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Kind.BUSY));

        end.countDown();
        assertThat(all).allSatisfy(each -> assertThat(each.await()).isLessThan(UnpackingRoom.AT_ONCE));
        assertThat(room.work(() -> 7).await()).isEqualTo(7);
    }

    @Test
    void hasRoomAgainBehindWhatFails() {
        for (int i = 0; i <= UnpackingRoom.AT_ONCE + UnpackingRoom.WAITING; i++) {
            Future<Object> failing = room.work(() -> {
                throw new IllegalStateException("damaged");
            });
            assertThatThrownBy(failing::await).hasMessage("damaged");
        }
    }
}
