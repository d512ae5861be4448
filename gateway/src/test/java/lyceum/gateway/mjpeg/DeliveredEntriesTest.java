package lyceum.gateway.mjpeg;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.stream.Stream;
import lyceum.stream.Delivery;
import lyceum.stream.Delivery.Item;
import org.junit.jupiter.api.Test;

class DeliveredEntriesTest {

    private final DeliveredEntries entries = new DeliveredEntries();

    @Test
    void putsEntriesTogetherOverPartsAndBuffers() {
        assertThat(add(List.of(item("1-0", 3), item("1-1", 0), item("1-2", 4)), "ab"))
                .isEmpty();
        assertThat(add(List.of(), "cd", "e")).containsExactly("1-0 abc", "1-1 ");
        assertThat(add(List.of(), "fg")).containsExactly("1-2 defg");
        assertThat(add(List.of(item("1-3", 1)), "h")).containsExactly("1-3 h");
    }

    @Test
    void knowsEntriesWithoutBytes() {
        assertThat(add(List.of(item("1-0", 0), item("1-1", 0)))).containsExactly("1-0 ", "1-1 ");
    }

    private static Item item(String id, int length) {
        return new Item("main", id, length);
    }

    private List<String> add(List<Item> items, String... bytes) {
        List<Buffer> buffers = Stream.of(bytes).map(Buffer::buffer).toList();
        return entries.add(new Delivery(items, buffers, false)).stream()
                .map(whole -> whole.item().id() + " " + whole.bytes())
                .toList();
    }
}
