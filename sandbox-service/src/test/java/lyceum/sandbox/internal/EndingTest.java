package lyceum.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;

import lyceum.sandbox.Verdict;
import org.junit.jupiter.api.Test;

class EndingTest {

    private static final Cell.Exit KILLED = new Cell.Exit(137, 9, null, 500_000, 1);
    private static final Cell.Exit FINE = new Cell.Exit(0, 0, null, 500_000, 1);
    private static final Cell.Exit WRONG = new Cell.Exit(3, 0, null, 500_000, 1);

    @Test
    void isTheProgramsOwnWhereNobodyKilledIt() {
        assertThat(verdict(FINE, null)).isEqualTo(Verdict.ACCEPTED);
        assertThat(verdict(WRONG, null)).isEqualTo(Verdict.RUNTIME_ERROR);
        assertThat(verdict(new Cell.Exit(139, 11, null, 0, 1), null)).isEqualTo(Verdict.RUNTIME_ERROR);
        assertThat(verdict(KILLED, null)).isEqualTo(Verdict.RUNTIME_ERROR);
    }

    @Test
    void isTheProgramsOwnWhereTheLimitCameTooLate() {
        assertThat(verdict(FINE, Verdict.TIME_LIMIT)).isEqualTo(Verdict.ACCEPTED);
    }

    @Test
    void isTheReasonForWhichItWasKilled() {
        assertThat(verdict(KILLED, Verdict.TIME_LIMIT)).isEqualTo(Verdict.TIME_LIMIT);
        assertThat(verdict(KILLED, Verdict.CANCELLED)).isEqualTo(Verdict.CANCELLED);
    }

    @Test
    void isTheLimitThatItsCellKept() {
        assertThat(verdict(new Cell.Exit(137, 9, Verdict.MEMORY_LIMIT, 0, 1), null))
                .isEqualTo(Verdict.MEMORY_LIMIT);
        assertThat(verdict(new Cell.Exit(1, 0, Verdict.PROCESS_LIMIT, 0, 1), null))
                .isEqualTo(Verdict.PROCESS_LIMIT);
    }

    @Test
    void isARefusalWhereTheFilterKilledIt() {
        assertThat(verdict(new Cell.Exit(159, 31, null, 0, 1), null)).isEqualTo(Verdict.REFUSED);
    }

    @Test
    void isTooMuchOutputEvenWhereTheProgramHasEndedByItself() {
        assertThat(verdict(FINE, Verdict.OUTPUT_LIMIT)).isEqualTo(Verdict.OUTPUT_LIMIT);
    }

    private static Verdict verdict(Cell.Exit exit, Verdict reason) {
        return new Ending(exit, reason).verdict();
    }
}
