package lyceum.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lyceum.stream.Delivery.Item;
import org.junit.jupiter.api.Test;

class PullPairTest {

    private static final List<Item> ITEMS = List.of(
            new Item("a", "1-0", 3), new Item("a", "2-0", 0), new Item("b\"é\n", "1-5", 2), new Item("c", "9-9", 4));

    @Test
    void tellsWhereEntriesStart() {
        assertThat(PullPair.of(ITEMS, false))
                .containsExactly(new PullPair(
                        "[[\"a\",\"1-0\",0],[\"a\",\"2-0\",3],[\"b\\\"é\\n\",\"1-5\",3],[\"c\",\"9-9\",5]]", 9));
    }

    @Test
    void givesEachStreamAPairOfItsOwn() {
        assertThat(PullPair.of(ITEMS, true))
                .containsExactly(
                        new PullPair("[[\"a\",\"1-0\",0],[\"a\",\"2-0\",3]]", 3),
                        new PullPair("[[\"b\\\"é\\n\",\"1-5\",0]]", 2),
                        new PullPair("[[\"c\",\"9-9\",0]]", 4));
    }

    @Test
    void countsBeyondWhatAnIntHolds() {
        Item large = new Item("a", "1-0", Integer.MAX_VALUE);

        assertThat(PullPair.of(List.of(large, large), false).get(0).bytes()).isEqualTo(2L * Integer.MAX_VALUE);
    }
}
