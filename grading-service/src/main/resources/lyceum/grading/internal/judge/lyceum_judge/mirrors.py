"""Classes and objects that stand here for those of the other side.

The class of a mirror is a class of ours with the name, the bases and the special methods of the original, so that
isinstance, except and type(x).__name__ say what they would say of the original. All it does is to ask.
"""

import builtins
import types
import weakref

from .exports import SPECIALS
from .values import Malformed

OWN = "_lyceum_"
NUMBER, TEXT, PEER = OWN + "number", OWN + "text", OWN + "peer"
VALUES = (str, int, float, bytes, tuple, frozenset, complex)
CONTAINERS = (list, dict, set, bytearray)
MEASURES = frozenset(
    "__%s__" % name
    for name in "lt le gt ge bool len contains int float index abs round neg add sub mul truediv floordiv mod divmod pow "
    "radd rsub rmul rtruediv rfloordiv rmod rdivmod rpow".split()
)
MOST_BASES, LONGEST_NAME = 64, 1_000


def number_of(thing):
    """The number by which the other side knows what a mirror stands for; None for anything else."""
    kind = type(thing)
    if isinstance(kind, Remote):
        return thing.__dict__.get(NUMBER)
    if isinstance(thing, (Remote, RemoteModule)):
        return type.__getattribute__(thing, "__dict__").get(NUMBER) if isinstance(thing, Remote) else thing._lyceum_number
    return None


class Remote(type):
    """The class of mirrored classes."""

    def __call__(cls, *arguments, **named):
        if NUMBER in cls.__dict__:
            return cls._lyceum_peer.call(cls, arguments, named)
        return type.__call__(cls, *arguments, **named)

    def __getattr__(cls, name):
        if name.startswith(OWN) or (name.startswith("__") and name.endswith("__") and name not in ("__all__",)):
            raise AttributeError(name)
        return cls._lyceum_peer.ask_get(original(cls), name)

    def __setattr__(cls, name, value):
        if NUMBER not in cls.__dict__ or name.startswith("__") or name.startswith(OWN):
            type.__setattr__(cls, name, value)
        else:
            cls._lyceum_peer.ask_set(cls, name, value)

    def __delattr__(cls, name):
        if NUMBER not in cls.__dict__ or name.startswith("__") or name.startswith(OWN):
            type.__delattr__(cls, name)
        else:
            cls._lyceum_peer.ask_delete(cls, name)

    def __iter__(cls):
        return cls._lyceum_peer.special(original(cls), "__iter__", ())

    def __len__(cls):
        return cls._lyceum_peer.special(original(cls), "__len__", ())

    def __getitem__(cls, key):
        return cls._lyceum_peer.special(original(cls), "__getitem__", (key,))

    def __contains__(cls, item):
        return cls._lyceum_peer.special(original(cls), "__contains__", (item,))

    def __bool__(cls):
        return True

    def __dir__(cls):
        return cls._lyceum_peer.names(original(cls))


def original(cls):
    """The nearest class that is really one of the other side."""
    for kind in cls.__mro__:
        if NUMBER in kind.__dict__:
            return kind
    raise AttributeError("no class of the other side")


class Mirror(metaclass=Remote):
    """What every mirror can do."""

    def __init__(self, *arguments, **named):
        """Of a subclass that was made here."""
        if NUMBER not in self.__dict__:
            peer = self._lyceum_peer
            made = peer.call(original(type(self)), arguments, named)
            self.__dict__[NUMBER] = number_of(made)
            self.__dict__[OWN + "kept"] = made

    def __getattr__(self, name):
        if name.startswith(OWN):
            raise AttributeError(name)
        return self._lyceum_peer.ask_get(self, name)

    def __setattr__(self, name, value):
        if isinstance(self, BaseException) and name in ("__traceback__", "__context__", "__cause__", "__notes__", "args"):
            BaseException.__setattr__(self, name, value)
        else:
            self._lyceum_peer.ask_set(self, name, value)

    def __delattr__(self, name):
        self._lyceum_peer.ask_delete(self, name)

    def __dir__(self):
        return self._lyceum_peer.names(self)

    def __str__(self):
        text = self.__dict__.get(TEXT)
        return self._lyceum_peer.special(self, "__str__", ()) if text is None else text

    def __repr__(self):
        return self._lyceum_peer.special(self, "__repr__", ())

    def __format__(self, form):
        return self._lyceum_peer.special(self, "__format__", (form,))

    def __copy__(self):
        return self._lyceum_peer.copy(self, False)

    def __deepcopy__(self, known):
        return self._lyceum_peer.copy(self, True)

    def __reduce_ex__(self, protocol):
        raise TypeError("an object of the other side stays there")


def look_there(self, name):
    if name.startswith("__") or name.startswith(OWN):
        return object.__getattribute__(self, name)
    return object.__getattribute__(self, "_lyceum_peer").ask_get(self, name)


class Document:
    """__doc__ of a mirror."""

    def __get__(self, mirror, cls):
        try:
            return cls._lyceum_peer.ask_get(original(cls) if mirror is None else mirror, "__doc__")
        except AttributeError:
            return None


def ask_for(name):
    def method(self, *arguments):
        return self._lyceum_peer.special(self, name, arguments)

    return method


def compare(name):
    """A student's own == is not asked about a value of the judge's: two objects of his are compared by him."""
    equal = name == "__eq__"

    def method(self, other):
        peer = self._lyceum_peer
        if number_of(other) is None:
            if not self._lyceum_contains:
                return NotImplemented
            value = peer.plain(self)
            return value == other if equal else value != other
        return peer.special(self, name, (other,))

    return method


