package lyceum.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import lyceum.sandbox.Limits;
import lyceum.sandbox.Verdict;
import lyceum.sandbox.internal.Meter.Usage;
import org.junit.jupiter.api.Test;

class AccountTest {

    private static final Limits LIMITS = new Limits(Duration.ofSeconds(2), Duration.ofSeconds(1), 1, 1, 1, 1, 1, 0);

    @Test
    void namesTheLimitForWhichItWasKilled() {
        assertThat(limit(137, 9, Verdict.CPU_LIMIT, usage(0, 1, 0))).isEqualTo(Verdict.CPU_LIMIT);
        assertThat(limit(137, 9, null, usage(0, 1, 0))).isEqualTo(Verdict.MEMORY_LIMIT);
        assertThat(limit(137, 9, null, usage(1_000_001, 0, 0))).isEqualTo(Verdict.CPU_LIMIT);
        assertThat(limit(137, 9, null, usage(0, 0, 0))).isNull();
    }

    @Test
    void namesNoneWhereItWentOnWhenAChildWasKilled() {
        assertThat(limit(3, 0, null, usage(0, 1, 0))).isNull();
        assertThat(limit(0, 0, Verdict.MEMORY_LIMIT, usage(0, 0, 0))).isNull();
    }

    @Test
    void namesTheProcessesItWasRefusedOnlyWhereItFailed() {
        assertThat(limit(1, 0, null, usage(0, 0, 1))).isEqualTo(Verdict.PROCESS_LIMIT);
        assertThat(limit(0, 0, null, usage(0, 0, 1))).isNull();
    }

    @Test
    void takesTheLargerOfTwoCounts() {
        Cell.Exit exit = new Account(0, 0, 7, 4_096, null).exit(new Usage(5, 0, 0, 0, 0), LIMITS);

        assertThat(exit.cpuMicros()).isEqualTo(7);
        assertThat(exit.peakBytes()).isEqualTo(4_096);
    }

    private static Verdict limit(int code, int signal, Verdict killedFor, Usage usage) {
        return new Account(code, signal, 0, 0, killedFor).exit(usage, LIMITS).limit();
    }

    private static Usage usage(long cpuMicros, long killed, long refused) {
        return new Usage(cpuMicros, 0, 0, killed, refused);
    }
}
