"""Suites, and on which side each part of one runs: files of the homework on the judge's, those of the student on his."""

import re

from . import judge_cell, suites
from .handin import module_of
from .mirrors import Remote, original

TESTS = "test_.*\\.py$"


class Parts:
    """A suite whose parts are run in order, each where it belongs: pairs of whether it is the student's, and a part."""

    def __init__(self, parts):
        self.parts = parts

    def run(self):
        outcome = suites.NOTHING
        for is_students, kind, names in self.parts:
            outcome += ask(kind, names) if is_students else suites.run(suites.load(kind, names, judge_cell.SIDE.load))
        return outcome


def ask(kind, names):
    return suites.Outcome.of_plain(judge_cell.SIDE.ask("suite", kind, names))


def case(test_case):
    is_students = isinstance(test_case, Remote)
    return Parts([(is_students, "class", original(test_case) if is_students else test_case)])


def named(names):
    names = [names] if isinstance(names, str) else names
    return Parts([(owner(name), "names", [name]) for name in names])


def owner(name):
    """Whether the module in a name is the student's."""
    files, parts = judge_cell.SIDE.files, name.split(".")
    for end in range(len(parts), 0, -1):
        found, is_students = files.find(".".join(parts[:end]))
        if found is not None:
            return is_students
    return False


def found(test_pattern):
    """Of all files whose paths match from their start."""
    files, pattern = judge_cell.SIDE.files, re.compile(test_pattern)
    paths = [path for path in files.python() if pattern.match(path)]
    return Parts([(path in files.student, "modules", [module_of(path)]) for path in paths])


def run(suite):
    """suite: as a scorer has it"""
    made = suite if hasattr(suite, "run") or not callable(suite) else suite()
    if isinstance(made, Parts):
        return made.run()
    return suites.run(made)
