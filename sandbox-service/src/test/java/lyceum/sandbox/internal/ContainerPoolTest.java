package lyceum.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import lyceum.sandbox.SandboxSession.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ContainerPoolTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final Vertx vertx = Vertx.vertx();
    private final ContainerHarness harness = new ContainerHarness(vertx);
    private final Set<Room> alive = ConcurrentHashMap.newKeySet();
    private final AtomicInteger built = new AtomicInteger();
    private final AtomicInteger removed = new AtomicInteger();

    private volatile boolean isBroken;

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void keepsAsManyReadyAsItMustOnceSomethingWasAskedFor() {
        ContainerPool pool = pool(2, 16, LONG, LONG);
        assertThat(built).hasValue(0);

        harness.on(() -> pool.take(room(1)));

        assertThat(built).hasValue(3);
        assertThat(size(pool)).isEqualTo(2);
    }

    @Test
    void givesEachContainerOnce() {
        ContainerPool pool = pool(2, 16, LONG, LONG);

        Container first = harness.on(() -> pool.take(room(1)));
        Container second = harness.on(() -> pool.take(room(1)));
        Container third = harness.on(() -> pool.take(room(1)));

        assertThat(Set.of(first, second, third)).hasSize(3);
    }

    @Test
    void keepsMoreReadyTheMoreAreTaken() {
        ContainerPool pool = pool(1, 16, LONG, LONG);

        take(pool, 6);

        assertThat(size(pool)).isEqualTo(6);
    }

    @Test
    void keepsNoMoreThanItMay() {
        ContainerPool pool = pool(1, 3, LONG, LONG);

        take(pool, 6);

        assertThat(size(pool)).isEqualTo(3);
    }

    @Test
    void givesUpThoseThatNobodyTakes() {
        ContainerPool pool = pool(1, 16, LONG, Duration.ofMillis(50));

        take(pool, 6);

        await().until(() -> size(pool) == 1);
        assertThat(removed).hasValue(5);
    }

    @Test
    void givesThePlaceOfARoomToTheOneThatIsAskedFor() {
        ContainerPool pool = pool(2, 2, LONG, LONG);
        harness.on(() -> pool.take(room(1)));

        harness.on(() -> pool.take(room(2)));

        assertThat(size(pool)).isEqualTo(2);
        assertThat(removed).hasValue(1);
        assertThat(alive).contains(room(2));
    }

    @Test
    void forgetsARoomThatNobodyAsksFor() {
        ContainerPool pool = pool(1, 16, LONG, Duration.ofMillis(50));
        harness.on(() -> pool.take(room(1)));

        harness.on(() -> pool.take(room(2)));

        await().until(() -> size(pool) == 1);
        assertThat(removed).hasValue(1);
    }

    @Test
    void replacesThoseThatAreTooOldForARun() {
        ContainerPool pool = pool(1, 16, Duration.ofMillis(100), Duration.ofMillis(50));
        harness.on(() -> pool.take(room(1)));

        await().until(() -> built.get() > 3);

        assertThat(size(pool)).isEqualTo(1);
    }

    @Test
    void triesAgainInTheNextRoundWhereNoneCanBeMade() {
        ContainerPool pool = pool(1, 16, LONG, Duration.ofMillis(50));
        isBroken = true;
        assertThatThrownBy(() -> harness.on(() -> pool.take(room(1)))).hasMessage("broken");

        isBroken = false;

        await().until(() -> size(pool) == 1);
    }

    @Test
    void removesThoseThatWaitWhenItIsClosed() {
        ContainerPool pool = pool(3, 16, LONG, LONG);
        harness.on(() -> pool.take(room(1)));

        harness.on(pool::close);

        assertThat(removed).hasValue(3);
    }

    private void take(ContainerPool pool, int times) {
        for (int time = 0; time < times; time++) {
            harness.on(() -> pool.take(room(1)));
        }
    }

    private int size(ContainerPool pool) {
        return harness.on(() -> Future.succeededFuture(pool.size()));
    }

    private ContainerPool pool(int ready, int most, Duration life, Duration round) {
        ContainerConfig config = new ContainerConfig(new Images("image", Map.of()), ready, most, life, "tester");
        return harness.on(() -> Future.succeededFuture(new ContainerPool(vertx, new Makers(config), round)));
    }

    private static Room room(int number) {
        return new Room("image", List.of(new Room.Space(Stage.RUN, number, 1)), 1);
    }

    private final class Makers implements Containers {

        private final ContainerConfig config;

        Makers(ContainerConfig config) {
            this.config = config;
        }

        @Override
        public Future<Void> prepare() {
            return Future.succeededFuture();
        }

        @Override
        public Future<Container> build(Room room) {
            if (isBroken) {
                return Future.failedFuture("broken");
            }
            built.incrementAndGet();
            alive.add(room);
            return Future.succeededFuture(new Empty());
        }

        @Override
        public ContainerConfig config() {
            return config;
        }

        @Override
        public String kernel() {
            return "";
        }

        @Override
        public Future<List<String>> forbidden() {
            return Future.succeededFuture(List.of());
        }

        @Override
        public String text() {
            return "nothing";
        }

        @Override
        public void close() {}
    }

    private final class Empty implements Container {

        @Override
        public Future<ContainerProcess> start(Order order, Sink sink) {
            return Future.failedFuture("empty");
        }

        @Override
        public Future<Usage> usage(Stage stage) {
            return Future.succeededFuture(Usage.NONE);
        }

        @Override
        public boolean isWatched() {
            return false;
        }

        @Override
        public Future<Boolean> ranOutOfMemory(Stage stage) {
            return Future.succeededFuture(false);
        }

        @Override
        public Future<Void> remove() {
            removed.incrementAndGet();
            return Future.succeededFuture();
        }
    }
}
