package lyceum.sandbox.internal;

import static lyceum.sandbox.internal.TestSandbox.LIMITS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;

/** The end of a service in the middle of everything. No other service lives beside it, whose processes would look alike. */
class SandboxEndTest {

    @RepeatedTest(5)
    void leavesNoCellBehindThatIsBornMeanwhile() {
        TestSandbox sandbox = new TestSandbox(Map.of());
        IntStream.range(0, 6)
                .forEach(n ->
                        sandbox.start("import time; time.sleep(60)", LIMITS).otherwiseEmpty());

        sandbox.close();

        assertThat(sandbox.processes()).isEmpty();
    }
}
