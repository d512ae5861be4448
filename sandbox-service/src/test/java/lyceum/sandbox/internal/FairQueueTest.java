package lyceum.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import lyceum.sandbox.Run;
import lyceum.sandbox.Run.Priority;
import org.junit.jupiter.api.Test;

class FairQueueTest {

    private static final String NOBODY = "";
    private static final String NETWORK = Run.ofNetwork("198.51.100.7");

    private record Named(String name, Priority priority, String caller) implements FairQueue.Ticket {}

    private final FairQueue<Named> queue = new FairQueue<>(3, 6, 3);

    @Test
    void letsBeginAsManyAsThereAreSlots() {
        add(4, Priority.INTERACTIVE, NOBODY);

        assertThat(begin(queue)).containsExactly("0", "1", "2");
        assertThat(queue.running()).isEqualTo(3);
        assertThat(queue.waiting(Priority.INTERACTIVE)).isEqualTo(1);
    }

    @Test
    void letsTheNextBeginWhenOneHasEnded() {
        List<Named> all = add(4, Priority.INTERACTIVE, NOBODY);
        begin(queue);

        queue.end(all.get(1));

        assertThat(begin(queue)).containsExactly("3");
    }

    @Test
    void letsInteractiveGoBeforeBatch() {
        List<Named> all = add(3, Priority.INTERACTIVE, NOBODY);
        begin(queue);
        Named batch = add("batch", Priority.BATCH, NOBODY);
        add("late", Priority.INTERACTIVE, NOBODY);

        queue.end(all.get(0));

        assertThat(begin(queue)).containsExactly("late");
        assertThat(queue.remove(batch)).isTrue();
    }

    @Test
    void keepsTheLastFreeSlotFromBatch() {
        add(3, Priority.BATCH, NOBODY);
        assertThat(begin(queue)).containsExactly("0", "1");

        add("screen", Priority.INTERACTIVE, NOBODY);

        assertThat(begin(queue)).containsExactly("screen");
    }

    @Test
    void letsBatchHaveTheOnlySlot() {
        FairQueue<Named> narrow = new FairQueue<>(1, 1, 1);
        narrow.add(new Named("batch", Priority.BATCH, NOBODY));

        assertThat(begin(narrow)).containsExactly("batch");
    }

    @Test
    void letsOneInEightBeBatchWhileBothWait() {
        List<String> begun = new ArrayList<>();
        FairQueue<Named> narrow = new FairQueue<>(2, 100, 100);
        add(narrow, 40, Priority.INTERACTIVE);
        add(narrow, 2, Priority.BATCH);

        for (Optional<Named> next = narrow.next(); next.isPresent() && begun.size() < 16; next = narrow.next()) {
            begun.add(next.get().priority().name());
            narrow.end(next.get());
        }

        assertThat(begun).hasSize(16);
        assertThat(IntStream.range(0, 16).filter(i -> begun.get(i).equals("BATCH")))
                .containsExactly(7, 15);
    }

    @Test
    void letsADueBatchHaveTheLastSlot() {
        FairQueue<Named> narrow = new FairQueue<>(2, 100, 100);
        List<Named> screens = add(narrow, 9, Priority.INTERACTIVE);
        add(narrow, 1, Priority.BATCH);
        begin(narrow);

        for (int i = 0; i < 5; i++) {
            narrow.end(screens.get(i));
            assertThat(begin(narrow)).containsExactly(Integer.toString(i + 2));
        }
        narrow.end(screens.get(5));

        assertThat(begin(narrow)).containsExactly("0");
        assertThat(narrow.running()).isEqualTo(2);
        assertThat(narrow.waiting(Priority.BATCH)).isZero();
    }

    @Test
    void letsTheCallerGoFirstWhoHasTheFewestRunning() {
        List<Named> all = add(3, Priority.INTERACTIVE, "ada");
        begin(queue);
        add("ada's", Priority.INTERACTIVE, "ada");
        add("bob's", Priority.INTERACTIVE, "bob");
        add("bob's second", Priority.INTERACTIVE, "bob");

        queue.end(all.get(0));
        assertThat(begin(queue)).containsExactly("bob's");
        queue.end(all.get(1));

        // Both have one running now, and hers has waited longer.
        assertThat(begin(queue)).containsExactly("ada's");
    }

