package lyceum.grading.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import lyceum.grading.internal.ReplayWindow.Stamp;
import lyceum.platform.SettableClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What came once, to any instance. */
@TestInstance(Lifecycle.PER_CLASS)
class ReplayWindowTest {

    private static final Duration SKEW = Duration.ofMinutes(5);

    private final TestStores stores = new TestStores();
    private final ReplayStore store = new ReplayStore(stores.pool);
    private final SettableClock clock = new SettableClock(Instant.parse("2031-03-01T12:00:00Z"));
    private final ReplayWindow window = window(3);

    private ReplayWindow window(long capacity) {
        return new ReplayWindow(store, SKEW, capacity, clock);
    }

    @AfterAll
    void stop() {
        stores.close();
    }

    @BeforeEach
    void clear() {
        stores.pool.query("TRUNCATE sealed_body").execute().await();
        window.forget().await();
    }

    private Stamp stamp(String id) {
        return new Stamp(id, clock.millis());
    }

    @Test
    void letsInOnceWhicheverInstanceItComesTo() {
        assertThat(window.admit(stamp("a")).await()).isTrue();

        assertThat(window.admit(stamp("a")).await()).isFalse();
        assertThat(window(3).admit(stamp("a")).await()).isFalse();
        assertThat(window(3).admit(stamp("b")).await()).isTrue();
    }

    @Test
    void letsInOneOfManyThatComeAtOnce() {
        List<Future<Boolean>> all =
                Stream.generate(() -> window.admit(stamp("a"))).limit(20).toList();

        Future.all(all).await();

        assertThat(all.stream().filter(Future::result)).hasSize(1);
    }

    @Test
    void refusesWhatIsOutOfTime() {
        long now = clock.millis();
        long skew = SKEW.toMillis();

        for (long wrong : new long[] {now - skew - 1, now + skew + 1, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
            assertThat(window.admit(new Stamp("t" + wrong, wrong)).await()).isFalse();
        }
        for (long fine : new long[] {now - skew, now + skew}) {
            assertThat(window.admit(new Stamp("t" + fine, fine)).await()).isTrue();
        }
    }

    @Test
    void remembersNoMoreThanThereIsRoomForUntilTheOldestIsForgotten() {
        for (String id : List.of("a", "b", "c")) {
            assertThat(window.admit(stamp(id)).await()).isTrue();
        }
        window.forget().await();
        assertThat(window.admit(stamp("d")).await()).isFalse();

        stores.pool
                .query("UPDATE sealed_body SET forgotten_at = now() - interval '1 second' WHERE id = 'a'")
                .execute()
                .await();
        window.forget().await();

        assertThat(window.admit(stamp("d")).await()).isTrue();
        assertThat(window.admit(stamp("b")).await()).isFalse();
    }

    @Test
    void remembersForAsLongAsAStampAheadOfTheClockIsOfThisTime() {
        window.admit(stamp("a")).await();

        long kept = stores.pool
                .query("SELECT extract(epoch FROM forgotten_at - now()) * 1000 AS kept FROM sealed_body")
                .execute()
                .await()
                .iterator()
                .next()
                .getNumeric("kept")
                .longValue();

        assertThat(kept)
                .isBetween(
                        SKEW.multipliedBy(2).toMillis() - 10_000,
                        SKEW.multipliedBy(2).toMillis() + 1);
    }
}
