package lyceum.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import lyceum.sandbox.Program.Directory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * All hostile programs, four at a time, while honest ones run beside them and come to what they should. One round takes
 * ten seconds on two cores; {@code -Dlyceum.hostile.rounds=20} repeats it in the same service, and once more without control
 * groups, as {@link HostileTest} has them.
 */
class HostileBesideHonestTest {

    private static final int ROUNDS = Integer.getInteger("lyceum.hostile.rounds", 1);
    private static final int HOSTILE = 4;
    private static final int HONEST = 2;

    private final Queue<HostileProgram> left = new ConcurrentLinkedQueue<>();
    private final AtomicInteger hostileLanes = new AtomicInteger();

    @TestFactory
    Stream<DynamicNode> changesNoResultOfTheOthers() {
        Stream<String> ways = ROUNDS == 1 ? Stream.of("auto") : Stream.of("auto", "watchdog");
        return ways.map(metering -> dynamicTest(metering, () -> rounds(metering)));
    }

    private void rounds(String metering) throws Exception {
        TestSandbox sandbox = new TestSandbox(
                Map.of("LYCEUM_SANDBOX_METERING", metering, "LYCEUM_SANDBOX_CONCURRENCY", "" + (HOSTILE + HONEST)));
        ExecutorService lanes = Executors.newFixedThreadPool(HOSTILE + HONEST);
        try (sandbox;
                Canaries canaries = new Canaries()) {
            for (int round = 0; round < ROUNDS; round++) {
                round(sandbox, lanes);
                canaries.assertNobodyCame();
            }
        } finally {
            lanes.shutdown();
        }
        assertThat(sandbox.processes()).isEmpty();
        assertThat(TestSandbox.groups(ProcessHandle.current().pid())).isEmpty();
    }

    private void round(TestSandbox sandbox, ExecutorService lanes) throws Exception {
        left.addAll(HostileProgram.all());
        hostileLanes.set(HOSTILE);
        List<Callable<Integer>> stories = new ArrayList<>();
        for (int i = 0; i < HOSTILE; i++) {
            stories.add(() -> hostile(sandbox));
        }
        for (int i = 0; i < HONEST; i++) {
            stories.add(() -> honest(sandbox));
        }
        for (Future<Integer> story : lanes.invokeAll(stories)) {
            assertThat(story.get()).isPositive();
        }
        Awaitility.await().until(() -> sandbox.programs().isEmpty());
    }

    /** @return how many it has run, one after the other, until there were no more */
    private int hostile(TestSandbox sandbox) {
        try {
            int count = 0;
            for (HostileProgram next = left.poll(); next != null; next = left.poll()) {
                judge(next, sandbox);
                count++;
            }
            return count;
        } finally {
            hostileLanes.decrementAndGet();
        }
    }

    private static void judge(HostileProgram program, TestSandbox sandbox) {
        try {
            program.judge(sandbox.service().run(program.run(Directory.OWN)).await());
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(program.name(), e);
        }
    }

    /** @return how many it has run, one after the other, as long as there were hostile ones */
    private int honest(TestSandbox sandbox) {
        int count = 0;
        while (hostileLanes.get() > 0) {
            for (HonestProgram program : HonestProgram.all()) {
                program.judge(sandbox.service().run(program.run()).await());
                count++;
            }
        }
        return count;
    }
}
