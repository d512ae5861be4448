package lyceum.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lyceum.sandbox.Run.Priority;
import org.junit.jupiter.api.Test;

class PrecedenceTest {

    private static final List<Priority> USUAL = List.of(Priority.INTERACTIVE, Priority.BATCH);

    private final Precedence precedence = new Precedence();

    @Test
    void letsInteractiveGoFirst() {
        assertThat(precedence.order()).isEqualTo(USUAL);
    }

    @Test
    void letsBatchGoFirstWhenSevenHaveBeenLetPastIt() {
        let(6);
        assertThat(precedence.isBatchDue()).isFalse();

        let(1);

        assertThat(precedence.isBatchDue()).isTrue();
        assertThat(precedence.order()).containsExactly(Priority.BATCH, Priority.INTERACTIVE);
    }

    @Test
    void beginsToCountAnewWhenBatchHadItsTurn() {
        let(7);

        precedence.began(Priority.BATCH, true);

        assertThat(precedence.order()).isEqualTo(USUAL);
    }

    @Test
    void doesNotCountWhatIsLetPastNobody() {
        let(6);

        precedence.began(Priority.INTERACTIVE, false);
        let(6);

        assertThat(precedence.order()).isEqualTo(USUAL);
    }

    private void let(int count) {
        for (int i = 0; i < count; i++) {
            precedence.began(Priority.INTERACTIVE, true);
        }
    }
}
