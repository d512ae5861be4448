package lyceum.stream.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The newest entries of a stream. */
class RingTest {

    private final Ring ring = new Ring();

    @Test
    void findsWhatIsBehindAnId() {
        add(10, 20, 30, 40);

        assertThat(ring.after(id(0), 2)).extracting(Entry::id).containsExactly(id(10), id(20));
        assertThat(ring.after(id(20), 10)).extracting(Entry::id).containsExactly(id(30), id(40));
        assertThat(ring.after(id(25), 1)).extracting(Entry::id).containsExactly(id(30));
        assertThat(ring.after(id(40), Integer.MAX_VALUE)).isEmpty();
    }

    @Test
    void findsTheNewestBehindAnId() {
        add(10, 20, 30, 40);

        assertThat(ring.newest(id(0), 2)).extracting(Entry::id).containsExactly(id(30), id(40));
        assertThat(ring.newest(id(30), 2)).extracting(Entry::id).containsExactly(id(40));
        assertThat(ring.newest(id(0), Integer.MAX_VALUE)).hasSize(4);
        assertThat(ring.newest(id(40), 1)).isEmpty();
    }

    @Test
    void knowsBehindWhichIdNothingIsMissing() {
        add(10, 20);
        assertThat(ring.floor()).isEqualTo(EntryId.NONE);

        ring.removeOldest();
        assertThat(ring.floor()).isEqualTo(id(10));

        ring.clear(id(50));
        assertThat(ring.floor()).isEqualTo(id(50));
        assertThat(ring.isEmpty()).isTrue();
        assertThat(ring.bytes()).isZero();
    }

    @Test
    void staysInOrderHoweverMuchComesAndGoes() {
        Random random = new Random(7);
        Deque<EntryId> expected = new ArrayDeque<>();
        long bytes = 0;
        for (int i = 1; i <= 5000; i++) {
            add(i);
            expected.add(id(i));
            for (int gone = random.nextInt(3); gone > 0 && expected.size() > 40; gone--) {
                expected.remove();
                bytes += ring.removeOldest();
            }
        }

        assertThat(ring.after(ring.floor(), Integer.MAX_VALUE))
                .extracting(Entry::id)
                .containsExactlyElementsOf(expected);
        assertThat(ring.bytes()).isEqualTo(bytes / (5000 - expected.size()) * expected.size());
    }

    private void add(int... millis) {
        IntStream.of(millis).forEach(each -> ring.add(new Entry(id(each), Buffer.buffer("x"))));
    }

    private static EntryId id(int millis) {
        return new EntryId(millis, 0);
    }
}
