import collections
import enum


class Colour(enum.Enum):
    RED = 1
    BLUE = 2


class TooBig(ValueError):
    def __init__(self, size):
        super().__init__('size is %d' % size)
        self.size = size


class Shape:
    """A shape."""

    sides = 0

    def __init__(self, name, *, size=1):
        self.name = name
        self.size = size

    def area(self):
        return self.size ** 2

    @property
    def label(self):
        return '%s/%d' % (self.name, self.size)

    @classmethod
    def unit(cls):
        return cls('unit')

    @staticmethod
    def add(a, b):
        return a + b

    def __len__(self):
        return self.size

    def __eq__(self, other):
        return isinstance(other, Shape) and self.size == other.size

    def __hash__(self):
        return hash(self.size)

    def __lt__(self, other):
        return self.size < other.size

    def __add__(self, other):
        return type(self)(self.name, size=self.size + other.size)

    def __getitem__(self, index):
        return [self.name, self.size][index]

    def __contains__(self, item):
        return item == self.name

    def __iter__(self):
        return iter((self.name, self.size))

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.size = -1
        return True

    def __str__(self):
        return 'Shape ' + self.name

    def __call__(self, x):
        return x * self.size


class Square(Shape):
    sides = 4
    corners = 4


class Stack(list):
    def push(self, x):
        self.append(x)


Point = collections.namedtuple('Point', 'x y')


def point():
    return Point(1, 2)


def numbers(n):
    for i in range(n):
        yield i * i


def check(size):
    if size > 9:
        raise TooBig(size)
    return size


def sort(items):
    items.sort()


def fill(table):
    table['b'] = [2]


def apply(function, *items):
    return [function(item) for item in items]


def greet():
    name = input('name? ')
    print('hello', name)
    return len(name)


def back(x):
    return x


def make():
    return lambda x: x + 1


def weird():
    return [None, True, 2 ** 80, 1.5, 'é\ud800', b'\xff', (1, (2,)), {3}, frozenset([4]), {'a': {1: ()}}, 1j, range(3)]


def total(lines, out):
    out.write('%d\n' % sum(int(line) for line in lines))
    return out.tell()


def notify(listener):
    return listener.changed('now', count=2) + 1
