package lyceum.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which interpreters just go, and which take themselves apart ({@code cell/ending.py}): that costs several times as much as
 * a short program, and only an audit hook hears of it.
 */
@TestInstance(Lifecycle.PER_CLASS)
class QuickEndTest {

    private static final String WATCHED = """
            import os, sys
            sys.addaudithook(lambda event, arguments, write=os.write:
                write(1, b'taken apart') if event == 'cpython.PyInterpreterState_Clear' else None)
            """;

    private TestSandbox sandbox;

    @BeforeAll
    void start() {
        sandbox = new TestSandbox(Map.of());
    }

    @AfterAll
    void stop() {
        sandbox.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "print('hello')",
                "import json, re, math; print(json.dumps(re.findall('a', 'banana')), math.pi)",
                "class A:\n  def __init__(self): self.own = self\na = [A() for _ in range(100)]",
                "import abc\nclass A(abc.ABC):\n  pass\nclass B(A): pass\nprint(isinstance(B(), A))",
                "import dataclasses\n@dataclasses.dataclass\nclass P:\n  x: int = 1\nprint(P())",
                "import enum\nclass Colour(enum.Enum):\n  RED = 1\nprint(Colour.RED)",
                "import functools\n@functools.cache\ndef f(n): return n if n < 2 else f(n - 1) + f(n - 2)\nprint(f(30))",
                "try: 1 / 0\nexcept ZeroDivisionError as e: print(e)",
                "with open('/tmp/a', 'w') as f: f.write('b')",
                "with open('/tmp/a', 'wb') as f: f.write(b'b')\nwith open('/tmp/a', 'rb+') as g: print(g.read())",
                "import io; text = io.StringIO('a'); print(text.read(), io.BytesIO(b'b').read())",
                "import random, collections; print(collections.Counter(random.sample(range(9), 5)).most_common(1) != [])",
                "import threading\nt = threading.Thread(target=print, args=('late',))\nt.start(); t.join()"
            })
    void isForProgramsThatLeaveNothingBehind(String source) {
        assertThat(output(source)).doesNotContain("taken apart");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "raise SystemExit",
                "1 / 0",
                "class A:\n  def __del__(self): pass",
                "it = (i for i in range(3)); next(it)",
                "f = open('/tmp/a', 'w')",
                "import io\nclass Own(io.StringIO): pass\ntext = Own()",
                "import io\nclass Raw(io.RawIOBase): pass\nf = io.TextIOWrapper(io.BufferedWriter(Raw()))",
                "import sys; sys.stdout = sys.stderr",
                "import ctypes; ctypes.CDLL(None).getpid()",
                "import weakref\nclass A: pass\na = A(); r = weakref.ref(a, print)",
                "import gc; gc.callbacks.append(print)",
                "import sys; sys.setprofile(lambda *a: None)"
            })
    void isNotForThoseOfWhomSomethingMayBeHeardYet(String source) {
        assertThat(output(source)).contains("taken apart");
    }

    private String output(String source) {
        return sandbox.run(WATCHED + source).stdout().bytes().toString();
    }
}
