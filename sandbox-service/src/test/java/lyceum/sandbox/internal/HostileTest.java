package lyceum.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.vertx.core.Future;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import lyceum.sandbox.Outcome;
import lyceum.sandbox.Program.Directory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every program of {@code hostile/} is contained without control groups, and where its directory is its root; with them, in
 * a directory of its own, by {@link HostileBesideHonestTest}.
 */
class HostileTest {

    private TestSandbox sandbox;
    private Canaries canaries;

    @BeforeEach
    void plantCanaries() throws IOException {
        canaries = new Canaries();
    }

    @AfterEach
    void leavesNothing() throws IOException {
        assertThat(sandbox.run("print('hello')").usage().wallTimeMillis()).isLessThan(10_000);
        Awaitility.await().until(() -> sandbox.programs().isEmpty());
        sandbox.close();
        assertThat(sandbox.processes()).isEmpty();
        assertThat(TestSandbox.groups(ProcessHandle.current().pid())).isEmpty();
        canaries.close();
    }

    @TestFactory
    Stream<DynamicNode> isContainedByTheWatchdog() {
        sandbox = new TestSandbox(Map.of("LYCEUM_SANDBOX_CONCURRENCY", "4", "LYCEUM_SANDBOX_METERING", "watchdog"));
        // Its own directory is the root here, so that one is told apart below.
        // All are started now; the service itself lets a few run at a time.
        return HostileProgram.all().stream()
                .filter(program -> !program.name().equals("fs_write_outside"))
                .map(this::test)
                .toList()
                .stream();
    }

    @Test
    void writesOnlyToItsOwnRootWhereThatIsItsDirectory() {
        sandbox = new TestSandbox(Map.of());
        HostileProgram writer = HostileProgram.all().stream()
                .filter(program -> program.name().equals("fs_write_outside"))
                .findFirst()
                .orElseThrow();

        assertThat(sandbox.service()
                        .run(writer.run(Directory.ROOT))
                        .await()
                        .stdout()
                        .bytes())
                .hasToString("ESCAPED: /hostile-was-here\n");
    }

    private DynamicNode test(HostileProgram program) {
        Future<Outcome> outcome = sandbox.service().run(program.run(Directory.ROOT));
        return dynamicTest(program.name(), () -> {
            while (!outcome.isComplete()) {
                Canaries.assertNothingListens();
            }
            program.judge(outcome.await());
            canaries.assertNobodyCame();
        });
    }
}
