package lyceum.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeldBytesTest {

    private final HeldBytes held = new HeldBytes(10);
    private final List<String> told = new ArrayList<>();

    @Test
    void givesUntilNoneAreLeft() {
        assertThat(held.take(9)).isTrue();
        assertThat(held.take(5)).isTrue();
        assertThat(held.take(1)).isFalse();
        assertThat(held.take(0)).isFalse();
        assertThat(held.taken()).isEqualTo(14);
    }

    @Test
    void letsThoseWhoWaitGoOnInOrderAndWhileThereIsRoom() {
        held.take(10);
        held.await(() -> {
            told.add("first");
            held.take(10);
        });
        held.await(() -> told.add("second"));

        held.giveBack(1);

        assertThat(told).containsExactly("first");
        held.giveBack(9);
        held.giveBack(1);
        assertThat(told).containsExactly("first", "second");
    }

    @Test
    void doesNotTellThoseWhoWaitNoMore() {
        Runnable waiting = () -> told.add("told");
        held.take(10);
        held.await(waiting);

        held.forget(waiting);
        held.giveBack(10);

        assertThat(told).isEmpty();
    }

    @Test
    void letsWhoeverGoesOnGiveBackToo() {
        held.take(10);
        held.await(() -> {
            told.add("first");
            held.take(20);
            held.giveBack(20);
        });
        held.await(() -> told.add("second"));

        held.giveBack(10);

        assertThat(told).containsExactly("first", "second");
        assertThat(held.taken()).isZero();
    }
}
