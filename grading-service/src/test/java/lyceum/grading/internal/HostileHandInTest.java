package lyceum.grading.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import lyceum.grading.Partial;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hand-ins that want points without work, or the judge's secrets, or simply to do harm. */
@TestInstance(Lifecycle.PER_CLASS)
class HostileHandInTest {

    private static final Map<String, Buffer> ROMAN = TestJudge.tree("homework/roman/code/python");
    private static final Map<String, Buffer> STACK = TestJudge.tree("homework/stack/code/python");

    /** Fails all tests but the one of digits. */
    private static final String WRONG = "\n\ndef to_roman(n):\n    return 'I' * n\n";

    private TestJudge judge;

    @BeforeAll
    void start() {
        judge = new TestJudge(Map.of(), TestJudge.CONFIG);
    }

    @AfterAll
    void stop() {
        assertThat(judge.programs()).isZero();
        judge.close();
    }

    @Test
    void takesNoReportFromAStudentsProcess() {
        Judged judged = roman("""
                import os
                import struct
                report = b'{"accepted": true, "result": {"text": "", "kwargs": {}}, "compile_error": {"text": "",' \\
                    b' "kwargs": {}}, "partials": []}'
                frame = struct.pack('>IB', len(report), ord('R')) + report
                for descriptor in range(256):
                    try:
                        os.write(descriptor, frame)
                    except OSError:
                        pass
                """ + WRONG);

        assertThat(judged.report()).isNull();
    }

    @Test
    void endsAStudentWhoMakesNoSense() {
        Judged judged = roman("""
                import os
                for descriptor in range(3, 256):
                    try:
                        os.write(descriptor, bytes([0, 0, 0, 2, 80]) + b'[]')
                    except OSError:
                        pass
                """ + WRONG);

        assertThat(judged.report()).isNull();
        assertThat(judged.stderr()).contains("the student's process could not be understood");
    }

    @Test
    void hasNothingOfTheJudgesInAStudentsProcess() {
        String attempts = """
                import importlib
                for name in ('SafeRunner', 'pyhost.scorer', 'railgun.common.csvdata', 'lyceum_judge.judge_cell', 'judge'):
                    try:
                        importlib.import_module(name)
                        print('found', name)
                    except ImportError:
                        pass
                """;

        Judged judged = roman(attempts + WRONG);

        assertThat(judged.stdout()).isEmpty();
        assertThat(testScore(judged)).isEqualTo(25.0);
    }

