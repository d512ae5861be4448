package lyceum.sandbox.internal;

import static lyceum.sandbox.internal.TestSandbox.LIMITS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import lyceum.sandbox.Limits;
import lyceum.sandbox.Outcome;
import lyceum.sandbox.Program.Directory;
import lyceum.sandbox.Run;
import lyceum.sandbox.Verdict;
import lyceum.sandbox.internal.SandboxConfig.Metering;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What programs see and how their ends are told; the programs are those of elicast's recorded code runs. */
@ParameterizedClass
@EnumSource(
        value = Metering.class,
        names = {"AUTO", "WATCHDOG"})
@TestInstance(Lifecycle.PER_CLASS)
class ProgramTest {

    private static final int MIB = 1 << 20;

    @Parameter
    Metering metering;

    private TestSandbox sandbox;

    @BeforeParameterizedClassInvocation
    void start() {
        sandbox = new TestSandbox(
                Map.of("LYCEUM_SANDBOX_METERING", metering.name().toLowerCase(Locale.ROOT)));
    }

    @AfterParameterizedClassInvocation
    void stop() {
        sandbox.close();
    }

    @Test
    void seesItselfAsTheOnlyProcessOfAPlainMachine() {
        assertThat(output("""
                import os, sys
                print(__file__, sys.argv, os.getcwd(), os.getpid(), os.getuid(), sys.stdin.isatty(), sys.stdout.encoding)
                print(sorted(os.environ), os.path.dirname(sys.executable) in os.environ["PATH"].split(":"))"""))
                .isEqualTo("/codefile.py ['/codefile.py'] / 1 0 False utf-8\n"
                        + "['HOME', 'HOSTNAME', 'LANG', 'PATH', 'PYTHON_VERSION'] True\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            import sys; sys.exit(3)              | 3   | 0
            import sys; sys.exit(-1)             | 255 | 0
            import sys; sys.exit(300)            | 44  | 0
            import sys; sys.exit("text")         | 1   | 0
            1/0                                  | 1   | 0
            import ctypes; ctypes.string_at(0)   | 139 | 11
            """)
    void endsAsAShellWouldSayIt(String source, int exitCode, int signal) {
        Outcome outcome = sandbox.run(source);

        assertThat(outcome.verdict()).isEqualTo(Verdict.RUNTIME_ERROR);
        assertThat(outcome.exitCode()).isEqualTo(exitCode);
        assertThat(outcome.signal()).isEqualTo(signal);
    }

    @Test
    void readsWhatItIsGivenAndThenTheEnd() {
        Buffer stdin = Buffer.buffer("é".repeat(500_000));
        Run order = TestSandbox.python(
                "stdin", Buffer.buffer("import sys; print(len(sys.stdin.read()))"), stdin, LIMITS, Directory.ROOT);

        assertThat(sandbox.service().run(order).await().stdout().bytes()).hasToString("500000\n");
        assertThat(output("import sys; print(repr(sys.stdin.read()))")).isEqualTo("''\n");
        assertThat(output("input('name? ')"))
                .startsWith("name? Traceback")
                .endsWith("EOFError: EOF when reading a line\n");
    }

    @Test
    void writesBothStreamsInTheOrderOfWriting() {
        assertThat(output("""
                import sys
                for i in range(3):
                    print("out", i)
                    print("err", i, file=sys.stderr)
                sys.stdout.write("a"); sys.stderr.write("E1\\n"); sys.stdout.write("b\\n")""")).isEqualTo("out 0\nerr 0\nout 1\nerr 1\nout 2\nerr 2\naE1\nb\n");
    }

    @Test
    void writesBytesThatNobodyTouches() {
        Outcome outcome = sandbox.run("import sys\nsys.stdout.buffer.write(bytes(range(256)) + b'\\xe2\\x82')");

        assertThat(outcome.stdout().bytes().length()).isEqualTo(258);
        assertThat(outcome.stdout().bytes().getBytes()).startsWith(0, 1, 2).endsWith(0xFF, 0xE2, 0x82);
    }

    @Test
    void canWriteToItsDirectoryAndItsTmpAndNothingPersists() {
        String write = "open('/tmp/a','w').write('hi'); open('b','w').write('ho'); print(open('/b').read())";
        String look =
                "import os; print(os.path.exists('/tmp/a'), os.path.exists('/b'), open('/dev/stdout','w').write(''))";

        assertThat(output(write)).isEqualTo("ho\n");
        assertThat(output(look)).isEqualTo("False False 0\n");
    }

    @Test
    void canWriteOnlyAsMuchAsItMay() {
        String source = """
                import sys
                for name in "/tmp/a", "b", "/dev/shm/c":
                    f = open(name, "wb", 0)
                    try:
                        for _ in range(100): f.write(bytes(1 << 20))
                    except OSError as e: print(e.errno, f.tell() >> 20)""";

        // No space left where the file system ends first, file too large where the file does.
        assertThat(output(source).lines()).hasSize(3).allMatch(line -> line.matches("(27|28) 3[0-2]"));
    }

    @Test
    void cannotChangeItsSource() {
        assertThat(output("print(open(__file__).read())")).isEqualTo("print(open(__file__).read())\n");
        assertThat(output("open('/codefile.py','w')")).contains("Read-only file system: '/codefile.py'");
        assertThat(output("import os; os.remove('/codefile.py')")).contains("OSError");
    }

    @Test
    void hasAReadOnlyRootWhereItsDirectoryIsItsOwn() {
        String source = "import os; print(os.getcwd()); open('a','w').write('x'); open('/b','w')";
        Run order = TestSandbox.python("own", Buffer.buffer(source), Buffer.buffer(), LIMITS, Directory.OWN);

        assertThat(sandbox.service().run(order).await().stdout().bytes().toString())
                .startsWith("/w\n")
                .contains("Read-only file system: '/b'");
    }

    @Test
    void hasNoNetworkButItsOwnLoopback() {
        assertThat(output("""
                import socket
                try: socket.create_connection(("8.8.8.8", 53), 2)
                except OSError as e: print(e.errno)
                try: socket.gethostbyname("example.com")
                except OSError as e: print(type(e).__name__, e)
                s = socket.create_server(("127.0.0.1", 0)); c = socket.create_connection(s.getsockname())
                s.accept()[0].sendall(b"x"); print(c.recv(1))""")).isEqualTo("101\ngaierror [Errno -3] Temporary failure in name resolution\nb'x'\n");
    }

    @Test
    void isKilledForTheMemoryItHolds() {
        Outcome outcome = sandbox.run("print('start')\nx = bytearray(400*1024*1024)\nprint(len(x))");

        assertThat(outcome.verdict()).isEqualTo(Verdict.MEMORY_LIMIT);
        assertThat(outcome.exitCode()).isEqualTo(137);
        assertThat(outcome.stdout().bytes()).hasToString("start\n");
        assertThat(outcome.usage().peakMemoryBytes()).isBetween(200L * MIB, 320L * MIB);
        assertThat(output("x = bytearray(150*1024*1024)\nprint(len(x))")).isEqualTo("157286400\n");
    }

    @Test
    void goesOnWhenAChildIsKilledForItsMemory() {
        assumeTrue(TestSandbox.isRoot() && metering == Metering.AUTO, "only control groups can do that");
        String source =
                "import subprocess,sys\nr=subprocess.run([sys.executable,'-c','x=bytearray(400*1024*1024)'])\nprint(r.returncode)";

        assertThat(sandbox.run(source).verdict()).isEqualTo(Verdict.ACCEPTED);
        assertThat(output(source)).isEqualTo("-9\n");
    }

    @Test
    void cannotKillItself() {
        assertThat(output("import os\nos.kill(1, 9)\nos.kill(1, 15)\nprint('still here')"))
                .isEqualTo("still here\n");
        assertThat(sandbox.run("import os; os.abort()").exitCode()).isIn(134, 139);
    }

    @Test
    void isNotWaitedForByItsBackgroundChildren() {
        Outcome outcome = sandbox.run("import subprocess\nsubprocess.Popen(['sleep', '60'])\nprint('done')");

        assertThat(outcome.stdout().bytes()).hasToString("done\n");
        assertThat(outcome.usage().wallTimeMillis()).isLessThan(5_000);
        assertThat(sandbox.programs()).isEmpty();
    }

    @Test
    void mayHaveThreadsAndProcesses() {
        assertThat(output("""
                import threading, multiprocessing
                t = threading.Thread(target=print, args=("in thread",)); t.start(); t.join()
                with multiprocessing.get_context("fork").Pool(2) as pool: print(pool.map(abs, [-1, -2]))""")).isEqualTo("in thread\n[1, 2]\n");
    }

    @Test
    void isToldApartWhereItFailedForWantOfProcesses() {
        assumeTrue(TestSandbox.isRoot() && metering == Metering.AUTO, "only control groups tell that");

        assertThat(sandbox.run("import os, time\nwhile os.fork(): pass\ntime.sleep(60)")
                        .verdict())
                .isEqualTo(Verdict.PROCESS_LIMIT);
    }

    @Test
    void isStoppedByTheWallClock() {
        Outcome outcome = sandbox.start("print('tick')\nimport time; time.sleep(60)", times(700, 5_000))
                .await();

        assertThat(outcome.verdict()).isEqualTo(Verdict.TIME_LIMIT);
        assertThat(outcome.stdout().bytes()).hasToString("tick\n");
        assertThat(outcome.usage().wallTimeMillis()).isBetween(700L, 10_000L);
        assertThat(outcome.usage().cpuTimeMillis()).isLessThan(500);
    }

    @Test
    void isStoppedByTheCpuClockOfAllItsProcesses() {
        Outcome outcome = sandbox.start("import os\nos.fork()\nwhile True: pass", times(9_000, 600))
                .await();

        assertThat(outcome.verdict()).isEqualTo(Verdict.CPU_LIMIT);
        assertThat(outcome.usage().cpuTimeMillis()).isBetween(600L, 5_000L);
    }

    @Test
    void isStoppedWhenItWritesMoreThanItMay() {
        Limits limits = new Limits(Duration.ofSeconds(9), Duration.ofSeconds(9), 256 * MIB, 0, MIB, 5, 5, 100_000);
        Outcome outcome = sandbox.start("while True: print('x' * 1000)", limits).await();

        assertThat(outcome.verdict()).isEqualTo(Verdict.OUTPUT_LIMIT);
        assertThat(outcome.stdout().truncated()).isTrue();
        assertThat(outcome.stdout().bytes().toString())
                .matches("xxxxx\n\\[\\d+ bytes of output are missing here]\n[x\n]{5}");
    }

    @Test
    void keepsBeginningAndEndOfLongOutput() {
        Outcome outcome = sandbox.run("for i in range(100000): print('%08d ' % i + 'y'*40)");

        assertThat(outcome.verdict()).isEqualTo(Verdict.ACCEPTED);
        assertThat(outcome.stdout().written()).isEqualTo(5_000_000);
        assertThat(outcome.stdout().bytes().length()).isBetween(MIB, MIB + 100);
        assertThat(outcome.stdout().bytes().toString())
                .startsWith("00000000 yyy")
                .endsWith("00099999 " + "y".repeat(40) + "\n");
    }

    @Test
    void mayBeLongAndHoldAnyCharacter() {
        assertThat(output("x = \"" + "a".repeat(2_000_000) + "\"\nprint(len(x))"))
                .isEqualTo("2000000\n");
        assertThat(output("print(\"안녕 🙂 é\")\r\nif True:\r\n    print(2)\r\n")).isEqualTo("안녕 🙂 é\n2\n");
    }

    private String output(String source) {
        return sandbox.run(source).stdout().bytes().toString();
    }

    private static Limits times(long wallMillis, long cpuMillis) {
        return new Limits(
                Duration.ofMillis(wallMillis), Duration.ofMillis(cpuMillis), 256 * MIB, 0, MIB, 1_000, 1_000, -1);
    }
}
