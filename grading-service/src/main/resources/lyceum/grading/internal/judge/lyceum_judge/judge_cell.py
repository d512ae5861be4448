"""The judge's side: runs the judge's script, lends it the student's modules, and sends its report."""

import json
import os
import sys
import traceback
import types

from . import guard, output
from .channel import Gone, open_channel
from .console import JudgesConsole
from .exports import Strict
from .handin import Files, JudgesFinder, module_of
from .peer import HERE, Peer

SIDE = None


class Side:
    """All that this process knows of its task."""

    def __init__(self, channel, files, assignment):
        self.channel, self.files, self.is_reported, self.network = channel, files, False, None
        self.has_student = assignment["cells"] == 2
        self.covered = set()
        own = files.own_modules() | {"__main__"}
        self.common = {module_of(path) for path in assignment["shared"] if path.endswith(".py")} & own
        self.peer = Peer(self, Strict(own, self.covered, self.load), {}, JudgesConsole(), self.common)
        self.finder = JudgesFinder(files, self.peer)
        sys.meta_path.append(self.finder)

    def load(self, name):
        """Imports a module of the homework."""
        return self.finder.namesakes.load(name)

    def send(self, kind, payload):
        if not self.has_student:
            raise ImportError("nothing was handed in that could be run")
        try:
            self.channel.send(kind, payload)
        except Gone:
            self.give_up()

    def receive_message(self):
        frame = self.channel.receive()
        if frame is None or frame[0] != "P":
            self.give_up()
        return frame[1]

    def interrupt(self):
        """Nobody waits for what the student's process does."""
        self.channel.send("i")

    def give_up(self, error=None):
        """The student's process has ended, or makes no sense: nothing is left to judge, whatever the judge's script thinks
        of errors. Never returns."""
        if error:
            os.write(2, ("the student's process could not be understood: %s\n" % error).encode())
        try:
            self.channel.send("x")
            sys.stdout.flush()
        finally:
            os._exit(0)

    def cover(self, names):
        """Files of the homework that the student's side shall use from here."""
        fresh = set(names) - self.covered
        if fresh and self.has_student:
            self.covered |= fresh
            self.common -= fresh  # the student's side has mirrors of them
            self.ask("cover", sorted(fresh))

    def ask(self, verb, *arguments):
        """Asks the student's side for something beside objects."""
        return self.peer.ask(verb, *[self.peer.pack(argument) for argument in arguments])[0]

    def report(self, report):
        if self.is_reported:
            raise RuntimeError("SafeRunner.run was called twice")
        self.is_reported = True
        self.channel.send("R", json.dumps(report).encode())


def main(here):
    global SIDE
    channel = open_channel(os.path.join(here, "stdout"))
    with open(os.path.join(here, "assignment.json"), encoding="utf-8") as file:
        assignment = json.load(file)
    os.unlink(os.path.join(here, "assignment.json"))
    root = os.path.join(here, "handin")
    output.cap(assignment["output"])
    files = Files(root, assignment["package"], assignment["student"])
    SIDE = Side(channel, files, assignment)
    os.chdir(root)
    script = os.path.join(root, assignment["entry"])
    sys.argv[:] = [assignment["entry"]]
    if assignment["network"]:
        from .network import Network

        SIDE.network = Network(channel, assignment["network"])
    guard.keep_out(files)
    guard.compare_numbers_only()
    channel.send("r")
    if channel.receive() != ("g", b""):
        return 0
    if SIDE.network:
        SIDE.network.open()
    return run(script)


def run(script):
    """Runs the judge's script as Python itself would; an error that it does not catch is shown, and is no exit code."""
    module = types.ModuleType("__main__")
    module.__file__ = script
    SIDE.finder.namesakes.prepare(module)
    sys.modules["__main__"] = module
    try:
        with open(script, "rb") as file:
            code = compile(file.read(), script, "exec", dont_inherit=True)
        exec(code, module.__dict__)
    except SystemExit as end:
        return exit_code(end.code)
    except BaseException as error:
        show(error)
    return 0


def show(error):
    """Without the frames that are ours."""
    shown = traceback.TracebackException.from_exception(error)
    part = shown
    while part is not None:
        part.stack[:] = [frame for frame in part.stack if not frame.filename.startswith((HERE, "<frozen importlib"))]
        part = part.__cause__ or part.__context__
    sys.stderr.write("".join(shown.format()))
    sys.stderr.flush()


def exit_code(code):
    if code is None or isinstance(code, int):
        return code
    sys.stderr.write("%s\n" % (code,))
    return 1
