"""The student's side: imports what was handed in, and does what the judge's side asks."""

import faulthandler
import json
import os
import signal
import sys

from . import output, suites, trees
from .channel import Gone, open_channel
from .console import Console
from .exports import Open
from .handin import CoveredFinder, Files, forget, make_way, module_of
from .peer import Peer
from .values import Malformed


def main(here):
    channel = open_channel(os.path.join(here, "stdout"))
    faulthandler.enable()
    with open(os.path.join(here, "assignment.json"), encoding="utf-8") as file:
        assignment = json.load(file)
    root = os.path.join(here, "handin")
    files = Files(root, assignment["package"], assignment["student"])
    side = Side(channel, files)
    output.cap(assignment["output"])
    os.chdir(root)
    sys.path.insert(0, root)
    make_way(files)
    signal.signal(signal.SIGINT, side.on_interrupt)
    sys.argv[:] = [""]
    channel.send("r")
    side.serve()


class Side:
    def __init__(self, channel, files):
        self.channel, self.files, self.measured = channel, files, None
        verbs = {
            "suite": self.run_suite,
            "count": self.count_suite,
            "cover": self.cover,
            "measure": self.measure,
            "measured": self.tell_measured,
            "tree": trees.tree,
        }
        self.common = set(files.own_modules())
        self.peer = Peer(self, Open(), verbs, Console(), self.common)
        self.finder = CoveredFinder(self.peer)
        sys.meta_path.insert(0, self.finder)

    def serve(self):
        try:
            while True:
                with self.peer.lock:
                    self.peer.answer(self.peer.hear())
        except Malformed as error:
            self.give_up(error)

    def send(self, kind, payload):
        try:
            self.channel.send(kind, payload)
        except Gone:
            self.give_up()

    def receive_message(self):
        frame = self.channel.receive()
        if frame is None:
            self.give_up()
        return frame[1]

    def interrupt(self):
        """What a student's test has given up goes on where it is."""

    def on_interrupt(self, *_):
        """Ends what is being done for the judge; nothing else."""
        if self.peer.depth:
            raise KeyboardInterrupt("the judge no longer waits")

    def give_up(self, error=None, leave=os._exit):
        """The judge is done, or makes no sense. Never returns."""
        if error:
            os.write(2, ("the judge could not be understood: %s\n" % error).encode())
        try:
            sys.stdout.flush()
        finally:
            leave(0)

    def cover(self, names):
        """From now on these modules are the judge's; who has them already gets them anew, and all that was handed in."""
        if not self.finder.names.issuperset(names):
            self.finder.names.update(names)
            self.common.difference_update(names)
            if any(name in sys.modules for name in names):
                forget({module_of(path) for path in self.files.python()})

    def run_suite(self, kind, names):
        return suites.run(suites.load(kind, names)).as_plain()

    def count_suite(self, kind, names):
        return suites.load(kind, names).countTestCases()

    def measure(self, paths):
        from .coverage.tracer import Tracer

        self.measured = Tracer(self.files.root, paths)
        self.measured.start()

    def tell_measured(self):
        self.measured.stop()
        return self.measured.as_plain()
