package lyceum.stream.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many entries are asked for at once. */
class ReadSizeTest {

    private final ReadSize size = new ReadSize();

    @Test
    void asksForFewBeforeAnythingIsKnown() {
        assertThat(size.count()).isEqualTo(64);
    }

    @Test
    void asksForManyWhereTheyAreShort() {
        for (int i = 0; i < 50; i++) {
            size.learn(List.of(entry(10)));
        }
        assertThat(size.count()).isEqualTo(1024);
    }

    @Test
    void asksForOneAtATimeAsSoonAsOneIsLong() {
        size.learn(List.of(entry(10), entry(16 << 20), entry(10)));

        assertThat(size.count()).isOne();
        size.learn(List.of());
        assertThat(size.count()).isOne();
    }

    private static Entry entry(int length) {
        return new Entry(EntryId.NONE, Buffer.buffer(new byte[length]));
    }
}