    @Test
    void countsNobodysAsOfACallerWhoHasNothingRunning() {
        List<Named> all = add(2, Priority.INTERACTIVE, NOBODY);
        all.addAll(add(1, Priority.INTERACTIVE, "ada"));
        begin(queue);
        add("ada's", Priority.INTERACTIVE, "ada");
        add("nobody's", Priority.INTERACTIVE, NOBODY);

        queue.end(all.get(0));

        assertThat(begin(queue)).containsExactly("nobody's");
    }

    @Test
    void refusesMoreThanMayWait() {
        add(8, Priority.INTERACTIVE, NOBODY);
        begin(queue);
        assertThat(queue.refusal(new Named("ninth", Priority.INTERACTIVE, NOBODY)))
                .isEmpty();

        add("ninth", Priority.INTERACTIVE, NOBODY);

        assertThat(queue.refusal(new Named("tenth", Priority.BATCH, NOBODY)))
                .contains("too many runs are waiting already");
    }

    @Test
    void refusesMoreOfACallerThanItsShare() {
        add(6, Priority.INTERACTIVE, "ada");
        begin(queue);

        assertThat(queue.refusal(new Named("seventh", Priority.INTERACTIVE, "ada")))
                .contains("too many runs of this caller are waiting already");
        assertThat(queue.refusal(new Named("bob's", Priority.INTERACTIVE, "bob")))
                .isEmpty();
    }

    @Test
    void letsAWholeNetworkWaitWhereThereIsRoom() {
        add(8, Priority.INTERACTIVE, NETWORK);
        begin(queue);

        assertThat(queue.refusal(new Named("ninth", Priority.INTERACTIVE, NETWORK)))
                .isEmpty();
    }

    @Test
    void letsTheLastOfTheBusiestNetworkGiveWayWhereAllIsFull() {
        List<Named> flood = add(9, Priority.INTERACTIVE, NETWORK);
        begin(queue);
        Named other = new Named("other", Priority.INTERACTIVE, Run.ofNetwork("192.0.2.1"));
        Named own = new Named("own", Priority.INTERACTIVE, NETWORK);

        assertThat(queue.refusal(other)).isEmpty();
        assertThat(queue.givesWayTo(other)).contains(flood.get(8));
        assertThat(queue.refusal(own)).contains("too many runs are waiting already");
        assertThat(queue.givesWayTo(own)).isEmpty();
        queue.remove(flood.get(8));
        assertThat(queue.givesWayTo(other)).isEmpty();
    }

    @Test
    void takesTurnsBetweenNetworks() {
        List<Named> flood = add(6, Priority.INTERACTIVE, NETWORK);
        begin(queue);
        add("other", Priority.INTERACTIVE, Run.ofNetwork("192.0.2.1"));

        queue.end(flood.get(0));

        assertThat(begin(queue)).containsExactly("other");
    }

    @Test
    void takesWhatCanBeginAtOnceThoughNothingMayWait() {
        FairQueue<Named> strict = new FairQueue<>(2, 0, 1);
        strict.add(new Named("batch", Priority.BATCH, NOBODY));
        begin(strict);

        assertThat(strict.refusal(new Named("batch too", Priority.BATCH, NOBODY)))
                .isPresent();
        assertThat(strict.refusal(new Named("screen", Priority.INTERACTIVE, NOBODY)))
                .isEmpty();
    }

    @Test
    void forgetsWhatIsRemoved() {
        List<Named> all = add(4, Priority.INTERACTIVE, NOBODY);
        begin(queue);

        assertThat(queue.remove(all.get(3))).isTrue();
        assertThat(queue.remove(all.get(0))).isFalse();
        queue.end(all.get(0));

        assertThat(queue.next()).isEmpty();
    }

    private Named add(String name, Priority priority, String caller) {
        Named ticket = new Named(name, priority, caller);
        queue.add(ticket);
        return ticket;
    }

    private List<Named> add(int count, Priority priority, String caller) {
        List<Named> added = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            added.add(add(Integer.toString(i), priority, caller));
        }
        return added;
    }

    private static List<Named> add(FairQueue<Named> queue, int count, Priority priority) {
        List<Named> added = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            added.add(new Named(Integer.toString(i), priority, NOBODY));
        }
        added.forEach(queue::add);
        return added;
    }

    private static List<String> begin(FairQueue<Named> queue) {
        List<String> begun = new ArrayList<>();
        for (Optional<Named> next = queue.next(); next.isPresent(); next = queue.next()) {
            begun.add(next.get().name());
        }
        return begun;
    }
}
