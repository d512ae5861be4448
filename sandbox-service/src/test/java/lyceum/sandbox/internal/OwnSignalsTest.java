package lyceum.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;

import lyceum.sandbox.Outcome;
import lyceum.sandbox.Program.Directory;
import lyceum.sandbox.Verdict;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Signals that a program sends to itself, where it is the first process of its namespaces. It needs Linux 5.7, as every
 * machine has that is tested on.
 */
@TestInstance(Lifecycle.PER_CLASS)
class OwnSignalsTest {

    private static final String IMPORTS = "import os, signal, subprocess, threading, time\n"
            + "block = lambda: signal.pthread_sigmask(signal.SIG_BLOCK, [15])\n"
            + "unblock = lambda: signal.pthread_sigmask(signal.SIG_UNBLOCK, [15])\n";

    private TestCells cells;

    @BeforeAll
    void start() {
        cells = new TestCells();
    }

    @AfterAll
    void stop() {
        cells.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "os.kill(os.getpid(), 9) | 9",
                "os.kill(os.getpid(), 15) | 15",
                "os.kill(os.getpid(), signal.SIGRTMIN) | 34",
                "os.kill(os.getpid(), 2) | 2",
                "os.kill(0, 15) | 15",
                "os.killpg(0, 1) | 1",
                "os.abort() | 6",
                "signal.raise_signal(11) | 11",
                "signal.signal(14, signal.SIG_DFL); signal.raise_signal(14) | 14",
                "threading.Thread(target=signal.raise_signal, args=[10]).start(); signal.pause() | 10",
                "signal.pthread_kill(threading.main_thread().ident, 12) | 12",
                "os.fork() or os.kill(os.getppid(), 15); signal.pause() | 15",
                "os.fork() or os.kill(0, 3); signal.pause() | 3",
                "os.fork() or os.kill(-1, 9); signal.pause() | 9",
                "os.execv('/bin/sh', ['sh', '-c', 'kill -9 $$']) | 9",
                "subprocess.run(['sh', '-c', 'kill -15 $PPID']); signal.pause() | 15",
                "block(); os.fork() or os.kill(1, 15); time.sleep(0.005); unblock(); signal.pause() | 15"
            })
    void endItAsTheyDoEverywhere(String source, int signal) {
        Outcome outcome =
                cells.run(TestTasks.python(IMPORTS + "print('begun', flush=True)\n" + source + "\nprint('on')"));

        assertThat(outcome.stdout().bytes().toString()).startsWith("begun\n").doesNotContain("on\n");
        assertThat(outcome.signal()).isEqualTo(signal);
        assertThat(outcome.exitCode()).isEqualTo(128 + signal);
        assertThat(outcome.verdict()).isEqualTo(Verdict.RUNTIME_ERROR);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "signal.signal(15, lambda *_: print('caught')); os.kill(os.getpid(), 15)",
                "signal.signal(15, lambda *_: print('caught')); signal.raise_signal(15)",
                "signal.signal(15, lambda *_: print('caught')); os.fork() or os._exit(os.kill(1, 15) or 0); os.wait()",
                "signal.signal(15, signal.SIG_IGN); os.kill(1, 15)",
                "signal.pthread_sigmask(signal.SIG_BLOCK, [15]); os.kill(1, 15); print(signal.sigwait([15]))",
                "block(); os.fork() or os._exit(os.kill(1, 15) or 0); os.wait(); print(signal.sigpending())",
                "os.kill(1, 17); os.kill(1, 28); os.kill(1, 18); os.kill(1, 0)",
                "os.kill(-1, 0) if os.fork() else signal.pause(); os.kill(-1, 9); print(os.wait()[1])",
                "child = os.fork() or signal.pause(); os.kill(child, 15); print(os.waitpid(child, 0)[1])",
                "signal.signal(14, lambda *_: print('caught')); signal.alarm(1); signal.pause()"
            })
    void leaveItAliveWhereTheyDoEverywhere(String source) {
        String whole = IMPORTS + source + "\nprint('on')";
        Task child = TestTasks.command("python3", "-u", "-c", whole); // is not the first process

        Outcome outcome = cells.run(TestTasks.python(whole));

        assertThat(outcome.verdict()).isEqualTo(Verdict.ACCEPTED);
        assertThat(outcome.stdout().bytes().toString()).endsWith("on\n");
        if (!source.contains("kill(1,")) {
            assertThat(outcome.stdout()).isEqualTo(cells.run(child).stdout());
        }
        assertThat(outcome.stdout().bytes().toString().contains("caught")).isEqualTo(source.contains("caught"));
    }

    @Test
    void areAllDeliveredHoweverManyThereAre() {
        String source = """
                import signal
                count = 0
                def catch(*_):
                    global count
                    count += 1
                signal.signal(signal.SIGUSR1, catch)
                for _ in range(600):
                    signal.raise_signal(signal.SIGUSR1)
                print(count)
                signal.signal(signal.SIGUSR1, signal.SIG_DFL)
                signal.raise_signal(signal.SIGUSR1)
                """;

        Outcome outcome = cells.run(TestTasks.python(source));

        assertThat(outcome.stdout().bytes()).hasToString("600\n");
        assertThat(outcome.signal()).isEqualTo(10);
    }

    @Test
    void areKeptFromALessonWhichIsTheFirstProcessAsItAlwaysWas() {
        Outcome killed = lesson("import os\nos.kill(os.getpid(), 9)\nos.kill(0, 15)\nprint('on')");
        assertThat(killed.verdict()).isEqualTo(Verdict.ACCEPTED);
        assertThat(killed.stdout().bytes()).hasToString("on\n");

        Outcome aborted = lesson("import os\nos.abort()");
        assertThat(aborted.signal()).isEqualTo(11);
    }

    private Outcome lesson(String source) {
        return cells.run(TestTasks.python(Directory.ROOT, source, TestTasks.LIMITS));
    }
}
