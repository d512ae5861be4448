"""Test cases: how they are loaded, and what became of each."""

import importlib
import importlib.util
import sys
import unittest

PASSED, FAILED, ERROR, SKIPPED, EXPECTED, UNEXPECTED = "passed", "failed", "error", "skipped", "expected", "unexpected"


class Outcome:
    """What became of a suite.

    details: [what, test, text] in the order in which they ended; total: cases in the suite; failed: cases that did not
    pass; outside: errors that belong to no case, as [test, text, how many cases they kept from running]
    """

    def __init__(self, total, details, failed, outside):
        self.total, self.details, self.failed, self.outside = total, details, failed, outside

    @property
    def raw_errors(self):
        """As the original counts: each failure and each error is one."""
        return sum(what in (FAILED, ERROR) for what, _, _ in self.details)

    @property
    def bad(self):
        return min(self.total, self.failed + sum(max(1, hidden) for _, _, hidden in self.outside))

    def as_plain(self):
        return [self.total, self.details, self.failed, self.outside]

    @classmethod
    def of_plain(cls, plain):
        """Of the student's side: believed only as far as its form goes."""
        total, details, failed, outside = plain
        if type(total) is not int or type(failed) is not int or not 0 <= failed <= total:
            raise ValueError("no outcome of a suite")
        checked = [[str(part) if part is not None else None for part in detail] for detail in details]
        return cls(total, checked, failed, [[str(test), str(text), int(hidden)] for test, text, hidden in outside])

    def __add__(self, other):
        return Outcome(
            self.total + other.total,
            self.details + other.details,
            self.failed + other.failed,
            self.outside + other.outside,
        )


NOTHING = Outcome(0, [], 0, [])


class Recorder(unittest.TestResult):
    def __init__(self, cases):
        super().__init__()
        self.cases, self.details, self.failed_cases, self.outside, self.begun = cases, [], set(), [], set()

    def startTest(self, test):
        super().startTest(test)
        self.begun.add(id(test))

    def addSuccess(self, test):
        if id(test) not in self.failed_cases:
            self.note(PASSED, test, None)

    def addFailure(self, test, error):
        self.note_error(FAILED, test, error)

    def addError(self, test, error):
        self.note_error(ERROR, test, error)

    def addSkip(self, test, reason):
        self.note(SKIPPED, test, str(reason))
        if not isinstance(test, unittest.TestCase):
            self.begun.update(id(case) for case in self.hidden_by(test))

    def addExpectedFailure(self, test, error):
        self.note(EXPECTED, test, text_of(error))

    def addUnexpectedSuccess(self, test):
        self.note(UNEXPECTED, test, None)

    def addSubTest(self, test, subtest, error):
        if error is not None:
            kind = FAILED if issubclass(error[0], test.failureException) else ERROR
            self.note_error(kind, test, error)

    def note(self, what, test, text):
        self.details.append([what, title(test), text])

    def note_error(self, what, test, error):
        self.note(what, test, text_of(error))
        if isinstance(test, unittest.TestCase):
            self.failed_cases.add(id(test))
        else:
            hidden = self.hidden_by(test)
            self.begun.update(id(case) for case in hidden)
            self.outside.append([title(test), text_of(error), len(hidden)])

    def hidden_by(self, holder):
        """The cases that did not run because a class or a module could not be set up."""
        place = str(holder).partition("(")[2].rstrip(")")
        return [
            case
            for case in self.cases
            if id(case) not in self.begun and place in (class_of(case), type(case).__module__)
        ]


def cases_of(suite):
    if isinstance(suite, unittest.TestCase):
        return [suite]
    return [case for part in suite for case in cases_of(part)]


def class_of(case):
    return "%s.%s" % (type(case).__module__, type(case).__qualname__)


def title(test):
    if isinstance(test, unittest.TestCase):
        name = test.id().rpartition(".")[2] if type(test).__name__ == "_FailedTest" else test._testMethodName
        return "%s (%s)" % (name, class_of(test))
    return str(test)


def text_of(error):
    kind, value, _ = error
    try:
        return "%s: %s" % (kind.__name__, value)
    except Exception:
        return kind.__name__


def run(suite):
    """Returns the outcome. What a test prints is printed, what it raises is noted."""
    cases = cases_of(suite)
    recorder = Recorder(cases)
    unittest.TestSuite([suite]).run(recorder)
    return Outcome(len(cases), recorder.details, len(recorder.failed_cases), recorder.outside)


def load(kind, names, import_module=importlib.import_module):
    """kind: modules, whose import may fail as it likes; names, as unittest knows them; or one class"""
    loader = unittest.TestLoader()
    if kind == "class":
        return loader.loadTestsFromTestCase(names)
    if kind == "modules":
        return unittest.TestSuite(loader.loadTestsFromModule(import_module(name)) for name in names)
    for name in names:
        import_what_it_names(name)
    return loader.loadTestsFromNames(names)


def import_what_it_names(name):
    """An import that fails is the caller's to know, not one failed test."""
    parts = name.split(".")
    importlib.import_module(parts[0])
    for end in range(2, len(parts) + 1):
        module = ".".join(parts[:end])
        if module not in sys.modules and (not is_package(parts[: end - 1]) or not importlib.util.find_spec(module)):
            return
        importlib.import_module(module)


def is_package(parts):
    return hasattr(sys.modules[".".join(parts)], "__path__")
