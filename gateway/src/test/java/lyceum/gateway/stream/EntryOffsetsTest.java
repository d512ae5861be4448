package lyceum.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import java.util.Collections;
import java.util.List;
import lyceum.stream.Delivery.Item;
import org.junit.jupiter.api.Test;

/** The header {@code entry-offset}. */
class EntryOffsetsTest {

    @Test
    void tellsWhereEntriesBegin() {
        assertThat(EntryOffsets.header(
                        List.of(new Item("g1", "1-0", 3), new Item("g1", "2-0", 0), new Item("g2", "1-5", 4))))
                .contains("[[\"g1\",\"1-0\",0],[\"g1\",\"2-0\",3],[\"g2\",\"1-5\",3]]");
        assertThat(EntryOffsets.header(List.of())).contains("[]");
    }

    @Test
    void countsBeyondFourGigabytes() {
        Item item = new Item("s", "1-0", Integer.MAX_VALUE);

        assertThat(EntryOffsets.header(List.of(item, item, item, item)).orElseThrow())
                .endsWith(",6442450941]]");
    }

    @Test
    void isAsciiThatAHeaderMayHave() {
        String name = "é日\uD83D\uDE42\"\\\n\u0000\u007f";

        String header = EntryOffsets.header(List.of(new Item(name, "1-0", 1))).orElseThrow();

        assertThat(header)
                .isEqualTo("[[\"\\u00E9\\u65E5\\uD83D\\uDE42\\\"\\\\\\n\\u0000\\u007f\",\"1-0\",0]]")
                .matches("[ -~]*");
        assertThat(new JsonArray(header).getJsonArray(0).getString(0)).isEqualTo(name);
    }

    @Test
    void isNoLongerThanClientsTake() {
        Item item = new Item("main", "1700000000000-0", 1);
        int entries = 2;
        while (EntryOffsets.header(Collections.nCopies(entries + 1, item)).isPresent()) {
            entries++;
        }

        String longest = EntryOffsets.header(Collections.nCopies(entries, item)).orElseThrow();
        assertThat(longest).hasSizeBetween(EntryOffsets.HEADER_BYTES - 35, EntryOffsets.HEADER_BYTES);
        assertThat("entry-offset: ".length() + longest.length() + 2).isLessThanOrEqualTo(65_536);
        assertThat(EntryOffsets.header(Collections.nCopies(10_000, item))).isEmpty();
        assertThat(EntryOffsets.header(List.of(new Item("\u007f".repeat(20_000), "1-0", 1))))
                .isEmpty();
    }
}
