package lyceum.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import lyceum.platform.TestDirectory;
import lyceum.sandbox.Outcome;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A program cannot tell an interpreter that has waited for it from one that was started for it, not even by the way it
 * ends: the same text is run by both, and everything they write, and their exit code, is the same.
 */
@TestInstance(Lifecycle.PER_CLASS)
class LikenessTest {

    private TestSandbox sandbox;
    private Path directory;

    @BeforeAll
    void start() throws IOException {
        sandbox = new TestSandbox(Map.of());
        directory = Files.createTempDirectory("likeness");
    }

    @AfterAll
    void stop() {
        sandbox.close();
        TestDirectory.delete(directory);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "print('hello')",
                "1/0",
                "def f(n): return f(n + 1)\nf(0)",
                "def depth(n):\n  try: return depth(n + 1)\n  except RecursionError: return n\nprint(depth(0))",
                "print('a'\n",
                "raise SystemExit(7)",
                "import sys; sys.exit('told')",
                "raise KeyboardInterrupt",
                "import os; print('lost', end=''); os._exit(4)",
                "import sys, os; print(sys.argv, sys.flags.dev_mode, __name__, os.getcwd() != '', sys.stdin.isatty())",
                "import sys; print([m for m in sys.modules if m in ('nursery', 'cell', 'walls', 'wire', 'ending')])",
                "import traceback; traceback.print_stack()",
                "import sys; print(sys._getframe().f_back)",
                "import warnings; warnings.warn('told', stacklevel=2)",
                "class A:\n  def __del__(self): print('bye')\na = A()",
                "class A:\n  def __del__(self): print('bye', type(self.b))\na = A(); a.b = A(); a.b.b = a",
                "def g():\n  try: yield 1\n  finally: print('closed')\nit = g(); next(it)",
                "import atexit; atexit.register(print, 'first'); atexit.register(print, 'second')",
                "import threading, time\nthreading.Thread(target=lambda: (time.sleep(0.1), print('late'))).start()",
                "import threading; print(threading.current_thread() is threading.main_thread())",
                "import signal; print(signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM))",
                "import weakref\nclass A: pass\na = A(); weakref.finalize(a, print, 'finalized')",
                "f = open('/tmp/likeness-%d' % __import__('os').getpid(), 'w'); f.write('x' * 100); print(f.name != '')",
                "import sys; sys.stdout.close()",
                "import sys; sys.excepthook = lambda *a: print('hooked', a[0]); 1/0",
                "import random, uuid; print(len({random.random() for _ in range(9)}), uuid.uuid4().version)",
                "import sys; sys.stderr.write('e'); sys.stdout.write('o')",
                "async def f():\n  print('in'); return 3\nimport asyncio; print(asyncio.run(f()))",
                "import subprocess, sys; print(subprocess.run([sys.executable, '-c', 'print(1)'], capture_output=True))",
                "import os\nif os.fork() == 0: print('child')\nelse: os.wait(); print('parent')",
                "del __file__",
                "import sys; sys.last_value = None",
                "import gc; print(gc.isenabled(), gc.get_threshold(), gc.get_freeze_count() >= 0)",
                "import json, re, datetime, dataclasses, decimal; print(json.dumps({'a': [1, None]}), re.sub('a', 'b', 'aa'))",
                "import sys\nclass Tee:\n  def __init__(s, f): s.f = f\n  def write(s, x): s.f.write(x)\n"
                        + "  def flush(s): s.f.flush()\nsys.stdout = Tee(sys.stdout)\nprint('hi')",
                "import sys; print('lost'); sys.stdout.detach()",
                "import sys; del sys.stdout",
                "import sys; sys.stdout = 5",
                "import sys; print('hi', end=''); sys.stderr = None",
                "import weakref\nclass A: pass\no = A(); p = weakref.proxy(o); del o\nclass D:\n"
                        + "  def __del__(s): print('del')\nd = D(); e = D(); e.e = e",
                "import weakref\nclass A: pass\no = A(); r = weakref.ref(o, lambda r: print('dead'))",
                "import weakref\nclass A: pass\no = A(); r = weakref.proxy(o, lambda r: print('dead'))",
                "class A:\n  def __init__(s): s.x = 1\n  def __getattribute__(s, n):\n    print('get', n)\n"
                        + "    return super().__getattribute__(n)\na = A()\nprint(a.x)",
                "class A:\n  @property\n  def __class__(s): print('asked'); return int\na = A()",
                "class A:\n  def __getattribute__(s, n): raise ValueError(n)\na = A()",
                "class M(type):\n  def __getattribute__(c, n):\n    print('get', n)\n"
                        + "    return super().__getattribute__(n)\nclass A(metaclass=M): pass",
                "import io\nclass S(io.StringIO):\n  def __eq__(s, o): print('asked'); return False\n"
                        + "  def __hash__(s): return 1\ns = S()",
                "import sys\ndef t(f, e, a):\n  print(e, f.f_code.co_name, f.f_lineno); return t\nsys.settrace(t)\n"
                        + "def g():\n  return 1\ng()",
                "import sys\nsys.setprofile(lambda f, e, a: print(e, f.f_code.co_name))\ndef g():\n  return 1\ng()",
                "import sys\ndef t(f, e, a):\n  print(e, f.f_code.co_name); return t\nclass A:\n"
                        + "  def __del__(s): print('bye')\na = A()\nsys.settrace(t)",
                "import pdb\nx = 1\npdb.set_trace()\ny = 2",
                "import builtins\nlength = len\ndef f(x):\n  print('len'); return length(x)\nbuiltins.len = f",
                "import builtins, gc, os\nbuiltins.any = builtins.type = builtins.issubclass = gc.get_objects = os._exit = 5",
                "import gc; gc.callbacks.append(lambda phase, info: print(phase))",
                "f = open('/dev/stdout', 'w'); f.write('late')",
                "with open('/dev/stdout', 'w') as f: f.write('soon')",
                "import io\nclass Raw(io.RawIOBase):\n  def writable(s): return True\n"
                        + "  def write(s, b): print('raw', bytes(b)); return len(b)\n"
                        + "f = io.TextIOWrapper(io.BufferedWriter(Raw())); f.write('a')",
                "import ctypes; ctypes.CDLL(None).printf(b'from C\\n')",
                "import sys\nclass A:\n  def __bool__(s): print('asked'); return False\n  def __call__(s, *a): return None\n"
                        + "sys.setprofile(A())"
            })
    void runsAsItDoesOutside(String source) throws Exception {
        Path file = directory.resolve("codefile.py");
        Files.writeString(file, source);
        Process bare = new ProcessBuilder(TestSignals.unheard(List.of(python(), "-s", "-u", file.toString())))
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .start();
        String written = new String(bare.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        Outcome outcome = sandbox.run(source);

        assertThat(outcome.stdout().bytes().toString()).isEqualTo(written.replace(file.toString(), "/codefile.py"));
        assertThat(outcome.exitCode()).isEqualTo(bare.waitFor());
    }

    private static String python() throws IOException {
        Path first = SystemPython.binaries(System.getenv("PATH")).iterator().next();
        return SystemPython.describe(first).executable().toString();
    }
}
