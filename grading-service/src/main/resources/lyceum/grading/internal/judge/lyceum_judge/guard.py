"""Keeps the judge's process from running what a student handed in, by whatever way a judge's script may try.

A student's file lies beside the judge's script, as its text may be looked at. To import it is to ask the student's
process; to execute it here, or to start a program here while it lies about, is refused.
"""

import numbers
import os
import sys
import unittest

from .mirrors import number_of

STARTS = frozenset(["subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.forkpty"])


def keep_out(files):
    paths = {os.path.join(files.root, path) for path in files.student}
    if not paths:
        return
    texts = Texts(files, paths)

    def watch(event, arguments):
        if event == "exec":
            if texts.have(arguments[0]):
                raise PermissionError("what a student handed in runs in his own process: import it")
        elif event in STARTS:
            raise PermissionError("beside what a student handed in, a judge starts no programs")

    sys.addaudithook(watch)


def compare_numbers_only():
    """assertAlmostEqual computes with what it gets: an object of a student's would say what its distance from a number is."""
    for name in ("assertAlmostEqual", "assertNotAlmostEqual"):
        setattr(unittest.TestCase, name, with_numbers(getattr(unittest.TestCase, name)))


def with_numbers(check):
    def checked(self, first, second, *arguments, **named):
        both = first, second
        if any(is_object(each) for each in both) and not all(number_of(each) is not None for each in both):
            self.fail("%s and %s are not both numbers" % tuple(type(each).__name__ for each in both))
        check(self, plain_number(first), plain_number(second), *arguments, **named)

    return checked


def plain_number(thing):
    """What a number of a student's is worth, whatever it says when it is calculated with."""
    if number_of(thing) is None:
        return thing
    kind = next((kind for kind in (int, float, complex) if isinstance(thing, kind)), None)
    return thing if kind is None else kind.__pos__(thing)


def is_object(thing):
    return number_of(thing) is not None and not isinstance(thing, numbers.Number)


class Texts:
    """What was handed in, as code."""

    def __init__(self, files, paths):
        self.root, self.paths, self.codes = files.root, paths, None
        self.ours = (os.path.dirname(os.__file__), os.path.dirname(os.path.dirname(__file__)), "<frozen")

    def have(self, code):
        name = getattr(code, "co_filename", "")
        if name.startswith(self.ours):
            return False
        path = os.path.normpath(os.path.join(self.root, name))
        if path in self.paths:
            return True
        if path.startswith(self.root) and os.path.exists(path):
            return False  # a file of the homework
        if self.codes is None:
            self.codes = set()
            for each in self.paths:
                self.add(each)
        return code in self.codes

    def add(self, path):
        try:
            with open(path, "rb") as file:
                self.codes.add(compile(file.read(), "<string>", "exec", dont_inherit=True))
        except (OSError, SyntaxError, ValueError, RecursionError, MemoryError):
            pass  # then it is not the one
