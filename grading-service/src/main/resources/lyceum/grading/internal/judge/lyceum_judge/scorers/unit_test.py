"""Functionality: test cases of the judge, or of a student."""

from .. import suites, work
from ..texts import lazy_gettext
from . import Scorer, counts_as_of_old

TEXTS = {
    suites.PASSED: "PASSED: %(test)s.",
    suites.UNEXPECTED: "UNEXPECTED SUCCESS: %(test)s.",
    suites.FAILED: "FAIL: %(test)s.\n%(error)s",
    suites.ERROR: "ERROR: %(test)s.\n%(error)s",
    suites.EXPECTED: "EXPECTED FAIL: %(test)s.\n%(error)s",
    suites.SKIPPED: "SKIP: %(test)s: %(reason)s.",
}


class UnitTestScorer(Scorer):
    """suite: a suite, or a function that makes it when the scorer runs.

    old_counting: no tests at all are 100 points, and an error outside of a test counts as one, whatever it kept from
    running. Of a script that says nothing the environment's RAILGUN_OLD_COUNTING decides, which is usually off.
    """

    name = lazy_gettext("Functionality Scorer")

    def __init__(self, suite, old_counting=None):
        super().__init__()
        self.suite, self.old_counting = suite, old_counting

    @classmethod
    def FromTestCase(cls, test_case, **options):
        return cls(lambda: work.case(test_case), **options)

    @classmethod
    def FromNames(cls, names, **options):
        return cls(lambda: work.named(names), **options)

    @classmethod
    def FromHandinDir(cls, test_pattern=work.TESTS, **options):
        return cls(lambda: work.found(test_pattern), **options)

    def measure(self):
        outcome = work.run(self.suite)
        is_old = counts_as_of_old(self.old_counting)
        total = outcome.total
        passed = total - (outcome.raw_errors if is_old else outcome.bad)
        if total:
            self.score = 100.0 * passed / total
        else:
            self.score = 100.0 if is_old else 0.0
        self.brief = lazy_gettext(
            "%(rate).2f%% tests (%(success)d out of %(total)d) passed",
            rate=self.score,
            success=passed,
            total=total,
            time=None,
        )
        self.detail = [self.told(*detail) for detail in outcome.details]

    def told(self, what, test, text):
        if what == suites.SKIPPED:
            return lazy_gettext(TEXTS[what], test=test, reason=text)
        if text is None:
            return lazy_gettext(TEXTS[what], test=test)
        return lazy_gettext(TEXTS[what], test=test, error=text)
