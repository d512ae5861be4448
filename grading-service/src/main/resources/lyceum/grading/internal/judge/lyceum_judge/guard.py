"""Keeps the judge's process from running what a student handed in, by whatever way a judge's script may try.

A student's file lies beside the judge's script, as its text may be looked at. To import it is to ask the student's
process; to execute it here, or to start a program here while it lies about, is refused.
"""

import os
import sys

STARTS = frozenset(["subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.forkpty"])


def keep_out(files):
    paths = {os.path.join(files.root, path) for path in files.student}
    if not paths:
        return
    texts = Texts(paths)

    def watch(event, arguments):
        if event == "exec":
            code = arguments[0]
            name = getattr(code, "co_filename", None)
            if name in paths or (name == "<string>" and texts.have(code)):
                raise PermissionError("what a student handed in runs in his own process: import it")
        elif event in STARTS:
            raise PermissionError("beside what a student handed in, a judge starts no programs")

    sys.addaudithook(watch)


class Texts:
    def __init__(self, paths):
        self.paths, self.codes = paths, None

    def have(self, code):
        if self.codes is None:
            self.codes = set()
            for path in self.paths:
                self.add(path)
        return code in self.codes

    def add(self, path):
        try:
            with open(path, "rb") as file:
                self.codes.add(compile(file.read(), "<string>", "exec", dont_inherit=True))
        except (OSError, SyntaxError, ValueError, RecursionError, MemoryError):
            pass  # then it is not the one
