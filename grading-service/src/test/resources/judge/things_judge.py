import contextlib
import copy
import io
import unittest
from unittest import mock

import student_things as things
import SafeRunner
from pyhost.scorer import UnitTestScorer
from student_things import Shape, Square, TooBig


class Things(unittest.TestCase):
    def test_values(self):
        self.assertEqual(things.weird(), [
            None, True, 2 ** 80, 1.5, 'é\ud800', b'\xff', (1, (2,)), {3}, frozenset([4]), {'a': {1: ()}}, 1j, range(3)])
        self.assertEqual(things.back(float('inf')), float('inf'))

    def test_objects(self):
        s = Square('s', size=3)
        self.assertEqual((s.area(), s.label, s.name, s.sides, Square.sides), (9, 's/3', 's', 4, 4))
        s.size = 5
        self.assertEqual(s.area(), 25)
        self.assertEqual(Square.unit().name, 'unit')
        self.assertEqual(Shape.add(1, 2), 3)
        self.assertIsInstance(s, Square)
        self.assertIsInstance(s, Shape)
        self.assertTrue(issubclass(Square, Shape))
        self.assertEqual((type(s).__name__, Square.__name__, Shape.__doc__), ('Square', 'Square', 'A shape.'))
        self.assertRaises(AttributeError, lambda: s.nothing)
        self.assertRaises(TypeError, Shape)
        self.assertTrue(hasattr(s, 'area') and not hasattr(s, 'volume') and callable(s.area))
        self.assertIn('label', dir(s))
        del s.size
        self.assertRaises(AttributeError, s.area)

    def test_operators(self):
        a, b = Shape('a', size=1), Shape('b', size=2)
        self.assertEqual(len(b), 2)
        self.assertEqual(a, Shape('other'))
        self.assertNotEqual(a, b)
        self.assertNotEqual(a, 1)
        self.assertLess(a, b)
        self.assertEqual((a + b).size, 3)
        self.assertEqual((a[0], list(b), str(a), '%s' % a, a(7)), ('a', ['b', 2], 'Shape a', 'Shape a', 7))
        self.assertIn('a', a)
        self.assertEqual(len({a, Shape('c'), b}), 2)
        self.assertEqual(sorted([b, a])[0].name, 'a')
        with a as same:
            self.assertIs(same, a)
            raise KeyError()
        self.assertEqual(a.size, -1)
        self.assertIs(things.back(a), a)

    def test_errors(self):
        with self.assertRaises(TooBig) as caught:
            things.check(10)
        self.assertEqual((str(caught.exception), caught.exception.size), ('size is 10', 10))
        self.assertRaises(ValueError, things.check, 11)
        with self.assertRaisesRegex(ValueError, '^size is 12$'):
            things.check(12)
        self.assertRaises(TypeError, things.check, 'x')
        self.assertRaises(ImportError, __import__, 'student_nothing')
        self.assertRaises(AttributeError, lambda: things.nothing)

    def test_iterators(self):
        self.assertEqual(list(things.numbers(4)), [0, 1, 4, 9])
        self.assertEqual(next(things.numbers(1)), 0)
        self.assertEqual([c.name for c in things.Colour], ['RED', 'BLUE'])
        self.assertIs(things.Colour.RED, things.Colour['RED'])
        self.assertEqual(things.Colour.BLUE.value, 2)

    def test_arguments_that_change(self):
        items, table = [3, 1, 2], {'a': 1}
        things.sort(items)
        things.fill(table)
        self.assertEqual((items, table), ([1, 2, 3], {'a': 1, 'b': [2]}))

    def test_subclasses_of_builtins(self):
        stack = things.Stack()
        stack.push(1)
        stack.append(2)
        self.assertEqual(stack, [1, 2])
        self.assertEqual((len(stack), stack.pop(), stack[0]), (2, 2, 1))
        self.assertEqual(things.point(), (1, 2))
        self.assertEqual(things.point().x, 1)

    def test_functions(self):
        self.assertEqual(things.make()(4), 5)
        self.assertEqual(things.apply(lambda x: x + 1, 1, 2), [2, 3])
        self.assertRaises(ZeroDivisionError, things.apply, lambda x: 1 / x, 0)
        self.assertEqual(things.check.__name__, 'check')

        class Mine:
            def double(self):
                return 2

        mine = Mine()
        self.assertIs(things.back(mine), mine)

    def test_input_and_output(self):
        out = io.StringIO()
        with mock.patch('builtins.input', return_value='ada'), contextlib.redirect_stdout(out):
            self.assertEqual(things.greet(), 3)
        self.assertEqual(out.getvalue(), 'hello ada\n')
        with mock.patch('sys.stdin', io.StringIO('bob\n')), mock.patch('sys.stdout', io.StringIO()) as out:
            things.greet()
        self.assertEqual(out.getvalue(), 'name? hello bob\n')

    def test_files_and_mocks(self):
        out = io.StringIO()
        self.assertEqual(things.total(io.StringIO('1\n2\n'), out), 2)
        self.assertEqual(out.getvalue(), '3\n')
        listener = mock.Mock()
        listener.changed.return_value = 4
        self.assertEqual(things.notify(listener), 5)
        listener.changed.assert_called_once_with('now', count=2)

    def test_copies(self):
        one = Shape('one')
        other = copy.deepcopy(one)
        other.size = 9
        self.assertEqual((one.size, copy.copy(other).size, type(other)), (1, 9, Shape))

    def test_patches(self):
        with mock.patch('student_things.check', return_value=3):
            self.assertEqual(things.check(99), 3)
        self.assertRaises(TooBig, things.check, 99)
        with mock.patch.object(Square, 'corners', 5):
            self.assertEqual(Square('x').corners, 5)
        self.assertEqual(Square.corners, 4)


SafeRunner.run([(UnitTestScorer.FromTestCase(Things), 1.0)])