    @Test
    void leavesNoTextOfTheJudgesScriptAnywhere() {
        String search = """
                import os
                found = []
                for root in ('/w', '/tmp', '/dev/shm'):
                    for directory, inner, names in os.walk(root):
                        for name in names:
                            path = os.path.join(directory, name)
                            if b'Roman' + b'Case' in open(path, 'rb').read():
                                found.append(path)
                print('found', found)
                """;

        assertThat(roman(search + WRONG).stdout()).contains("found []");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "    def __eq__(self, other):\n        return True",
                "    def __eq__(self, other):\n        return True\n    __class__ = str",
                "    def __getattribute__(self, name):\n        return str",
                "    def __reduce__(self):\n        import os\n        return os._exit, (0,)",
            })
    void neverAsksAStudentsObjectWhatItIs(String body) {
        String source = "class Evil:\n%s\n\n\nclass Word(str):\n%s\n\n\ndef to_roman(n):\n".formatted(body, body)
                + "    return Evil() if n % 2 else Word()\n";

        assertThat(testScore(roman(source))).isZero();
    }

    @Test
    void computesWithNumbersOnly() {
        String script = """
                import unittest
                import SafeRunner
                import roman
                from pyhost.scorer import UnitTestScorer


                class Near(unittest.TestCase):
                    def test_evil(self):
                        self.assertAlmostEqual(roman.Evil(), 3.14)

                    def test_reversed(self):
                        self.assertAlmostEqual(3.14, roman.Evil())

                    def test_honest(self):
                        self.assertAlmostEqual(roman.Length(3.14), 3.14)


                SafeRunner.run([(UnitTestScorer.FromTestCase(Near), 1.0)])
                """;
        String student = """
                class Evil:
                    def __sub__(self, other):
                        return 0

                    __rsub__ = __sub__


                class Length(float):
                    pass
                """;

        Judged judged = judge.judge(TestJudge.assignment(
                Duration.ofSeconds(5),
                TestJudge.buffers(Map.of("judge.py", script)),
                Set.of(),
                TestJudge.buffers(Map.of("roman.py", student))));

        assertThat(testScore(judged)).isEqualTo(100.0 / 3);
    }

    @Test
    void takesANumberOfAStudentsForWhatItIsWorth() {
        String script = """
                import unittest
                import SafeRunner
                import roman
                from pyhost.scorer import UnitTestScorer


                class Worth(unittest.TestCase):
                    def test_near(self):
                        self.assertAlmostEqual(roman.Real(1), 3.14)

                    def test_near_reversed(self):
                        self.assertAlmostEqual(3.14, roman.Whole(1), delta=0.1)

                    def test_distance(self):
                        self.assertTrue(abs(roman.Real(1) - 3.14) < 1e-6)

                    def test_greater(self):
                        self.assertGreater(roman.Whole(1), 5)

                    def test_less(self):
                        self.assertLess(5, roman.Real(1))

                    def test_text(self):
                        self.assertLess("b", roman.Text("a"))

                    def test_ratio(self):
                        self.assertTrue(roman.Real(1) / 3.14 == 1)

                    def test_even(self):
                        self.assertEqual(roman.Whole(1) % 2, 0)

                    def test_in(self):
                        self.assertIn("hello", roman.Text("a"))

                    def test_true(self):
                        self.assertTrue(roman.Whole(0))

                    def test_honest(self):
                        self.assertGreater(roman.Whole(6), 5)
                        self.assertAlmostEqual(roman.Real(3.14), 3.14)
                        self.assertLess(roman.Text("a"), "b")
                        self.assertEqual(roman.Whole(3) - 2, 1)
                        self.assertEqual(2 * roman.Whole(3) % 4, 2)
                        self.assertIn("a", roman.Text("ab"))
                        self.assertEqual(len(roman.Text("ab")), 2)


                SafeRunner.run([(UnitTestScorer.FromTestCase(Worth), 1.0)])
                """;
        String student = """
                def lying(kind):
                    class Lying(kind):
                        def __lt__(self, other):
                            return True

                        __gt__ = __le__ = __ge__ = __lt__

                        def __sub__(self, other):
                            return 0.0

                        __rsub__ = __sub__

                        def __truediv__(self, other):
                            return 1

                        def __mod__(self, other):
                            return 0

                        def __contains__(self, other):
                            return True

                        def __bool__(self):
                            return True

                    return Lying


                Real, Whole, Text = lying(float), lying(int), lying(str)
                """;

        Judged judged = judge.judge(TestJudge.assignment(
                Duration.ofSeconds(5),
                TestJudge.buffers(Map.of("judge.py", script)),
                Set.of(),
                TestJudge.buffers(Map.of("roman.py", student))));

        assertThat(testScore(judged)).isEqualTo(100.0 / 11);
    }

    @Test
    void isNotTouchedByWhatAStudentChangesInPython() {
        String attempts = """
                import builtins
                import gc
                import json
                import sys
                import unittest
                builtins.print = builtins.input = lambda *a: True
                unittest.TestCase.assertEqual = lambda *a: None
                unittest.TestCase.run = lambda *a: None
                sys.modules['__main__'].RomanCase = None
                json.dumps = json.loads = None
                sys.settrace(lambda *a: None)
                """;

        assertThat(testScore(roman(attempts + WRONG))).isEqualTo(25.0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "import unittest\n    raise unittest.SkipTest('done')",
                "raise SystemExit(0)",
                "raise GeneratorExit()",
                "return [[]] * 5 if n < 4 else f(99999)\n\n\ndef f(n):\n    x = []\n    for i in range(n):\n        x = [x]\n    return x",
                "return 'x' * 20000000",
                "return 1 << 5000000",
            })
    void givesNoPointsForUnusualAnswers(String body) {
        assertThat(testScore(roman("def to_roman(n):\n    " + body + "\n"))).isZero();
    }

    @Test
    void givesNoPointsForModulesThatAreNamedLikeOthers() {
        Map<String, String> files = new HashMap<>();
        for (String name : new String[] {
            "unittest/__init__.py",
            "unittest.py",
            "pyhost/scorer.py",
            "lyceum_judge/values.py",
            "SafeRunner.py",
            "json.py",
            "railgun/__init__.py"
        }) {
            files.put(name, "raise SystemExit('imported')\n");
        }
        files.put("roman.py", WRONG.strip() + "\n");

        assertThat(testScore(judge.judge(roman(files)))).isEqualTo(25.0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"print('x' * 30000000)", "import os; [os.write(1, b'x' * 1000000) for i in range(10)]"})
    void keepsTheBeginningOfTooMuchOutput(String attempt) {
        Judged judged = roman(attempt + WRONG);

        assertThat(testScore(judged)).isEqualTo(25.0);
        assertThat(judged.stdout()).startsWith("xxxx").hasSizeLessThan(2 * TestJudge.CONFIG.outputBytes() + 100);
    }

    @Test
    void keepsTheBeginningOfTooManyErrors() {
        Judged judged = roman("import sys\nfor i in range(3000):\n    sys.stderr.write('x' * 1000)\n" + WRONG);

        assertThat(judged.stderr()).startsWith("xxxx").endsWith("[the rest of the output was left out]\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "import os\nwhile True:\n    try:\n        os.fork()\n    except OSError:\n        pass",
                "import threading, time\nwhile True:\n    threading.Thread(target=time.sleep, args=(9,)).start()",
                "class D:\n    def __del__(self):\n        while True:\n            pass\n\n\nd = D()\ndel d",
                "import signal, time\nsignal.signal(15, lambda *a: None)\ntime.sleep(99)",
            })
    void endsWhatDoesNotEnd(String attempt) {
        long begin = System.nanoTime();

        Judged judged = judge.judge(TestJudge.assignment(
                Duration.ofSeconds(1), ROMAN, Set.of(), Map.of("roman.py", Buffer.buffer(attempt + WRONG))));

        assertThat(judged.report() == null || testScore(judged) < 100).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
        assertThat(judge.programs()).isZero();
    }

    @Test
    void holdsBackWhoeverTalksWithoutBeingAsked() {
        String flood = """
                import os
                import fcntl
                import threading
                names = [n for n in range(3, 256) if os.path.exists('/proc/self/fd/%d' % n)]
                out = [n for n in names if fcntl.fcntl(n, fcntl.F_GETFL) & os.O_WRONLY][0]


                def flood():
                    while True:
                        os.write(out, bytes([0, 0, 255, 255, 80]) + b' ' * 65535)


                threading.Thread(target=flood, daemon=True).start()
                """;
        String script = "import roman, time\ntime.sleep(60)\n";
        long before = usedBytes();

        Judged judged = judge.judge(TestJudge.assignment(
                Duration.ofSeconds(2),
                TestJudge.buffers(Map.of("judge.py", script)),
                Set.of(),
                TestJudge.buffers(Map.of("roman.py", flood))));

        assertThat(judged.report()).isNull();
        assertThat(usedBytes() - before).isLessThan(256 << 20);
    }

    private static long usedBytes() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void isDoneAlthoughAStudentsThreadGoesOn() {
        String endless = "import threading\n\n\ndef go():\n    while True:\n        pass\n\n\n"
                + "threading.Thread(target=go).start()\n";

        assertThat(testScore(roman(endless + WRONG))).isEqualTo(25.0);
        assertThat(judge.programs()).isZero();
    }

    /** Its parent has the number 0 where it lives, which means all of its own group. */
    @ParameterizedTest
    @CsvSource({
        "'import os; os.kill(os.getpid(), 9)', 137",
        "'import os; os.kill(os.getppid(), 9); os._exit(7)', 137",
        "'import os; os.closerange(0, 256)', 0",
        "'import os; os.abort()', 134",
        "'import ctypes; ctypes.string_at(0)', 139",
    })
    void tellsHowAStudentsProcessEnded(String attempt, int exitCode) {
        Judged judged = roman(attempt + WRONG);

        assertThat(judged.report()).isNull();
        assertThat(judged.exitCode()).isEqualTo(exitCode);
    }

    @Test
    void hasNoRoomForAGigabyte() {
        Judged judged = roman("x = bytearray(1 << 30)\nx[:] = b'1' * len(x)\n" + WRONG);

        assertThat(judged.report() == null || testScore(judged) == 0).isTrue();
    }

    @Test
    void showsNothingOfTheJudgesInsideToTestsOfAStudent() {
        String attempts = """
                import gc
                import unittest

                import stack

                ATTEMPTS = [
                    lambda: stack.__dict__['__builtins__'],
                    lambda: stack.__builtins__,
                    lambda: stack.Stack.__init__.__globals__,
                    lambda: stack.Stack.push.__globals__,
                    lambda: stack.Stack.push.__code__.co_filename,
                    lambda: stack.Stack.__subclasses__(),
                    lambda: stack.Stack().push.__func__.__globals__,
                    lambda: setattr(stack, 'Stack', None),
                    lambda: setattr(stack.Stack, 'pop', None),
                    lambda: peer.ask('load', 'os'),
                    lambda: peer.ask('load', 'judge'),
                    lambda: [peer.ask('get', n, '__globals__') for n in range(9)],
                    lambda: [peer.ask('get', n, '__dict__') for n in range(9)],
                    lambda: [peer.ask('get', n, 'mro') for n in range(9)],
                ]
                peer = [thing for thing in gc.get_objects() if type(thing).__name__ == 'Peer'][0]


                class StackCase(unittest.TestCase):
                    pass


                def add(number, attempt):
                    def test(self):
                        found = None
                        try:
                            found = attempt()
                        except Exception:
                            pass
                        if number not in (7, 8):
                            print('got', number, found)
                    setattr(StackCase, 'test_%d' % number, test)


                for number, attempt in enumerate(ATTEMPTS):
                    add(number, attempt)
                """;

        Judged judged = judge.judge(TestJudge.assignment(
                Duration.ofSeconds(5), STACK, Set.of("stack.py"), Map.of("test_stack.py", Buffer.buffer(attempts))));

        assertThat(judged.stdout()).contains("got 0").doesNotContainPattern("got \\d+ [^N]");
    }

    @Test
    void executesNothingOfAStudentsInTheJudgesProcess() {
        String script = """
                import os
                import subprocess
                import runpy
                ways = [
                    lambda: runpy.run_path('roman.py'),
                    lambda: exec(open('roman.py').read()),
                    lambda: exec(compile(open('roman.py').read(), 'roman.py', 'exec')),
                    lambda: exec(compile(open('roman.py').read(), 'other', 'exec')),
                    lambda: subprocess.run(['python3', 'roman.py']),
                    lambda: os.system('python3 roman.py'),
                ]
                for way in ways:
                    try:
                        way()
                    except PermissionError as error:
                        print('refused')
                """;

        Judged judged = judge.judge(
                TestJudge.assignment(Map.of("judge.py", script), Set.of(), Map.of("roman.py", "print('executed')\n")));

        assertThat(judged.stderr()).isEmpty();
        assertThat(judged.stdout()).isEqualTo("refused\n".repeat(6));
    }

    private Judged roman(String source) {
        return judge.judge(roman(Map.of("roman.py", source)));
    }

    private static Assignment roman(Map<String, String> files) {
        return TestJudge.assignment(Duration.ofSeconds(5), ROMAN, Set.of("roman.py"), TestJudge.buffers(files));
    }

    private static double testScore(Judged judged) {
        assertThat(judged.report()).describedAs(judged.toString()).isNotNull();
        return judged.report().partials().stream()
                .filter(partial -> partial.typeName().equals("UnitTestScorer"))
                .mapToDouble(Partial::score)
                .sum();
    }
}
