"""Which lines of certain files are run, and which line follows which."""

import dis
import os
import sys
import threading

RESUME = dis.opmap.get("RESUME")
YIELDS = frozenset(dis.opmap[name] for name in ("YIELD_VALUE", "YIELD_FROM") if name in dis.opmap)


class Tracer:
    """paths: below root. arcs: for each of them pairs of lines; 0 for the entry of a code, -n for the exit of what begins
    at line n"""

    def __init__(self, root, paths):
        self.files = {os.path.join(root, path): set() for path in paths}
        self.paths = {os.path.join(root, path): path for path in paths}

    def start(self):
        threading.settrace(self.enter)
        sys.settrace(self.enter)

    def stop(self):
        sys.settrace(None)
        threading.settrace(None)

    def arcs(self, path):
        return next(arcs for place, arcs in self.files.items() if self.paths[place] == path)

    def as_plain(self):
        return [[self.paths[place], [list(arc) for arc in sorted(arcs)]] for place, arcs in self.files.items()]

    def enter(self, frame, event, argument):
        arcs = self.files.get(frame.f_code.co_filename)
        if arcs is None:
            return None
        last = 0 if is_fresh(frame) else frame.f_lineno

        def follow(frame, event, argument):
            nonlocal last
            if event == "line":
                arcs.add((last, frame.f_lineno))
                last = frame.f_lineno
            elif event == "return" and not is_suspended(frame):
                arcs.add((last, -max(frame.f_code.co_firstlineno, 1)))
            return follow

        return follow


def is_fresh(frame):
    """Rather than a generator that goes on."""
    if frame.f_lasti < 0:
        return True
    code = frame.f_code.co_code
    return RESUME is not None and code[frame.f_lasti] == RESUME and code[frame.f_lasti + 1] == 0


def is_suspended(frame):
    """A generator that is left for a while."""
    code, at = frame.f_code.co_code, frame.f_lasti
    if RESUME is None:
        return code[at] in YIELDS or (at + 2 < len(code) and code[at + 2] in YIELDS)
    return at + 2 < len(code) and (code[at] in YIELDS or code[at + 2] == RESUME)
