"""Objects of this side that the other side knows by number, and what it may do with them."""

import importlib
import io
import sys
import types

from .values import Malformed

MOST = 200_000

# What an object can be asked to do beside being called; how the other side asks is mirrors.py.
SPECIALS = frozenset(
    "__%s__" % name
    for name in (
        "len iter next getitem setitem delitem contains enter exit reversed eq ne lt le gt ge hash bool str repr format "
        "int float index complex bytes round trunc floor ceil abs neg pos invert add radd iadd sub rsub isub mul rmul "
        "imul truediv rtruediv itruediv floordiv rfloordiv ifloordiv mod rmod imod divmod rdivmod pow rpow ipow matmul "
        "rmatmul imatmul and rand iand or ror ior xor rxor ixor lshift rlshift ilshift rshift rrshift irshift dir"
    ).split()
)
HARMLESS = frozenset(["__str__", "__repr__", "__hash__", "__eq__", "__ne__"])
NAMES = frozenset(["__name__", "__qualname__", "__doc__", "__all__"])
FILE_METHODS = frozenset(
    "read readline readlines write writelines seek tell flush close closed name getvalue truncate readable writable "
    "seekable isatty".split()
)
FILE_SPECIALS = frozenset(["__iter__", "__next__", "__enter__", "__exit__"])
METHODS = (types.MethodType, types.FunctionType)


class Exports:
    def __init__(self):
        self.entries, self.numbers, self.last = {}, {}, 0

    def number(self, thing):
        number = self.numbers.get(id(thing))
        if number is None:
            if len(self.entries) >= MOST:
                raise MemoryError("more than %d objects are held by the other side" % MOST)
            self.last = number = self.last + 1
            self.entries[number] = [thing, 0]
            self.numbers[id(thing)] = number
        self.entries[number][1] += 1
        return number

    def find(self, number):
        entry = self.entries.get(number) if type(number) is int else None
        if entry is None:
            raise Malformed("no such object")
        return entry[0]

    def release(self, number, times):
        """Forgets what the other side has forgotten as often as it was told of it."""
        entry = self.entries.get(number)
        if entry is not None:
            entry[1] -= times
            if entry[1] <= 0:
                del self.entries[number], self.numbers[id(entry[0])]


class Open:
    """The student's side keeps nothing from the judge."""

    tells_traces = True

    def get(self, thing, name):
        return getattr(thing, name)

    def set(self, thing, name, value):
        setattr(thing, name, value)

    def delete(self, thing, name):
        delattr(thing, name)

    def call(self, thing):
        return thing

    def copy(self, thing):
        return thing

    def special(self, thing, name):
        return special(thing, name)

    def load(self, name):
        return importlib.import_module(name)

    load_common = load


class Strict:
    """The judge's side shows what the homework's files define, and lets be called what was handed out to be called.

    Nothing that an attribute of such a thing refers to is reachable unless a file of the homework has defined that, too:
    not the modules it imports, not its globals, nothing of the interpreter. A file or a mock that was handed out can be used
    as such.
    """

    tells_traces = False

    def __init__(self, own, covered, load):
        """own: names of the modules of the homework; covered: names of those that may be imported from outside; load:
        imports one"""
        self.own, self.covered, self.load_own = own, covered, load

    def get(self, thing, name):
        if isinstance(thing, io.IOBase) and name in FILE_METHODS:
            return getattr(thing, name)
        if is_mock(thing) and not name.startswith(("_", "mock_")):
            return getattr(thing, name)
        if not self.is_own(thing) or (name.startswith("__") and name not in NAMES):
            raise AttributeError("%r is the judge's" % name)
        value = getattr(thing, name)
        if not self.may_be_told(value):
            raise AttributeError("%r is the judge's" % name)
        return value

    def set(self, thing, name, value):
        if not self.is_object(thing) or name.startswith("__"):
            raise AttributeError("%r is the judge's" % name)
        setattr(thing, name, value)

    def delete(self, thing, name):
        if not self.is_object(thing) or name.startswith("__"):
            raise AttributeError("%r is the judge's" % name)
        delattr(thing, name)

    def call(self, thing):
        if isinstance(thing, types.ModuleType) or not callable(thing):
            raise TypeError("%s cannot be called" % type(thing).__name__)
        if isinstance(thing, type) and thing.__module__ not in self.own:
            raise TypeError("%s is the judge's" % thing.__name__)
        return thing

    def copy(self, thing):
        if not self.is_object(thing):
            raise TypeError("the judge's objects are not copied")
        return thing

    def special(self, thing, name):
        if is_mock(thing) or (isinstance(thing, io.IOBase) and name in FILE_SPECIALS):
            return special(thing, name)
        mine = self.is_object(thing) or isinstance(thing, (types.GeneratorType, *ITERATORS))
        if not mine and name not in HARMLESS:
            raise TypeError("the judge's objects do not do that")
        return special(thing, name)

    def load(self, name):
        if name not in self.covered:
            raise ImportError("No module named %r" % name)
        return self.load_own(name)

    def load_common(self, name):
        return self.load_own(name)

    def is_own(self, thing):
        if isinstance(thing, types.ModuleType):
            return thing.__name__ in self.covered
        return self.is_object(thing) or getattr(thing, "__module__", None) in self.own

    def is_object(self, thing):
        return type(thing).__module__ in self.own

    def may_be_told(self, value):
        kind = type(value)
        if kind in METHODS or isinstance(value, (type, types.ModuleType)):
            return self.is_own(value)
        return not callable(value) or self.is_object(value)


def is_mock(thing):
    mock = sys.modules.get("unittest.mock")
    return mock is not None and isinstance(thing, mock.NonCallableMock)


ITERATORS = tuple(type(iter(kind())) for kind in (list, tuple, dict, set, str, bytes)) + (
    type(iter(range(0))),
    type(iter({}.items())),
    type(iter({}.values())),
    enumerate,
    map,
    filter,
    zip,
    reversed,
)


def special(thing, name):
    kind = type(thing)
    method = getattr(kind, name, None)
    if method is None and name == "__iter__":
        return lambda: iter(thing)
    if method is None:
        raise TypeError("%s has no %s" % (kind.__name__, name))
    return lambda *arguments: method(thing, *arguments)
