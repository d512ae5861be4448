import unittest

import SafeRunner
from pyhost.scorer import UnitTestScorer


class T(unittest.TestCase):
    def test_err(self):
        {}['x']

    def test_fail(self):
        raise AssertionError('1 != 2')

    def test_ok1(self):
        pass

    def test_ok2(self):
        pass

    @unittest.skip('later')
    def test_skip(self):
        pass

    @unittest.expectedFailure
    def test_xfail(self):
        self.fail()

    @unittest.expectedFailure
    def test_xpass(self):
        pass


class OnlyFail(unittest.TestCase):
    def test_a(self):
        self.fail('no')


class NoTests(unittest.TestCase):
    pass


class ClassSetupFails(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        raise RuntimeError('boom')

    def test_a(self):
        pass

    def test_b(self):
        pass

    def test_c(self):
        pass


cases = [T, OnlyFail, NoTests, ClassSetupFails]
SafeRunner.run(
    [(UnitTestScorer.FromTestCase(case, old_counting=True), 1.0) for case in cases]
    + [(UnitTestScorer.FromTestCase(case), 1.0) for case in cases])
