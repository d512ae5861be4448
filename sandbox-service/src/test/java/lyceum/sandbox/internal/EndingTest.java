package lyceum.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import lyceum.sandbox.SandboxService.Limits;
import lyceum.sandbox.SandboxService.Verdict;
import org.junit.jupiter.api.Test;

class EndingTest {

    private static final Limits LIMITS = new Limits(Duration.ofSeconds(2), Duration.ofSeconds(1), 1, 1, 1, 1, 1, 0);
    private static final Cell.Exit KILLED = new Cell.Exit(137, 9, 500_000, 1);
    private static final Cell.Exit FINE = new Cell.Exit(0, 0, 500_000, 1);
    private static final Cell.Exit WRONG = new Cell.Exit(3, 0, 500_000, 1);

    @Test
    void isTheProgramsOwnWhereNobodyKilledIt() {
        assertThat(verdict(FINE, 0, null)).isEqualTo(Verdict.ACCEPTED);
        assertThat(verdict(WRONG, 0, null)).isEqualTo(Verdict.RUNTIME_ERROR);
        assertThat(verdict(new Cell.Exit(139, 11, 0, 1), 0, null)).isEqualTo(Verdict.RUNTIME_ERROR);
    }

    @Test
    void isTheProgramsOwnWhereTheLimitCameTooLate() {
        assertThat(verdict(FINE, 0, Verdict.TIME_LIMIT)).isEqualTo(Verdict.ACCEPTED);
        assertThat(verdict(WRONG, 1, null)).isEqualTo(Verdict.RUNTIME_ERROR);
    }

    @Test
    void isTheReasonForWhichItWasKilled() {
        assertThat(verdict(KILLED, 3, Verdict.TIME_LIMIT)).isEqualTo(Verdict.TIME_LIMIT);
        assertThat(verdict(KILLED, 0, Verdict.CANCELLED)).isEqualTo(Verdict.CANCELLED);
    }

    @Test
    void isTheKernelsReasonWhereTheKernelKilledIt() {
        assertThat(verdict(KILLED, 1, null)).isEqualTo(Verdict.MEMORY_LIMIT);
        assertThat(verdict(new Cell.Exit(137, 9, 1_000_001, 1), 0, null)).isEqualTo(Verdict.TIME_LIMIT);
        assertThat(verdict(KILLED, 0, null)).isEqualTo(Verdict.RUNTIME_ERROR);
    }

    @Test
    void isTooMuchOutputEvenWhereTheProgramHasEndedByItself() {
        Ending ending = new Ending(FINE, usage(0), null, true);

        assertThat(ending.verdict(LIMITS)).isEqualTo(Verdict.OUTPUT_LIMIT);
    }

    private static Verdict verdict(Cell.Exit exit, long killed, Verdict reason) {
        return new Ending(exit, usage(killed), reason, false).verdict(LIMITS);
    }

    private static Meter.Usage usage(long killed) {
        return new Meter.Usage(0, 0, 0, killed);
    }
}
