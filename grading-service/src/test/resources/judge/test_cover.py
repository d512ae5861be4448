import unittest

import cover_me
from cover_me import Box, Full, largest


class Big(Box):
    most = 5

    def twice(self):
        return len(self) * 2


class BoxCase(unittest.TestCase):
    def test_box(self):
        box = Box(1)
        self.assertIs(box.put(2), box)
        self.assertEqual((box.items, len(box)), ([1, 2], 2))
        with self.assertRaises(Full) as caught:
            box.put(3)
        self.assertEqual(str(caught.exception), 'no room for 3')
        self.assertRaises(cover_me.Full, box.put, 4)
        self.assertIsInstance(box, Box)
        self.assertEqual(box, Box(1, 2))
        self.assertEqual(list(box.walk()), [1, 2])
        self.assertEqual(box.each(lambda item: item + 1), [2, 3])

    def test_subclass(self):
        big = Big(1, 2)
        self.assertEqual((big.twice(), big.items), (4, [1, 2]))
        self.assertIsInstance(big, Box)

    def test_largest(self):
        self.assertEqual(largest([1, -3], key=abs), -3)

    def test_items(self):
        box = Box()
        box.items = [5]
        self.assertEqual(box.items, [5])
