package lyceum.grading.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import lyceum.grading.Partial;
import lyceum.grading.Text;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What a judge's script finds, and how its work ends. */
@TestInstance(Lifecycle.PER_CLASS)
class JudgeTest {

    private static final Map<String, Buffer> SCRIPTS = TestJudge.tree("../judge");
    private static final String LIBRARY = "src/main/resources/lyceum/grading/internal/judge";

    private TestJudge judge;

    @BeforeAll
    void start() {
        judge = new TestJudge(Map.of("LYCEUM_SANDBOX_CONCURRENCY", "2"), TestJudge.CONFIG);
    }

    @AfterAll
    void stop() {
        judge.close();
    }

    @Test
    void sendsAllModulesThatThereAre() throws IOException {
        List<String> sent = Stream.of(
                        List.of(JudgeLibrary.MAIN),
                        JudgeLibrary.OF_BOTH,
                        JudgeLibrary.OF_JUDGE,
                        JudgeLibrary.OF_STUDENT)
                .flatMap(List::stream)
                .toList();

        try (Stream<Path> all = Files.walk(Path.of(LIBRARY))) {
            assertThat(all.filter(path -> path.toString().endsWith(".py"))
                            .map(path -> Path.of(LIBRARY).relativize(path).toString()))
                    .containsExactlyInAnyOrderElementsOf(sent);
        }
    }

    @Test
    void worksWithObjectsOfTheStudent() {
        Judged judged = judge.judge(TestJudge.assignment(
                Duration.ofSeconds(10),
                Map.of("judge.py", SCRIPTS.get("things_judge.py")),
                Set.of(),
                Map.of("student_things.py", SCRIPTS.get("student_things.py"))));

        assertThat(judged.stderr()).isEmpty();
        assertThat(judged.report().partials().get(0).detail())
                .hasSize(12)
                .extracting(Text::text)
                .containsOnly("PASSED: %(test)s.");
    }

    @Test
    void tellsAScriptWhatItIsAbout() {
        String script = """
                import os, sys
                print(os.environ['RAILGUN_HANDID'], os.environ['RAILGUN_HWID'], os.environ['RAILGUN_ROOT'])
                print([name for name in os.environ if name.startswith('RAILGUN_') and name.endswith(('KEY', 'BASEURL'))])
                print(open('data.csv').read(), sorted(os.listdir()), __name__, sys.argv)
                """;
        Assignment assignment = new Assignment(
                "1".repeat(32),
                "2".repeat(32),
                "judge.py",
                Duration.ofSeconds(5),
                TestJudge.buffers(Map.of("judge.py", script, "lib/a.txt", "a")),
                Set.of(),
                Map.of(),
                "é,ü",
                null);

        Judged judged = judge.judge(assignment);

        assertThat(judged.stderr()).isEmpty();
        assertThat(judged.stdout())
                .isEqualTo("1".repeat(32) + " " + "2".repeat(32) + " /w\n[]\n"
                        + "é,ü ['data.csv', 'judge.py', 'lib'] __main__ ['judge.py']\n");
    }