def measure(name):
    """Whatever a student's number or text says of its own size, among values of the judge's it is as large as it is."""

    def method(self, *others):
        kind = kind_of_value(self)
        if kind is not None and hasattr(kind, name) and all(number_of(other) is None for other in others):
            return getattr(kind, name)(self, *others)
        return self._lyceum_peer.special(self, name, others)

    return method


def kind_of_value(thing):
    """The type whose value something has; None for objects that are none."""
    return next((kind for kind in VALUES if isinstance(thing, kind)), None)


def ask_to_call(self, *arguments, **named):
    return self._lyceum_peer.call(self, arguments, named)


def ask_method(name):
    def method(self, *arguments, **named):
        return self._lyceum_peer.method(self, name, arguments, named)

    method.__name__ = name
    return method


class RemoteModule(types.ModuleType):
    """A module of the other side."""

    def __init__(self, name, peer, number):
        super().__init__(name)
        self.__dict__.update({PEER: peer, NUMBER: number})

    def __getattr__(self, name):
        if name.startswith(OWN) or name == "__path__":
            raise AttributeError(name)
        if name == "__all__":
            return [name for name in self._lyceum_peer.names(self, True)]
        return self._lyceum_peer.ask_get(self, name)

    def __setattr__(self, name, value):
        if name.startswith("__") or type(value) is RemoteModule:
            super().__setattr__(name, value)
        else:
            self._lyceum_peer.ask_set(self, name, value)

    def __delattr__(self, name):
        if name in self.__dict__:
            super().__delattr__(name)
        else:
            self._lyceum_peer.ask_delete(self, name)

    def __dir__(self):
        return self._lyceum_peer.names(self)


class Mirrors:
    """All that this side has seen of the other."""

    def __init__(self, peer):
        self.peer, self.classes, self.builtins = peer, {}, {}
        self.objects, self.times, self.released = weakref.WeakValueDictionary(), {}, []

    def remember_class(self, number, name, module, bases, specials, methods, is_container):
        if type(number) is not int or number in self.classes or len(self.classes) > 10_000:
            raise Malformed("a class twice, or too many")
        for text in (name, module, *specials, *methods):
            if type(text) is not str or len(text) > LONGEST_NAME:
                raise Malformed("no name")
        body = {NUMBER: number, PEER: self.peer, "_lyceum_contains": bool(is_container), "__doc__": Document()}
        body.update((name, ask_method(name)) for name in methods if not name.startswith("__"))
        body.update((name, member(name)) for name in specials if name in SPECIALS or name == "__call__")
        body["__module__"] = module
        if "__hash__" in specials:
            body["__hash__"] = ask_for("__hash__")
        elif "__eq__" in body:
            body["__hash__"] = None
        else:
            body["__hash__"] = object.__hash__
        made = self.make(name, bases, body)
        self.classes[number] = made
        return made

    def make(self, name, bases, body):
        """A class of both sides among the bases lends its name, and stays silent: the original knows what it has."""
        kinds = {type(base) for base in bases} - {type, Remote}
        if any(not issubclass(base, (Mirror, BaseException, *VALUES)) for base in bases):
            body.setdefault("__getattribute__", look_there)
        try:
            made = (type("Remote", (Remote, *kinds), {}) if kinds else Remote)(name, bases, body)
        except TypeError:  # bases that do not go together here
            made = Remote(name, bases[:1], body)
        if getattr(made, "__abstractmethods__", None):
            type.__setattr__(made, "__abstractmethods__", frozenset())
        return made

    def class_of(self, number):
        if type(number) is not int or number not in self.classes:
            raise Malformed("no such class")
        return self.classes[number]

    def object_of(self, number, cls, value=None):
        """The mirror of an object; the same one as long as it lives."""
        if type(number) is not int:
            raise Malformed("no number")
        found = self.objects.get(number) if value is None else None
        if found is None:
            found = self.create(cls, value)
            found.__dict__[NUMBER] = number
            self.watch(number, found, value is None)
        if value is None:
            self.times[number] += 1
        return found

    def create(self, cls, value):
        if not issubclass(cls, Mirror):
            cls = self.mirror_of(cls)
        for kind in VALUES:
            if issubclass(cls, kind):
                if type(value) is not kind and not (kind is int and type(value) is int):
                    raise Malformed("not the value of a %s" % kind.__name__)
                return kind.__new__(cls, value)
        if issubclass(cls, BaseException):
            return cls.__new__(cls)
        return object.__new__(cls)

    def mirror_of(self, builtin):
        """For objects whose class is a builtin one, or one of both sides."""
        made = self.builtins.get(builtin)
        if made is None:
            bases = (Mirror,) if builtin is object else (Mirror, builtin)
            body = {PEER: self.peer, OWN + "contains": False, "__hash__": object.__hash__}
            self.builtins[builtin] = made = self.make(builtin.__name__, bases, body)
        return made

    def watch(self, number, mirror, is_unique):
        try:
            if is_unique:
                self.objects[number] = mirror
                self.times[number] = 0
                weakref.finalize(mirror, self.forget, number).atexit = False
            else:
                weakref.finalize(mirror, self.released.append, [number, 1]).atexit = False
        except TypeError:
            pass  # a tuple, say, tells nobody of its end

    def forget(self, number):
        self.released.append([number, self.times.pop(number, 0)])

    def take_released(self):
        released = self.released[:]
        del self.released[: len(released)]
        return released


def member(name):
    if name in ("__eq__", "__ne__"):
        return compare(name)
    if name in MEASURES:
        return measure(name)
    return ask_to_call if name == "__call__" else ask_for(name)


def builtin_base(name):
    """object, an exception, or a type whose values are plain."""
    kind = getattr(builtins, name, None) if type(name) is str else None
    if kind is object or kind in VALUES or (isinstance(kind, type) and issubclass(kind, BaseException)):
        return kind
    raise Malformed("no such base")