    @Test
    void tellsBothSidesWhatProgramsOfTheOriginalAreTold() {
        String script = """
                import os, theirs
                names = ['HANDID', 'HWID', 'ROOT', 'USER_ID', 'GROUP_ID']
                for environment in os.environ, theirs.environment:
                    print([environment['RAILGUN_' + name][:2] for name in names], environment['PYTHONPATH'])
                """;

        Judged judged = judge.judge(TestJudge.assignment(
                Map.of("judge.py", script),
                Set.of(),
                Map.of("theirs.py", "import os\nenvironment = dict(os.environ)\n")));

        assertThat(judged.stderr()).isEmpty();
        assertThat(judged.stdout().lines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).endsWith("'/w', '0', '0'] /w/lib"));
    }

    @Test
    void letsAScriptStartOneThatImportsWhatItImports() {
        String script = """
                import subprocess, sys
                subprocess.check_call([sys.executable, '-c', 'from railgun.common import csvdata; print(csvdata.__name__)'])
                """;

        Judged judged = judge.judge(TestJudge.assignment(Map.of("judge.py", script), Set.of(), Map.of()));

        assertThat(judged.stderr()).isEmpty();
        assertThat(judged.stdout()).isEqualTo("railgun.common.csvdata\n");
    }

    @Test
    void importsFilesOfTheHomeworkAndOfTheStudentSideBySide() {
        Map<String, String> files = Map.of(
                "judge.py",
                """
                import ours, lib.ours, lib.theirs, theirs, json, package.inner
                from lib.theirs import name
                print(ours.where, lib.ours.where, lib.theirs.where, theirs.where, json.dumps(1), package.inner.where)
                print(theirs.shared, theirs.hidden, name)
                """,
                "ours.py",
                "where = 'ours'\n",
                "lib/ours.py",
                "where = 'lib.ours'\n",
                "shared.py",
                "x = 1\n");
        Map<String, String> student = Map.of(
                "theirs.py",
                """
                import os
                import shared as one
                where = 'theirs'
                shared = one.x
                hidden = os.path.exists('ours.py')
                """,
                "lib/theirs.py",
                "where = 'lib.theirs'\nname = __name__\n",
                "json.py",
                "raise SystemExit()\n",
                "package/__init__.py",
                "",
                "package/inner.py",
                "where = __name__\n");

        Judged judged = judge.judge(TestJudge.assignment(files, Set.of("shared.py"), student));

        assertThat(judged.stderr()).isEmpty();
        assertThat(judged.stdout()).isEqualTo("ours lib.ours lib.theirs theirs 1 package.inner\n1 False lib.theirs\n");
    }

    @Test
    void meansFilesOfTheHomeworkWhereTheyAreCalledLikeModulesOfPython() {
        Map<String, String> files = Map.of(
                "judge.py",
                """
                import calendar, queue, helper
                import SafeRunner
                from pyhost.scorer import CoverageScorer
                print(calendar.days(), queue.where, helper.days(), helper.json.dumps([1]))
                print(hasattr(__import__('importlib').import_module('calendar'), 'TextCalendar'))
                SafeRunner.run([(CoverageScorer.FromHandinDir(['heapq.py']), 1.0)])
                """,
                "calendar.py",
                "import datetime\ndef days():\n    return 7\n",
                "queue.py",
                "where = 'stub'\n",
                "heapq.py",
                "def push():\n    return 1\n",
                "helper.py",
                "import json\nfrom calendar import days\n");
        Map<String, String> student = Map.of(
                "queue.py",
                "where = 'student'\n",
                "json.py",
                "dumps = None\n",
                "test_heapq.py",
                "import unittest\nfrom heapq import push\nclass T(unittest.TestCase):\n    def test(self):\n        push()\n");

        Judged judged = judge.judge(TestJudge.assignment(files, Set.of("heapq.py"), student));

        assertThat(judged.stderr()).isEmpty();
        assertThat(judged.stdout()).isEqualTo("7 student 7 [1]\nTrue\n");
        assertThat(judged.report().partials().get(0).score()).isEqualTo(100.0);
    }

    @Test
    void takesNoPackageOfTheStudentForAModuleOfTheHomework() {
        Map<String, String> files = Map.of(
                "judge.py",
                """
                import hidden, locked, suite.inner, theirs
                from suite import inner
                print(hidden.who, locked.who, suite.inner.who, inner.who, theirs.who)
                """,
                "suite/inner.py",
                "who = 'ours'\n",
                "hidden.py",
                "who = 'ours'\n",
                "locked/__init__.py",
                "who = 'ours'\n");
        Map<String, String> student = Map.of(
                "hidden/__init__.py",
                "who = 'theirs'\n",
                "locked.py",
                "who = 'theirs'\n",
                "suite/__init__.py",
                "class inner:\n    who = 'theirs'\n",
                "theirs/__init__.py",
                "who = 'theirs'\n");

        Judged judged = judge.judge(TestJudge.assignment(files, Set.of(), student));

        assertThat(judged.stderr()).isEmpty();
        assertThat(judged.stdout()).isEqualTo("ours ours ours ours theirs\n");
    }

    @Test
    void goesOnAfterAnAlarmOfTheScript() {
        String script = """
                import signal
                import roman


                class Late(Exception):
                    pass


                def late(*_):
                    raise Late()


                signal.signal(signal.SIGALRM, late)
                for n in (1, 0, 2):
                    signal.setitimer(signal.ITIMER_REAL, 0.3)
                    try:
                        print(roman.f(n))
                    except Late:
                        print('late')
                    signal.setitimer(signal.ITIMER_REAL, 0)
                """;
        String student = "def f(n):\n    while not n:\n        pass\n    return n\n";

        Judged judged =
                judge.judge(TestJudge.assignment(Map.of("judge.py", script), Set.of(), Map.of("roman.py", student)));

        assertThat(judged.stderr()).isEmpty();
        assertThat(judged.stdout()).isEqualTo("1\nlate\n2\n");
    }

    @Test
    void runsTestsOfTheHomeworkOnModulesOfTheStudent() {
        Map<String, String> files = Map.of("judge.py", """
                import SafeRunner
                from pyhost.scorer import UnitTestScorer
                SafeRunner.run([(UnitTestScorer.FromNames(['test_hidden']), 0.5), (UnitTestScorer.FromHandinDir(), 0.5)])
                """, "test_hidden.py", """
                import unittest
                import roman


                class Hidden(unittest.TestCase):
                    def test_one(self):
                        self.assertEqual(roman.f(1), 1)

                    def test_two(self):
                        self.assertEqual(roman.f(2), 1)
                """);
        Map<String, String> student = Map.of(
                "roman.py",
                "def f(n):\n    return n\n",
                "test_own.py",
                "import unittest\nclass Own(unittest.TestCase):\n    def test_three(self):\n        pass\n");

        Judged judged = judge.judge(TestJudge.assignment(files, Set.of(), student));

        assertThat(judged.stderr()).isEmpty();
        assertThat(judged.report().partials()).extracting(Partial::score).containsExactly(50.0, 200.0 / 3);
        assertThat(judged.report().partials().get(1).detail())
                .extracting(text -> text.kwargs().get("test"))
                .containsExactly(
                        "test_one (test_hidden.Hidden)", "test_two (test_hidden.Hidden)", "test_three (test_own.Own)");
    }

    @Test
    void leavesOutFilesThatHaveNoPlace() {
        Map<String, String> files =
                Map.of("judge.py", "import os, roman\nprint(sorted(os.listdir()))\n", "lib", "a file");
        Map<String, String> student =
                Map.of("roman.py", "x = 1\n", "lib/x.py", "x = 2\n", "n".repeat(300) + ".py", "", "judge.py/x.py", "");

        Judged judged = judge.judge(TestJudge.assignment(files, Set.of("lib"), student));

        assertThat(judged.stderr()).isEmpty();
        assertThat(judged.stdout()).isEqualTo("['judge.py', 'lib', 'roman.py']\n");
    }

    @Test
    void meansTheSameClassesOfFilesThatBothHave() {
        Map<String, String> files = Map.of("judge.py", """
                import base, theirs
                circle = theirs.Circle(3)
                print(isinstance(circle, base.Shape), issubclass(theirs.Circle, base.Shape), circle.area(), circle.sides)
                print(circle.describe(), type(circle).__name__, theirs.Circle.sides)
                try:
                    theirs.fail()
                except base.Wrong as error:
                    print('wrong', error, error.args)
                try:
                    theirs.fail_more()
                except base.Wrong as error:
                    print('wrong', error, type(error).__name__)
                node = theirs.node(base.Node(1))
                print(isinstance(node, base.Node), node.value, node.next.value, theirs.is_node(node.next))
                """, "base.py", """
                import abc


                class Wrong(Exception):
                    pass


                class Shape(abc.ABC):
                    sides = 0

                    @property
                    @abc.abstractmethod
                    def label(self):
                        pass

                    def describe(self):
                        return '%s with %d' % (self.label, self.sides)


                class Node:
                    next = None

                    def __init__(self, value):
                        self.value = value
                """);
        String student = """
                from base import Node, Shape, Wrong


                class Circle(Shape):
                    label = 'circle'

                    def __init__(self, r):
                        self.r = r
                        self.sides = 1

                    def area(self):
                        return self.r ** 2


                class Worse(Wrong):
                    pass


                def fail():
                    raise Wrong('why', 3)


                def fail_more():
                    raise Worse('more')


                def node(n):
                    made = Node(n.value + 1)
                    made.next = n
                    return made


                def is_node(n):
                    return isinstance(n, Node)
                """;

        Judged judged = judge.judge(TestJudge.assignment(files, Set.of("base.py"), Map.of("theirs.py", student)));

        assertThat(judged.stderr()).isEmpty();
        assertThat(judged.stdout())
                .isEqualTo("True True 9 1\ncircle with 1 Circle 0\nwrong ('why', 3) ('why', 3)\nwrong more Worse\n"
                        + "True 2 1 True\n");
    }

    @Test
    void keepsWhatBothPrint() {
        Judged judged = judge.judge(TestJudge.assignment(
                Map.of("judge.py", "import sys, roman\nprint('judge')\nsys.stderr.write('oh ')\nsys.exit(3)\n"),
                Set.of(),
                Map.of("roman.py", "import sys\nprint('student')\nsys.stderr.write('no')\n")));

        assertThat(judged).isEqualTo(new Judged(null, null, 3, "judge\nstudent\n", "oh no"));
    }

    @Test
    void showsAnErrorOfAScriptWithoutOurFrames() {
        Judged judged = judge.judge(TestJudge.assignment(
                Map.of("judge.py", "import roman\nroman.f(1)\n"),
                Set.of(),
                Map.of("roman.py", "def f(x):\n    return 1 / (x - 1)\n")));

        assertThat(judged.exitCode()).isZero();
        assertThat(judged.report()).isNull();
        assertThat(judged.stderr())
                .contains("ZeroDivisionError", "/w/handin/roman.py\", line 2", "/w/handin/judge.py\", line 2")
                .doesNotContain("/w/lib");
    }

    @Test
    void acceptsOneReport() {
        String script = """
                import SafeRunner
                SafeRunner.run([])
                try:
                    SafeRunner.run([])
                except RuntimeError as error:
                    print(error)
                """;

        Judged judged = judge.judge(TestJudge.assignment(Map.of("judge.py", script), Set.of(), Map.of()));

        assertThat(judged.report()).isNotNull();
        assertThat(judged.stdout()).isEqualTo("SafeRunner.run was called twice\n");
    }

    @Test
    void keepsAReportThatCameInTime() {
        String script = "import SafeRunner, time\nSafeRunner.run([])\ntime.sleep(60)\n";

        Judged judged = judge.judge(TestJudge.assignment(
                Duration.ofSeconds(1), TestJudge.buffers(Map.of("judge.py", script)), Set.of(), Map.of()));

        assertThat(judged.report()).isNotNull();
        assertThat(judged.failure()).isNull();
        assertThat(judged.exitCode()).isNull();
    }

    @Test
    void countsTheTimeFromTheMomentWhenBothAreReady() {
        String slow = "import SafeRunner, time, roman\ntime.sleep(%s)\nSafeRunner.run([])\n";
        Map<String, Buffer> student = TestJudge.buffers(Map.of("roman.py", "x = 1\n"));
        Duration timeout = Duration.ofSeconds(1);

        Judged early = judge.judge(TestJudge.assignment(
                timeout, TestJudge.buffers(Map.of("judge.py", slow.formatted("0.5"))), Set.of(), student));
        Judged late = judge.judge(TestJudge.assignment(
                timeout, TestJudge.buffers(Map.of("judge.py", slow.formatted("1.5"))), Set.of(), student));

        assertThat(early.report()).isNotNull();
        assertThat(late).isEqualTo(new Judged(null, JudgeWork.OUT_OF_TIME, null, null, null));
        assertThat(judge.programs()).isZero();
    }

    @Test
    void killsBothAtOnceWhenNobodyWantsToKnowAnyMore() {
        String script = "import roman, time\ntime.sleep(60)\n";
        Assignment assignment = TestJudge.assignment(
                Duration.ofMinutes(1),
                TestJudge.buffers(Map.of("judge.py", script)),
                Set.of(),
                TestJudge.buffers(Map.of("roman.py", "x = 1\n")));
        Promise<Void> recall = Promise.promise();
        Future<Judged> judged = judge.judge().judge(assignment, recall.future());
        Awaitility.await().until(() -> judge.programs() >= 2);

        recall.complete();

        Awaitility.await().until(judged::isComplete);
        assertThat(judge.programs()).isZero();
        Future<Judged> neverBegun = judge.judge().judge(assignment, Future.succeededFuture());
        Awaitility.await().until(neverBegun::isComplete);
        assertThat(judge.programs()).isZero();
    }

    @Test
    void isBusyWhereThereIsNoRoomForBoth() {
        JudgeConfig impatient = new JudgeConfig(256 << 20, 32, 16 << 20, 64 << 10, Duration.ofSeconds(2));
        try (TestJudge narrow = new TestJudge(Map.of("LYCEUM_SANDBOX_CONCURRENCY", "1"), impatient)) {
            Assignment assignment =
                    TestJudge.assignment(Map.of("judge.py", "import roman\n"), Set.of(), Map.of("roman.py", "x = 1\n"));

            assertThatThrownBy(() -> narrow.judge(assignment))
                    .isInstanceOfSatisfying(
                            Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Kind.BUSY));
            assertThat(narrow.programs()).isZero();
            assertThat(narrow.judge(TestJudge.assignment(Map.of("judge.py", "print(1)\n"), Set.of(), Map.of()))
                            .stdout())
                    .isEqualTo("1\n");
        }
    }

    @Test
    void judgesSeveralAtOnceWhereThereIsRoomForOne() {
        Assignment assignment = TestJudge.assignment(
                Map.of("judge.py", "import roman\nprint(roman.x)\n"), Set.of(), Map.of("roman.py", "x = 1\n"));

        List<Future<Judged>> all = Stream.generate(() -> judge.judge().judge(assignment, TestJudge.NEVER))
                .limit(5)
                .toList();

        Future.all(all).await();
        assertThat(all).allSatisfy(each -> assertThat(each.result().stdout()).isEqualTo("1\n"));
    }
}
